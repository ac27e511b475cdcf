#include <fmt/format.h>

#include "base/text.h"
#include "rooms/flow/api/answers.h"

namespace tiebeam::flow {
namespace {

Json when(std::int64_t micros) {
  return micros == kMissing ? Json() : Json(format_instant(instant_of(micros)));
}

std::string_view standing_name(Standing standing) {
  constexpr std::string_view names[] = {"waiting to start", "open", "finished", "cancelled"};
  return names[static_cast<int>(standing)];
}

const ItemFlow* find_item(const FlowReport& report, std::string_view key) {
  const std::string wanted = to_lower_ascii(key);  // pages also know an item by its record's id
  for (const ItemFlow& flow : report.walked.items) {
    if (to_lower_ascii(report.log.key_of(report.log.items[flow.item])) == wanted) return &flow;
  }
  return nullptr;
}

// One source row: the item stood in this state, held so, until the next row or now.
Json stretch(const FlowReport& report, const ItemFlow& flow, std::size_t i) {
  const FlowLog& log = report.log;
  const Item& item = log.items[flow.item];
  const auto touches = touches_of(log, item);
  const Touch& touch = touches[i];
  const std::int64_t until = i + 1 < touches.size() ? touches[i + 1].at : report.window.horizon;
  const Meaning meaning = meaning_of(log.maps[item.map], touch);
  const bool is_last_rest = i + 1 == touches.size() && flow.end() != kMissing;
  const std::string& import_id = log.transitions->import_of(touch.row);
  const Import* import = log.snapshot->import(import_id);
  return Json::object(
      {{"state", log.state_name(touch.state)},
       {"class", meaning_name(meaning)},
       {"team", log.team_name(touch.team)},
       {"assignee", log.person_name(touch.person)},
       {"from", when(touch.at)},
       {"to", is_last_rest ? Json() : when(std::max(touch.at, until))},
       {"days", is_last_rest ? Json() : Json(days_of(std::max<std::int64_t>(0, until - touch.at)))},
       {"import", import_id},
       {"file", import ? Json(import->file) : Json()},
       {"line", static_cast<std::int64_t>(log.transitions->line[touch.row])}});
}

}  // namespace

Result<Json> life_line(const FlowReport& report, std::string_view key) {
  const ItemFlow* flow = find_item(report, key);
  if (!flow) {
    return fail(Kind::not_found, "flow.no_such_item",
                fmt::format("there is no work item '{}' at this time", shown(key)),
                "look it up: tiebeam record work_item list");
  }
  const Item& item = report.log.items[flow->item];
  Json stretches = Json::Array{};
  for (std::size_t i = 0; i < item.count; ++i) stretches.push(stretch(report, *flow, i));
  const bool has_clock = flow->is_committed() && !flow->is_truncated;
  const bool is_done = has_clock && flow->is_finished();
  const bool is_open = has_clock && flow->end() == kMissing;
  return Json::object(
      {{"key", report.log.key_of(item)},
       {"type", Names<WorkType>::values[static_cast<std::size_t>(item.type)]},
       {"value_stream", report.log.streams[item.stream].id},
       {"created", when(flow->created)},
       {"commit", when(flow->commit)},
       {"finish", when(flow->finish)},
       {"cancelled", when(flow->cancelled)},
       {"standing", standing_name(flow->standing)},
       {"is_truncated", flow->is_truncated},
       {"cycle_days", is_done ? Json(days_of(cycle_at(*flow, flow->finish))) : Json()},
       {"age_days", is_open ? Json(days_of(report.window.horizon - flow->commit)) : Json()},
       {"as_of", format_instant(report.as_of)},
       {"stretches", std::move(stretches)},
       {"formula",
        "finish - commit, or as of - commit while it is open; a stay lasts from its row to the "
        "next"},
       {"method", "docs/method/flow-time.md"}});
}

}  // namespace tiebeam::flow
