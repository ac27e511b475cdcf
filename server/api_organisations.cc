// GET /orgs, /orgs/{org}, /orgs/{org}/types, /orgs/{org}/findings, /orgs/{org}/events
#include <fmt/format.h>

#include <cmath>

#include "model/figure_json.h"
#include "model/record_json.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

Json source_json(const Import& import) {
  return Json::object({{"id", import.id},
                       {"file", import.file},
                       {"sha256", import.sha256},
                       {"format", import.format},
                       {"value_stream", import.value_stream},
                       {"rows", import.rows},
                       {"repeated", import.repeated},
                       {"rejected", import.rejected},
                       {"bytes", import.bytes},
                       {"imported_at", format_instant(import.imported_at)},
                       {"statements", Json::array(import.statements)},
                       {"warnings", Json::array(import.warnings)}});
}

Json row_json(const std::string& id, const Organisation& organisation) {
  return Json::object(
      {{"id", id}, {"name", organisation.name}, {"fictional", organisation.fictional}});
}

// One that cannot be opened is named all the same, with what is wrong with it.
Json row_of(World& world, const std::string& id) {
  auto seat = world.desk.seat(id);
  if (!seat)
    return Json::object(
        {{"id", id}, {"name", id}, {"fictional", false}, {"problem", seat.error().message}});
  auto view = (*seat)->view();
  if (!view)
    return Json::object(
        {{"id", id}, {"name", id}, {"fictional", false}, {"problem", view.error().message}});
  return row_json(id, (*view)->snapshot().organisation);
}

// What a person can begin with, beside their own organisation and a backup.
Json doors_of(const World& world) {
  return Json::object({{"sample", static_cast<bool>(world.make.sample)},
                       {"demonstration", static_cast<bool>(world.make.demonstration)}});
}

Answered list(World& world, const Request& /*request*/) {
  Json rows = Json::Array{};
  for (const std::string& id : world.desk.ids()) rows.push(row_of(world, id));
  return json_answer(Json::object({{"version", world.version},
                                   {"data", world.desk.data()},
                                   {"doors", doors_of(world)},
                                   {"organisations", std::move(rows)}}));
}

Json findings_count(const std::vector<Finding>& findings) {
  std::int64_t by_severity[3] = {};
  std::map<std::string, std::int64_t> by_room;
  for (const Finding& finding : findings) {
    ++by_severity[static_cast<int>(finding.severity)];
    if (finding.severity != Severity::info)
      ++by_room[finding.rule.substr(0, finding.rule.find('.'))];
  }
  Json rooms = Json::Object{};
  for (const auto& [room, count] : by_room) rooms.set(room, count);
  return Json::object({{"error", by_severity[2]},
                       {"warning", by_severity[1]},
                       {"info", by_severity[0]},
                       {"by_room", std::move(rooms)}});
}

Answered show(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Asked asked, asked_of(request));
  const Snapshot& snapshot = at.view->snapshot();
  Json out = row_json(at.seat->id(), snapshot.organisation);
  out.set("zone", snapshot.organisation.zone);
  out.set("currency", snapshot.organisation.currency);
  out.set("fiscal_year_starts", snapshot.organisation.fiscal_year_starts);
  out.set("as_of_fixed", snapshot.organisation.as_of.has_value());
  out.set("journal_seq", at.view->seq());
  out.set("version", world.version);
  out.set("actor", world.actor);
  out.set("identity_verified", false);
  Json sources = Json::Array{};
  for (const Import& import : snapshot.imports) sources.push(source_json(import));
  out.set("sources", std::move(sources));
  Json counts = Json::Object{};
  for (const auto& [name, type] : world.table.catalog.types())
    counts.set(name, count_of(world.table, snapshot, name));
  out.set("record_counts", std::move(counts));
  at.view->with_book(asked, [&](const std::shared_ptr<const FigureBook>& book) {
    out.set("as_of", format_instant(book->as_of()));
    out.set("findings", findings_count(world.table.rules.run(*book)));
  });
  return json_answer(out);
}

Json bound(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json field_json(const FieldInfo& field) {
  const bool is_number = field.kind == FieldKind::integer || field.kind == FieldKind::number ||
                         field.kind == FieldKind::fraction;
  return Json::object({{"name", field.name},
                       {"kind", kind_name(field.kind)},
                       {"required", field.required},
                       {"min", is_number ? bound(field.min) : Json()},
                       {"max", is_number ? bound(field.max) : Json()},
                       {"refers_to", field.refers_to.empty() ? Json() : Json(field.refers_to)},
                       {"choices", Json::array(field.choices)},
                       {"unit", field.unit.empty() ? Json() : Json(field.unit)},
                       {"help", field.help},
                       {"kept", field.kept},
                       {"initial", to_json(field, field.initial)}});
}

Answered types(World& world, const Request& request) {
  TB_TRY([[maybe_unused]] const Seated at, seated(world, request));
  Json out = Json::Array{};
  for (const auto& [name, type] : world.table.catalog.types()) {
    Json fields = Json::Array{};
    for (const FieldInfo& field : type.fields) fields.push(field_json(field));
    out.push(Json::object({{"name", name},
                           {"title", type.title},
                           {"plural", type.plural},
                           {"room", type.room},
                           {"help", type.help},
                           {"derived", world.table.derived.contains(name)},
                           {"fields", std::move(fields)}}));
  }
  Json links = Json::Array{};
  for (const LinkKind& kind : world.table.links) {
    links.push(Json::object({{"name", kind.name},
                             {"from", Json::array(kind.from)},
                             {"to", Json::array(kind.to)},
                             {"help", kind.help}}));
  }
  return json_answer(Json::object({{"types", std::move(out)}, {"links", std::move(links)}}));
}

Answered findings(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Asked asked, asked_of(request));
  Json out = Json::Array{};
  at.view->with_book(asked, [&](const std::shared_ptr<const FigureBook>& book) {
    for (const Finding& finding : world.table.rules.run(*book)) out.push(to_json(finding));
  });
  return json_answer(Json::object({{"findings", std::move(out)}}));
}

Answered events(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  Response out;
  out.type = "text/event-stream; charset=utf-8";
  out.stream = world.hub.listen(at.seat->id(),
                                Hub::text_of("journal", Json::object({{"seq", at.view->seq()}})));
  return out;
}

}  // namespace

void add_organisation_routes(Router& router, World& world) {
  const auto with = [&world](Answered (*act)(World&, const Request&)) {
    return [&world, act](const Request& request) { return act(world, request); };
  };
  Route all{
      .id = "organisations.list", .path = "/orgs", .summary = "The organisations of this server"};
  all.is_cacheable = false;
  all.handle = with(list);
  router.add(std::move(all));
  Route one{.id = "organisations.get",
            .path = "/orgs/{org}",
            .summary = "An organisation as it stands: dates, sources, how much there is of what",
            .query = window_params(),
            .failures = {404}};
  one.handle = with(show);
  router.add(std::move(one));
  Route kinds{.id = "types.list",
              .path = "/orgs/{org}/types",
              .summary = "Every record type with its fields, and the kinds of links",
              .failures = {404}};
  kinds.handle = with(types);
  router.add(std::move(kinds));
  Route seen{.id = "findings.list",
             .path = "/orgs/{org}/findings",
             .summary = "What a person should know, worst first",
             .query = window_params(),
             .failures = {404}};
  seen.handle = with(findings);
  router.add(std::move(seen));
  Route stream{.id = "events.listen",
               .path = "/orgs/{org}/events",
               .summary = "Server-sent events: journal (seq) and job",
               .answer_type = "text/event-stream",
               .failures = {404},
               .is_cacheable = false};
  stream.handle = with(events);
  router.add(std::move(stream));
}

}  // namespace tiebeam::server
