#include <algorithm>

#include "rooms/flow/api/answers.h"

namespace tiebeam::flow {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kMostTimes = 400;

// Whole days apart, from the first local midnight of the window on; the horizon is the last.
std::vector<std::int64_t> times_of(const FlowReport& report) {
  const std::int64_t from = report.window.from, until = report.window.horizon;
  const std::int64_t days = std::max<std::int64_t>(1, (until - from) / kDay);
  const std::int64_t step = kDay * (1 + days / kMostTimes);
  std::vector<std::int64_t> out;
  const Zone& zone = zone_of(report.log);
  const auto first = std::chrono::floor<std::chrono::days>(to_local(zone, instant_of(from)));
  for (std::int64_t at = start_of(first, zone).time_since_epoch().count() + kDay; at < until;
       at += step)
    out.push_back(at);
  out.push_back(until);
  return out;
}

// The meaning of a state in any map that names it.
std::string_view class_of(const FlowLog& log, const std::string& state) {
  const std::uint32_t id = log.transitions ? log.transitions->column("state").names.find(state) : 0;
  for (const ResolvedMap& map : log.maps) {
    if (id != 0 && map.meaning[id] != Meaning::unknown) return meaning_name(map.meaning[id]);
  }
  return meaning_name(state.empty() ? Meaning::backlog : Meaning::unknown);
}

}  // namespace

Json cumulative_flow(const FlowReport& report) {
  const std::vector<std::int64_t> times = times_of(report);
  const Cumulative found = cumulative_of(report.log, times);
  Json when = Json::Array{}, states = Json::Array{}, occupancy = Json::Array{},
       reached = Json::Array{};
  for (std::size_t t = 0; t < times.size(); ++t) {
    when.push(format_instant(instant_of(times[t])));
    occupancy.push(Json::array(found.occupancy[t]));
    reached.push(Json::array(found.reached[t]));
  }
  for (const std::string& state : found.states)
    states.push(Json::object({{"state", state}, {"class", class_of(report.log, state)}}));
  return Json::object(
      {{"as_of", format_instant(report.as_of)},
       {"from", format_instant(report.from)},
       {"to", format_instant(report.to)},
       {"times", std::move(when)},
       {"states", std::move(states)},
       {"occupancy", std::move(occupancy)},
       {"stages", Json::array(found.stages)},
       {"reached", std::move(reached)},
       {"formula",
        "count of items in each state at each time; count of items that ever reached each stage"},
       {"method", "docs/method/little.md"}});
}

}  // namespace tiebeam::flow
