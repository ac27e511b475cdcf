#include "rooms/flow/api/answers.h"

namespace tiebeam::flow {
namespace {

// The team that held the item when it finished.
std::uint32_t team_at_finish(const FlowLog& log, const ItemFlow& flow) {
  std::uint32_t team = 0;
  for (const Touch& touch : touches_of(log, log.items[flow.item])) {
    if (touch.at > flow.finish) break;
    if (touch.team != 0) team = touch.team;
  }
  return team;
}

// Small numbers for names that occur, in the order of their first appearance.
class Names {
 public:
  int of(std::uint32_t id) {
    const auto [held, is_new] = numbers_.emplace(id, static_cast<int>(numbers_.size()));
    if (is_new) ids_.push_back(id);
    return held->second;
  }
  [[nodiscard]] const std::vector<std::uint32_t>& ids() const { return ids_; }

 private:
  std::map<std::uint32_t, int> numbers_;
  std::vector<std::uint32_t> ids_;
};

// The population of flow.cycle_time.*: finished in the window, with a clock that was seen to start.
// Of lists of tickets alone that of flow.lead_time.*, as they do not say when work began.
struct Finished {
  std::vector<const ItemFlow*> flows;
  bool from_request = false;

  [[nodiscard]] std::int64_t taken(const ItemFlow& flow) const {
    return from_request ? flow.finish - flow.created : cycle_at(flow, flow.finish);
  }
};
Finished finished_in(const FlowReport& report) {
  Finished begun, asked{.flows = {}, .from_request = true};
  for (const ItemFlow& flow : report.walked.items) {
    if (!flow.is_finished() || !report.window.holds(flow.finish) || flow.is_truncated) continue;
    if (!flow.is_ticket) begun.flows.push_back(&flow);
    if (flow.is_ticket && flow.created != kMissing && flow.finish >= flow.created)
      asked.flows.push_back(&flow);
  }
  return begun.flows.empty() && !asked.flows.empty() ? asked : begun;
}

}  // namespace

Json cycle_times(const FlowReport& report) {
  const FlowLog& log = report.log;
  Json::Array items, finish, days, type, team, stream;
  Names teams, streams;
  const Finished finished = finished_in(report);
  for (const ItemFlow* each : finished.flows) {
    const ItemFlow& flow = *each;
    const Item& item = log.items[flow.item];
    items.emplace_back(log.key_of(item));
    finish.emplace_back(flow.finish);
    days.emplace_back(days_of(finished.taken(flow)));
    type.emplace_back(static_cast<int>(item.type));
    team.emplace_back(teams.of(team_at_finish(log, flow)));
    stream.emplace_back(streams.of(item.stream));
  }
  Json team_names = Json::Array{}, stream_names = Json::Array{};
  for (const std::uint32_t id : teams.ids()) team_names.push(log.team_name(id));
  for (const std::uint32_t id : streams.ids())
    stream_names.push(Json::object({{"id", log.streams[id].id}, {"name", log.streams[id].name}}));
  Json type_names = Json::Array{};
  for (const std::string_view name : tiebeam::Names<WorkType>::values) type_names.push(name);
  return Json::object(
      {{"as_of", format_instant(report.as_of)},
       {"from", format_instant(report.from)},
       {"to", format_instant(report.to)},
       {"n", items.size()},
       {"items", std::move(items)},
       {"finish", std::move(finish)},
       {"days", std::move(days)},
       {"type", std::move(type)},
       {"team", std::move(team)},
       {"stream", std::move(stream)},
       {"types", std::move(type_names)},
       {"teams", std::move(team_names)},
       {"streams", std::move(stream_names)},
       {"measure", finished.from_request ? "flow.lead_time" : "flow.cycle_time"},
       {"formula", finished.from_request ? "finish - created of each ticket finished in the window"
                                         : "finish - commit of each item finished in the window"},
       {"method", "docs/method/flow-time.md"}});
}

}  // namespace tiebeam::flow
