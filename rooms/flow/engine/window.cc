#include "rooms/flow/engine/window.h"

#include <algorithm>

namespace tiebeam::flow {

Window resolve_window(const FlowLog& log, std::optional<Instant> from, std::optional<Instant> to) {
  const std::int64_t as_of = log.as_of.time_since_epoch().count();
  Window window;
  window.from = as_of;
  for (const Item& item : log.items)
    window.from = std::min(window.from, log.touches[item.first].at);
  if (from) window.from = from->time_since_epoch().count();
  window.end = as_of + 1;
  if (to) window.end = std::min(window.end, to->time_since_epoch().count());
  window.end = std::max(window.end, window.from);
  window.horizon = std::min(window.end, as_of);
  return window;
}

namespace {
using std::chrono::local_days;

local_days next_start(local_days start, Step step) {
  if (step == Step::week) return start + std::chrono::days{7};
  const Day day{start};
  const auto month = day.year() / day.month() + std::chrono::months{1};
  return local_days{month / std::chrono::day{1}};
}
local_days first_start(local_days day, Step step) {
  if (step == Step::week) return week_start(day);
  const Day calendar{day};
  return local_days{calendar.year() / calendar.month() / std::chrono::day{1}};
}
}  // namespace

std::vector<Period> periods_of(const Window& window, const Zone& zone, Step step) {
  std::vector<Period> out;
  if (window.end <= window.from) return out;
  const auto day = std::chrono::floor<std::chrono::days>(to_local(zone, instant_of(window.from)));
  local_days start = first_start(day, step);
  std::int64_t from = start_of(start, zone).time_since_epoch().count();
  while (from < window.end) {
    const local_days next = next_start(start, step);
    const std::int64_t to = start_of(next, zone).time_since_epoch().count();
    out.push_back({Day{start}, from, to, from >= window.from && to <= window.end});
    start = next;
    from = to;
  }
  return out;
}

std::size_t period_at(const std::vector<Period>& periods, std::int64_t at) {
  const auto after = std::ranges::upper_bound(periods, at, {}, &Period::from);
  TB_CHECK(after != periods.begin(), "the instant lies in the window");
  return static_cast<std::size_t>(after - periods.begin()) - 1;
}

const Zone& zone_of(const FlowLog& log) {
  std::optional<std::uint32_t> only;
  for (const Item& item : log.items) {
    if (only && *only != item.stream) return log.snapshot->zone(log.snapshot->organisation.zone);
    only = item.stream;
  }
  return log.snapshot->zone(only ? log.streams[*only].zone : log.snapshot->organisation.zone);
}

}  // namespace tiebeam::flow
