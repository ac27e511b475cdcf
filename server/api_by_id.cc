// The same work under an id alone: /jobs/{id} and /imports/{id} for who did not keep the
// organisation.
#include <fmt/format.h>

#include "base/text.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

Error in_none(std::string_view id) {
  return {.kind = Kind::not_found,
          .code = "organisation.none_with_it",
          .message = fmt::format("no organisation has '{}'", shown(id)),
          .detail = {},
          .hint = "look at the Location that the first answer gave",
          .field = {}};
}

Error in_several(std::string_view id, const std::vector<std::string>& all) {
  return {.kind = Kind::conflict,
          .code = "organisation.several_with_it",
          .message = fmt::format("'{}' is in {} organisations: {}", shown(id), all.size(),
                                 fmt::join(all, ", ")),
          .detail = {},
          .hint = fmt::format("say which: /orgs/{}/...", all.front()),
          .field = {},
          .found = fmt::format("{}", fmt::join(all, ", ")),
          .expected = "an id of one organisation"};
}

}  // namespace

void add_route_by_id(Router& router, World& world, Route route, Act act, Holds holds) {
  route.id += "_by_id";
  route.path.erase(0, std::string_view("/orgs/{org}").size());
  route.summary += "; of whichever organisation has it";
  route.handle = [&world, act, holds](const Request& request) -> Answered {
    std::vector<std::string> having;
    for (const std::string& id : world.desk.ids()) {
      if (holds(world, id, request.capture("id"))) having.push_back(id);
    }
    if (having.empty()) return std::unexpected(Refused(in_none(request.capture("id"))));
    if (having.size() > 1)
      return std::unexpected(Refused(in_several(request.capture("id"), having)));
    Request there = request;
    there.captured.emplace("org", having.front());
    return act(world, there);
  };
  router.add(std::move(route));
}

}  // namespace tiebeam::server
