#include "application/import_json.h"

namespace tiebeam {

namespace {

Json json_of(const std::vector<ingest::DatesRead>& dates) {
  Json out = Json::Array{};
  for (const ingest::DatesRead& each : dates) {
    out.push(Json::object({{"column", each.column},
                           {"order", each.order},
                           {"evidence", each.evidence},
                           {"is_open", each.is_open}}));
  }
  return out;
}

}  // namespace

Json to_json(const std::vector<ingest::ColumnUse>& columns) {
  Json out = Json::Array{};
  for (const ingest::ColumnUse& column : columns) {
    out.push(Json::object({{"name", column.name},
                           {"position", static_cast<std::int64_t>(column.position)},
                           {"times", static_cast<std::int64_t>(column.times)},
                           {"role", column.role.empty() ? Json() : Json(column.role)},
                           {"evidence", column.evidence},
                           {"examples", Json::array(column.examples)}}));
  }
  return out;
}

Json to_json(const ImportReport& report) {
  const ingest::Batch& batch = report.batch;
  Json states = Json::Array{};
  for (const ingest::StateCount& state : batch.states) {
    states.push(Json::object(
        {{"state", state.state},
         {"party", std::string(batch.state_map.party_of(state.state))},
         {"events", state.events},
         {"means", state.reason == "unmapped" ? Json() : Json(state_class_name(state.meaning))},
         {"reason", state.reason}}));
  }
  Json rejects = Json::Array{};
  for (const ingest::Reject& reject : batch.rejects) {
    rejects.push(Json::object({{"line", static_cast<std::int64_t>(reject.line)},
                               {"column", reject.column},
                               {"found", reject.found},
                               {"expected", reject.expected}}));
  }
  return Json::object(
      {{"file", batch.file},
       {"sha256", batch.sha256},
       {"format", batch.format},
       {"encoding", batch.encoding},
       {"delimiter", batch.columns.empty() ? Json() : Json(std::string(1, batch.delimiter))},
       {"sheet", batch.sheet.empty() ? Json() : Json(batch.sheet)},
       {"sheets", Json::array(batch.sheets)},
       {"columns", to_json(batch.columns)},
       {"dates", json_of(batch.dates)},
       {"bytes", batch.bytes},
       {"preview", report.preview},
       {"import", report.import.id.empty() ? Json() : Json(report.import.id)},
       {"value_stream", report.value_stream},
       {"made_value_stream", report.made_value_stream},
       {"was_made", report.was_made},
       {"answers", to_json(report.answers)},
       {"as_in", report.as_in},
       {"accepted", batch.accepted},
       {"new", report.new_rows},
       {"known", report.known_rows},
       {"repeated", batch.repeated},
       {"rejected", batch.rejected},
       {"statements", Json::array(batch.statements)},
       {"warnings", Json::array(batch.warnings)},
       {"audits", Json::array(report.audits)},
       {"states", std::move(states)},
       {"rejects", std::move(rejects)}});
}

}  // namespace tiebeam
