// Jobs by HTTP: what runs, how far it is, and asking one to stop.
#include <fmt/format.h>

#include "base/text.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

Error no_job(std::string_view id) {
  return {.kind = Kind::not_found,
          .code = "job.no_such",
          .message = fmt::format("there is no job '{}'", shown(id)),
          .detail = {},
          .hint = "jobs are kept until the server ends; what they did is in the journal",
          .field = {},
          .found = shown(id),
          .expected = "the id of a job that GET /orgs/{org}/jobs names"};
}

Answered list_jobs(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  return json_answer(Json::object({{"jobs", Json::array(world.jobs.all(at.seat->id()))}}));
}

Answered show_job(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  const auto job = world.jobs.find(at.seat->id(), request.capture("id"));
  if (!job) return std::unexpected(Refused(no_job(request.capture("id"))));
  return json_answer(*job);
}

Answered cancel_job(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  if (!world.jobs.cancel(at.seat->id(), request.capture("id")))
    return std::unexpected(Refused(no_job(request.capture("id"))));
  Response out;
  out.status = 204;
  return out;
}

bool has_job(World& world, const std::string& organisation, const std::string& id) {
  return world.jobs.find(organisation, id).has_value();
}

}  // namespace

void add_job_routes(Router& router, World& world) {
  const auto add = [&](Route route, Act act_on) {
    route.is_cacheable = false;
    if (route.path.contains("{id}")) add_route_by_id(router, world, route, act_on, has_job);
    route.handle = [&world, act_on](const Request& request) { return act_on(world, request); };
    router.add(std::move(route));
  };
  add({.id = "jobs.list",
       .path = "/orgs/{org}/jobs",
       .summary = "Jobs since the server began",
       .failures = {404}},
      list_jobs);
  add({.id = "jobs.get",
       .path = "/orgs/{org}/jobs/{id}",
       .summary = "How far a job is, and what it gave",
       .failures = {404}},
      show_job);
  add({.id = "jobs.cancel",
       .method = Method::del,
       .path = "/orgs/{org}/jobs/{id}",
       .summary = "Asks a job to stop; nothing of it is kept",
       .success = 204,
       .failures = {404}},
      cancel_job);
}

}  // namespace tiebeam::server
