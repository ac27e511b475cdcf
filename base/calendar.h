// Business calendar: working time between two instants in O(1) after construction.
// Show wall-clock time to the business, business time inside IT, never a ratio of the two.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace tiebeam {

// Working time of one weekday in local minutes since midnight, within [0, 1440]. The slots of a day
// are sorted and do not overlap.
struct Slot {
  int from_minute;
  int to_minute;
};
using Week = std::array<std::vector<Slot>, 7>;  // Monday first

// "Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-15:00"; "Sun-Thu" wraps, 24:00 ends a day.
// Errors: calendar.bad_hours.
[[nodiscard]] Result<Week> parse_week(std::string_view text);

// An instant is working time when its local reading lies in a slot of its local day and that day is
// no holiday. So a slot over a skipped hour is shorter and one over a repeated hour longer.
class Calendar {
 public:
  // Tables are made for the local days [first, last]: spans within cost O(1). Outside, the same
  // rule holds and days are counted one by one.
  // Errors: calendar.bad_range (first after last, not a day, or more than 200 years);
  //         calendar.bad_holiday (not a day); calendar.bad_hours (slots no weekday can have).
  // Cost: O(days) once. Slots become UTC day by day, so days of 23 and 25 hours are right.
  [[nodiscard]] static Result<Calendar> create(Zone zone, Week week,
                                               const std::vector<Day>& holidays, Day first,
                                               Day last);
  // Every minute of every day is working time.
  [[nodiscard]] static Calendar always();

  // Working time in [from, to); negative when to < from. Cost: O(slots of a day) within the tables.
  [[nodiscard]] Micros working(Instant from, Instant to) const;
  [[nodiscard]] const Zone& zone() const { return zone_; }

 private:
  struct Piece {
    Instant from, to;
    Micros before;  // working time in all earlier pieces
  };
  [[nodiscard]] std::vector<Piece> pieces_between(Instant from, Instant to) const;
  [[nodiscard]] Micros until(Instant at) const;
  void fill_tables(std::chrono::sys_days first, std::chrono::sys_days last);

  Zone zone_;
  Week week_;
  std::vector<std::chrono::local_days> holidays_;  // sorted
  bool always_ = false;
  std::vector<Piece> pieces_;  // sorted by time, then an empty one at the end
  // Per UTC day from first_day_: the first piece that ends after its midnight.
  std::vector<std::uint32_t> day_start_;
  std::chrono::sys_days first_day_{};
};

}  // namespace tiebeam
