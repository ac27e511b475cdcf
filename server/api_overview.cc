// GET /overview: every organisation in one row, the one that needs a person most first.
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "model/figure_json.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

constexpr std::string_view kRow = "overview row";  // what a view keeps it under; no address

// Decisions that nobody took yet; null where no room keeps decisions.
Json open_decisions(const World& world, const Snapshot& snapshot) {
  const RecordType* type = world.table.catalog.find("decision");
  if (!type) return {};
  const std::size_t decided = type->index_of("decided_at");
  if (decided == std::string::npos) return {};
  return std::ranges::count_if(snapshot.of("decision"), [&](const Record& each) {
    return std::holds_alternative<std::monostate>(each.values[decided]);
  });
}

Json row_of(World& world, const std::string& id, View& view) {
  const Snapshot& snapshot = view.snapshot();
  Json out = Json::object({{"id", id},
                           {"name", snapshot.organisation.name},
                           {"fictional", snapshot.organisation.fictional},
                           {"as_of_fixed", snapshot.organisation.as_of.has_value()},
                           {"sources", snapshot.imports.size()},
                           {"newest_source", Json()},
                           {"open_decisions", open_decisions(world, snapshot)},
                           {"problem", Json()}});
  Instant newest{};
  for (const Import& import : snapshot.imports) newest = std::max(newest, import.imported_at);
  if (!snapshot.imports.empty()) out.set("newest_source", format_instant(newest));
  std::vector<Finding> findings;
  view.with_book({}, [&](const std::shared_ptr<const FigureBook>& book) {
    out.set("as_of", format_instant(book->as_of()));
    findings = world.table.rules.run(*book);
  });
  std::int64_t errors = 0, warnings = 0;
  for (const Finding& finding : findings) {
    errors += finding.severity == Severity::error;
    warnings += finding.severity == Severity::warning;
  }
  const bool is_noted = errors + warnings > 0;
  out.set("worst", is_noted ? to_json(findings.front()) : Json());
  out.set("errors", errors);
  out.set("warnings", warnings);
  return out;
}

Json problem_row(const std::string& id, const Error& error) {
  return Json::object({{"id", id},
                       {"name", id},
                       {"fictional", false},
                       {"problem", error.message},
                       {"errors", 0},
                       {"warnings", 0}});
}

// Worked out once for each journal entry.
Json kept_row(World& world, const std::string& id) {
  auto seat = world.desk.seat(id);
  if (!seat) return problem_row(id, seat.error());
  auto view = (*seat)->view();
  if (!view) return problem_row(id, view.error());
  const std::string key(kRow);
  if (const auto held = (*view)->find_answer(key)) {
    if (auto json = parse_json(*held->body)) return *std::move(json);
  }
  Json out = row_of(world, id, **view);
  Kept kept;
  kept.body = std::make_shared<const std::string>(write_json(out));
  (*view)->keep_answer(key, std::move(kept));
  return out;
}

// What cannot be opened first, then by what is wrong.
auto order_of(const Json& row) {
  const auto count = [&](const char* name) {
    const Json* held = row.find(name);
    return held && held->if_integer() ? *held->if_integer() : 0;
  };
  const Json* problem = row.find("problem");
  const bool is_broken = problem && problem->if_string();
  return std::tuple(is_broken ? 0 : 1, -count("errors"), -count("warnings"),
                    *row.find("id")->if_string());
}

Answered overview(World& world, const Request& /*request*/) {
  Json::Array rows;
  for (const std::string& id : world.desk.ids()) rows.push_back(kept_row(world, id));
  std::ranges::sort(rows, {}, order_of);
  return json_answer(Json::object({{"organisations", std::move(rows)}}));
}

}  // namespace

void add_overview_routes(Router& router, World& world) {
  Route route{.id = "overview",
              .path = "/overview",
              .summary = "Every organisation in a row: what is worst, how old its sources are"};
  route.is_cacheable = false;
  route.handle = [&world](const Request& request) { return overview(world, request); };
  router.add(std::move(route));
}

}  // namespace tiebeam::server
