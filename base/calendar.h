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

// Working time of one weekday in local minutes since midnight, sorted, not overlapping, within [0, 1440].
struct Slot {
  int from_minute;
  int to_minute;
};
using Week = std::array<std::vector<Slot>, 7>;  // Monday first

// "Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-15:00". Errors: calendar.bad_hours.
[[nodiscard]] Result<Week> parse_week(std::string_view text);

class Calendar {
 public:
  // Covers [first, last] local days; outside, the weekly slots hold without holidays.
  // Errors: calendar.bad_range (first after last, or more than 200 years).
  // Cost: O(days) once; slots are converted to UTC day by day, so days of 23 and 25 hours are right.
  [[nodiscard]] static Result<Calendar> create(Zone zone, Week week, const std::vector<Day>& holidays,
                                               Day first, Day last);
  // Every minute of every day is working time.
  [[nodiscard]] static Calendar always();

  // Working time in [from, to); negative when to < from. Cost: O(log slots of a day).
  [[nodiscard]] Micros working(Instant from, Instant to) const;
  [[nodiscard]] const Zone& zone() const { return zone_; }

 private:
  struct Piece {
    Instant from, to;
    Micros before;  // working time in all earlier pieces
  };
  [[nodiscard]] Micros until(Instant at) const;

  Zone zone_;
  bool always_ = false;
  std::vector<Piece> pieces_;             // sorted by time
  std::vector<std::uint32_t> day_start_;  // per UTC day from first_day_: index of its first piece
  std::chrono::sys_days first_day_{};
};

}  // namespace tiebeam
