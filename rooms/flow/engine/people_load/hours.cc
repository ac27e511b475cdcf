#include "rooms/flow/engine/people_load/hours.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rooms/flow/engine/window.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kBulkItems = 50;
constexpr std::int64_t kMinute = 60'000'000;

Calendar assumed_hours(const FlowLog& log, const std::string& zone) {
  const auto week = parse_week(kAssumedHours);
  TB_CHECK(week.has_value(), "the assumed hours are well formed");
  const Day first{std::chrono::year{kFirstYear}, std::chrono::January, std::chrono::day{1}};
  const Day last = std::max(first, day_of(log.as_of + std::chrono::days{2}));  // none: 1970
  auto made = Calendar::create(log.snapshot->zone(zone), *week, {}, first, last);
  TB_CHECK(made.has_value(), "a week without holidays makes a calendar");
  return *std::move(made);
}

}  // namespace

Hours::Hours(const FlowLog& log) {
  std::map<std::string, const Calendar*, std::less<>> by_zone;
  for (const Stream& stream : log.streams) {
    if (stream.calendar) {
      by_stream_.push_back(
          {&*stream.calendar, false, fmt::format("calendar '{}'", stream.calendar_id)});
      continue;
    }
    auto [known, is_new] = by_zone.emplace(stream.zone, nullptr);
    if (is_new) {
      assumed_.push_back(std::make_unique<Calendar>(assumed_hours(log, stream.zone)));
      known->second = assumed_.back().get();
    }
    by_stream_.push_back({known->second, true, fmt::format("{}, {}", kAssumedHours, stream.zone)});
  }
}

bool Hours::is_outside(std::uint32_t stream, std::int64_t at) const {
  const Instant from = instant_of(at);
  return by_stream_[stream].calendar->working(from, from + Micros{1}) == Micros{0};
}

std::vector<std::int64_t> bulk_minutes(const FlowLog& log) {
  std::vector<std::int64_t> minutes;
  minutes.reserve(log.touches.size());
  for (const Item& item : log.items) {
    std::int64_t before = kMissing;
    for (const Touch& touch : touches_of(log, item)) {
      const std::int64_t minute = touch.at / kMinute;
      if (minute != before) minutes.push_back(minute);
      before = minute;
    }
  }
  std::sort(minutes.begin(), minutes.end());
  std::vector<std::int64_t> out;
  for (std::size_t i = 0, j = 0; i < minutes.size(); i = j) {
    while (j < minutes.size() && minutes[j] == minutes[i]) ++j;
    if (j - i > kBulkItems) out.push_back(minutes[i]);
  }
  return out;
}

}  // namespace tiebeam::flow
