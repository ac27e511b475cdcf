#include "model/figure_json.h"

#include "model/json_parts.h"

namespace tiebeam {
namespace {

// A file of risks or cases knows no day.
bool is_known(Day day) { return day.ok() && Day{std::chrono::sys_days{}} < day; }

Json value_json(const Figure& figure) {
  if (const auto* number = std::get_if<double>(&figure.value)) return *number;
  if (const auto* money = std::get_if<Money>(&figure.value)) return *money;
  return {};
}

Json input_json(const TrailInput& input) {
  Json out = Json::Object{};
  if (!input.record_type.empty()) {
    out.set("records", input.record_type);
    if (input.count) out.set("count", *input.count);
    if (!input.filter.empty()) out.set("filter", input.filter);
  } else if (!input.figure.empty()) {
    out.set("figure", input.figure);
  } else {
    out.set("import", input.import_file);
    if (!input.import_id.empty()) out.set("id", input.import_id);
    out.set("sha256", input.sha256);
    out.set("rows", input.rows);
  }
  return out;
}

Json trail_json(const Trail& trail) {
  Json inputs = Json::Array{};
  for (const TrailInput& input : trail.inputs) inputs.push(input_json(input));
  Json out =
      Json::object({{"formula", trail.formula},
                    {"method", trail.method},
                    {"version", trail.version},
                    {"seed", trail.seed ? Json(static_cast<std::int64_t>(*trail.seed)) : Json()},
                    {"inputs", std::move(inputs)}});
  if (!trail.notes.empty()) out.set("notes", Json::array(trail.notes));
  return out;
}

}  // namespace

Json to_json(const Figure& figure) {
  Json out = Json::object({{"key", figure.key},
                           {"label", figure.label},
                           {"value", value_json(figure)},
                           {"unit", figure.unit},
                           {"interval", Json()}});
  if (figure.interval) {
    out.set("interval", Json::object({{"low", figure.interval->low},
                                      {"high", figure.interval->high},
                                      {"level", figure.interval->level}}));
  }
  if (figure.low) out.set("low", *figure.low);
  out.set("n", figure.n ? Json(*figure.n) : Json());
  // A register or a case may have no date of its own; the clock is never asked.
  out.set("as_of", figure.as_of == Instant{} ? Json() : Json(format_instant(figure.as_of)));
  out.set("status", status_name(figure.status));
  out.set("reason", or_null(figure.reason));
  out.set("trail", trail_json(figure.trail));
  return out;
}

Json to_json(const Finding& finding) {
  return Json::object(
      {{"rule", finding.rule},
       {"severity", severity_name(finding.severity)},
       {"subject", Json::object({{"type", finding.subject.type}, {"id", finding.subject.id}})},
       {"message", finding.message},
       {"why", finding.why},
       {"do", finding.act},
       {"figures", Json::array(finding.figures)},
       {"since", is_known(finding.since) ? Json(format_day(finding.since)) : Json()}});
}

Json to_json(const Error& error) {
  return Json::object({{"code", error.code},
                       {"message", error.message},
                       {"detail", or_null(error.detail)},
                       {"hint", or_null(error.hint)},
                       {"field", or_null(error.field)}});
}

Json to_json(const Evidence& evidence, const Snapshot& snapshot) {
  Json places = Json::Array{};
  for (const Evidence::Place& place : evidence.places) {
    const Import* import = snapshot.import(place.import_id);
    places.push(Json::object({{"import", place.import_id},
                              {"file", import ? Json(import->file) : Json()},
                              {"line", static_cast<std::int64_t>(place.line)}}));
  }
  return Json::object({{"subject", evidence.subject},
                       {"value", evidence.value ? Json(*evidence.value) : Json()},
                       {"what", evidence.what},
                       {"places", std::move(places)}});
}

}  // namespace tiebeam
