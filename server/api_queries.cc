// Every question that a room declared, as GET /orgs/{org}/ROOM/NAME.
#include <fmt/format.h>

#include "server/api.h"

namespace tiebeam::server {
namespace {

constexpr const char* kMayRepeat = "; may be given several times";

// All values of a parameter, one a line, where several may be given; else the first.
std::string value_of(const Request& request, const Option& option) {
  if (!option.many) return std::string(request.param(option.name));
  std::string out;
  for (const auto& [name, value] : request.query) {
    if (name == option.name) out += (out.empty() ? "" : "\n") + value;
  }
  return out;
}

Asking asking_of(World& world, const Query& query, const Request& request,
                 const Snapshot& snapshot) {
  Asking out{.table = world.table,
             .book = nullptr,
             .options = {},
             .warnings = {},
             .sources = snapshot.imports,
             .recompute = {},
             .json = true};
  for (const Option& option : query.options) {
    if (request.has_param(option.name)) out.options[option.name] = value_of(request, option);
  }
  out.recompute = options_text(world, request);
  return out;
}

Answered answer(World& world, const Query& query, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Asked asked, asked_of(request));
  return at.view->with_book(asked, [&](const std::shared_ptr<const FigureBook>& book) -> Answered {
    Asking asking = asking_of(world, query, request, at.view->snapshot());
    asking.book = book;
    TB_TRY(const Json json, query.run(asking));
    return json_answer(json);
  });
}

}  // namespace

void add_query_routes(Router& router, World& world) {
  for (const Query& query : world.table.queries) {
    Route route{.id = fmt::format("{}.{}", query.room, query.name),
                .path = fmt::format("/orgs/{{org}}/{}/{}", query.room, query.name),
                .summary = query.help,
                .query = window_params(),
                .failures = {404, 422}};
    for (const Option& option : query.options)
      route.query.push_back({option.name, option.help + (option.many ? kMayRepeat : "")});
    route.handle = [&world, &query](const Request& request) {
      return answer(world, query, request);
    };
    router.add(std::move(route));
  }
}

}  // namespace tiebeam::server
