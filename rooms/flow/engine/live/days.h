// Local days and weeks of instants, fast for instants that lie near each other.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"

namespace tiebeam::flow::live {

// Days are counted from 1970-01-01, local; weeks start on Monday, week 0 holds that day.
[[nodiscard]] constexpr std::int32_t week_of(std::int32_t day) {
  const std::int32_t monday = day + 3;
  return (monday >= 0 ? monday : monday - 6) / 7;
}
[[nodiscard]] constexpr std::int32_t first_day(std::int32_t week) { return week * 7 - 3; }
[[nodiscard]] inline Day day_at(std::int32_t day) {
  return Day{std::chrono::local_days{std::chrono::days{day}}};
}

// A day goes from its first 00:00 to that of the next, as in engine/window.h. Keeps a table of the
// days that were asked for. Thread: as std::vector.
class LocalDays {
 public:
  explicit LocalDays(Zone zone) : zone_(std::move(zone)) {}

  [[nodiscard]] std::int32_t of(std::int64_t at) {
    if (static_cast<std::uint64_t>(at - from_) < length_) return day_;
    return find(at);
  }
  [[nodiscard]] std::int64_t start(std::int32_t day);  // first instant, microseconds
  [[nodiscard]] const Zone& zone() const { return zone_; }
  [[nodiscard]] std::size_t bytes() const { return starts_.capacity() * sizeof(std::int64_t); }

 private:
  std::int32_t find(std::int64_t at);

  Zone zone_;
  std::vector<std::int64_t> starts_;  // of days first_ ..
  std::int32_t first_ = 0;
  std::int64_t from_ = 0;  // the day asked for last
  std::uint64_t length_ = 0;
  std::int32_t day_ = 0;
};

}  // namespace tiebeam::flow::live
