#include "rooms/flow/engine/live/days.h"

#include <algorithm>

namespace tiebeam::flow::live {
namespace {
constexpr std::int64_t kDay = 86'400'000'000;

std::int32_t utc_day(std::int64_t at) {
  return static_cast<std::int32_t>(at >= 0 ? at / kDay : -((kDay - 1 - at) / kDay));
}
}  // namespace

std::int64_t LocalDays::start(std::int32_t day) {
  if (starts_.empty()) first_ = day;
  const auto start_at = [&](std::int32_t each) {
    return start_of(std::chrono::local_days{std::chrono::days{each}}, zone_)
        .time_since_epoch()
        .count();
  };
  if (day < first_) {
    std::vector<std::int64_t> earlier;
    for (std::int32_t each = day - 366; each < first_; ++each) earlier.push_back(start_at(each));
    first_ = day - 366;
    starts_.insert(starts_.begin(), earlier.begin(), earlier.end());
  }
  while (first_ + static_cast<std::int32_t>(starts_.size()) <= day) {
    starts_.push_back(start_at(first_ + static_cast<std::int32_t>(starts_.size())));
  }
  return starts_[static_cast<std::size_t>(day - first_)];
}

std::int32_t LocalDays::find(std::int64_t at) {
  std::int32_t day = utc_day(at);  // a local day differs by one at most from that of UTC
  while (at < start(day)) --day;
  while (at >= start(day + 1)) ++day;
  from_ = start(day);
  length_ = static_cast<std::uint64_t>(start(day + 1) - from_);
  day_ = day;
  return day;
}

}  // namespace tiebeam::flow::live
