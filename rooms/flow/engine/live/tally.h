// The sums that items add to and take back from: nothing in them depends on the order of the items,
// so they can be filled by several threads and corrected item by item.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "rooms/flow/engine/live/days.h"
#include "rooms/flow/engine/live/order_statistics.h"
#include "rooms/flow/engine/load.h"

namespace tiebeam::flow::live {

// Microseconds and items. Of what is finished now: where the time between commit and finish went.
struct Totals {
  std::int64_t items = 0;
  std::int64_t finished = 0, cancelled = 0;  // stand so now
  std::int64_t truncated = 0;                // finished, but nobody knows when they began
  std::int64_t team_handoffs = 0, person_handoffs = 0;
  Wide cycle = 0;  // of finished items whose beginning is known
  Wide active = 0, wait = 0, blocked = 0, done_gap = 0, unknown = 0;
  void add(const Totals& other);
  // Active share of active, wait and blocked; 0 when there is none of it.
  [[nodiscard]] double efficiency() const;
  bool operator==(const Totals&) const = default;
};

// One ISO week.
struct WeekTally {
  std::int64_t arrivals = 0, finishes = 0, second_cycles = 0;
  std::vector<std::int64_t> cycles;      // cycle times of its finishes
  std::vector<std::int64_t> taken_back;  // to be taken out of them before they are read
  bool is_dirty = false;
};

// Days x states: by how much the number of items in a state changed on a day.
class DayChanges {
 public:
  explicit DayChanges(std::size_t states) : width_(states) {}
  // The changes of a day by state, to be added to.
  [[nodiscard]] std::int32_t* on(std::int32_t day) {
    if (day < first_ || day >= end_) [[unlikely]]
      reach(day);
    dirty_ = std::min(dirty_, day);
    return changes_.data() + static_cast<std::size_t>(day - first_) * width_;
  }
  void widen(std::size_t states);
  void merge(const DayChanges& other);
  [[nodiscard]] std::int32_t first() const { return first_; }
  [[nodiscard]] std::int32_t end() const { return end_; }  // first_ == end_: none
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] const std::int32_t* row(std::int32_t day) const {
    return changes_.data() + static_cast<std::size_t>(day - first_) * width_;
  }
  static constexpr std::int32_t kClean = std::numeric_limits<std::int32_t>::max();
  [[nodiscard]] std::int32_t dirty_from() const { return dirty_; }
  void set_clean() { dirty_ = kClean; }
  [[nodiscard]] std::size_t bytes() const { return changes_.capacity() * sizeof(std::int32_t); }

 private:
  void reach(std::int32_t day);
  std::size_t width_;
  std::int32_t first_ = 0, end_ = 0, dirty_ = kClean;
  std::vector<std::int32_t> changes_;
};

// Completed stays in one state, by those whose beginning is known.
struct StateTally {
  Histogram stays;
  Wide sum = 0;
  bool is_dirty = false;
  Values values;                         // only while exact percentiles are asked for
  std::vector<std::int64_t> taken_back;  // from them
};

struct Tally {
  Tally(Zone zone, std::size_t count) : days(std::move(zone)), changes(count), states(count) {}

  LocalDays days;
  Totals totals;
  DayChanges changes;
  std::vector<StateTally> states;
  std::vector<WeekTally> weeks;  // from first_week on
  std::int32_t first_week = 0;

  [[nodiscard]] WeekTally& week(std::int64_t at) {
    const std::int32_t week = week_of(days.of(at));
    if (week < first_week || week >= first_week + static_cast<std::int32_t>(weeks.size()))
      reach(week);
    WeekTally& found = weeks[static_cast<std::size_t>(week - first_week)];
    found.is_dirty = true;
    return found;
  }
  // By how much the states changed on the day of `at`, to be added to.
  [[nodiscard]] std::int32_t* changes_on(std::int64_t at) {
    if (static_cast<std::uint64_t>(at - today_from_) >= today_length_) [[unlikely]]
      turn_to(at);
    return today_;
  }
  void set_days_clean() {
    changes.set_clean();
    today_length_ = 0;
  }
  // `times`: 1 or -1. kKeeps: the length is kept, count_kept() does the rest.
  template <bool kKeeps>
  void add_stay(std::uint32_t state, std::int64_t length, int times) {
    StateTally& found = states[state];
    if constexpr (kKeeps) {
      if (times > 0)
        found.values.push(length);
      else
        found.taken_back.push_back(length);
    } else {
      found.stays.add(length, times);
      found.sum += Wide{length} * times;
      found.is_dirty = true;
    }
  }
  void count_kept();
  static void add_cycle(WeekTally& of, std::int64_t cycle, int times) {
    (times > 0 ? of.cycles : of.taken_back).push_back(cycle);
  }
  // Takes over all of `other` but its kept values.
  void merge(Tally& other);
  void widen(std::size_t count);
  [[nodiscard]] std::size_t bytes() const;

 private:
  void reach(std::int32_t week);
  void turn_to(std::int64_t at);
  std::int32_t* today_ = nullptr;  // in `changes`
  std::int64_t today_from_ = 0;
  std::uint64_t today_length_ = 0;  // 0: none
};

}  // namespace tiebeam::flow::live
