// Imports by HTTP: preview, commit and undo, as jobs that tell how far they are.
#include <fmt/format.h>

#include "application/import_answers.h"
#include "base/text.h"
#include "server/api.h"
#include "server/import_work.h"

namespace tiebeam::server {
namespace {

Answered accepted(World& world, ImportWork work, const std::string& title) {
  const std::string organisation = work.seat->id();
  const bool is_preview = work.is_preview;
  const auto job = world.jobs.start(
      organisation, is_preview ? "preview" : "import", title,
      [work = std::move(work)](Job& running) { return import_now(work, running); });
  if (!job) return std::unexpected(job.error());
  const Json* id = job->find("id");
  Response out = json_answer(*job, 202);
  out.headers.emplace_back("Location",
                           fmt::format("{}/orgs/{}/jobs/{}", kApi, organisation, *id->if_string()));
  return out;
}

// A file that is looked at or imported in one go; a failed look drops it.
Answered start(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(std::string actor, actor_of(world, at, request));
  TB_TRY(const bool is_preview, flag_of(request, "preview"));
  TB_TRY(const bool skip_bad, flag_of(request, "skip_bad"));
  TB_TRY(const Waiting file, kept_upload(world, at, request, false));
  const std::string title =
      fmt::format("{} {}", is_preview ? "Preview of" : "Import of", shown(file.name));
  Answered out = accepted(world,
                          {.world = world,
                           .seat = at.seat,
                           .upload = file.id,
                           .actor = std::move(actor),
                           .is_preview = is_preview,
                           .skip_bad = skip_bad},
                          title);
  if (!out) world.uploads.drop(file);
  return out;
}

// Looks at a waiting file with these answers, which stay with it.
Answered preview(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(std::string actor, actor_of(world, at, request));
  TB_TRY(Waiting file, world.uploads.find(at.seat->id(), request.capture("id")));
  TB_TRY(const Json body, object_of(request));
  auto answers = read_answers(body);
  if (!answers) return std::unexpected(Refused(std::move(answers).error()));
  file.answers = to_json(*answers);
  TB_DO(world.uploads.remember(file));
  return accepted(world,
                  {.world = world,
                   .seat = at.seat,
                   .upload = file.id,
                   .actor = std::move(actor),
                   .is_preview = true},
                  fmt::format("Preview of {}", shown(file.name)));
}

// That rows may be left out is said once: it holds when the import is asked for again.
Result<void> remember_skip(World& world, Waiting file) {
  if (file.answers.is_null()) file.answers = Json::Object{};
  const Json* said = file.answers.find("skip_bad");
  if (said && said->if_bool() && *said->if_bool()) return {};
  file.answers.set("skip_bad", true);
  return world.uploads.remember(file);
}

// The name of what is committed: of the file that waits, or of the import that was made of it.
Result<std::string> committed_name(World& world, const Seated& at, const std::string& id,
                                   bool skip_bad) {
  auto waiting = world.uploads.find(at.seat->id(), id);
  if (waiting) {
    if (skip_bad) TB_DO(remember_skip(world, *waiting));
    return waiting->name;
  }
  const std::vector<Import>& imports = at.view->snapshot().imports;
  const auto made = std::ranges::find(imports, id, &Import::upload);
  if (made != imports.end() && !id.empty()) return made->file;
  return std::unexpected(std::move(waiting).error());
}

Answered commit(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(std::string actor, actor_of(world, at, request));
  const std::string& id = request.capture("id");
  TB_TRY(const bool skip_bad, flag_of(request, "skip_bad"));
  TB_TRY(const std::string name, committed_name(world, at, id, skip_bad));
  return accepted(world,
                  {.world = world,
                   .seat = at.seat,
                   .upload = id,
                   .actor = std::move(actor),
                   .is_preview = false,
                   .skip_bad = skip_bad},
                  fmt::format("Import of {}", shown(name)));
}

// Takes back a whole import, or drops a file that waits.
Answered undo(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const std::string actor, actor_of(world, at, request));
  const std::string& id = request.capture("id");
  Response done;
  done.status = 204;
  if (const auto waiting = world.uploads.find(at.seat->id(), id)) {
    world.uploads.drop(*waiting);
    return done;
  }
  if (!at.view->snapshot().import(id)) {
    return std::unexpected(
        Refused(Error{.kind = Kind::not_found,
                      .code = "import.no_such",
                      .message = fmt::format("there is no import '{}' in force", shown(id)),
                      .detail = {},
                      .hint = "list them with GET /orgs/{org}",
                      .field = {}}));
  }
  TB_TRY(const auto entries, at.seat->store().journal(1, 1000, "import", id));
  std::int64_t added = 0;
  for (const auto& entry : entries) {
    if (entry.op == store::Op::add) added = entry.seq;
  }
  TB_TRY([[maybe_unused]] const store::Written written,
         at.seat->store().undo(added, actor, world.now()));
  tell_journal(world, *at.seat);
  return done;
}

Answered rejects(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Waiting file, world.uploads.find(at.seat->id(), request.capture("id")));
  auto text = world.uploads.get(file, Uploads::kRejects);
  if (!text) {
    return std::unexpected(
        Refused(Error{.kind = Kind::not_found,
                      .code = "import.not_looked_at",
                      .message = fmt::format("'{}' was not looked at yet", shown(file.name)),
                      .detail = {},
                      .hint = "POST /orgs/{org}/imports/{id}/preview first",
                      .field = {},
                      .found = "no preview",
                      .expected = "a file that was looked at"}));
  }
  Response out;
  out.type = "text/csv; charset=utf-8";
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"rejects.csv\"");
  out.body = Body(*std::move(text));
  return out;
}

Json answers_schema() {
  const Json text = Json::object({{"type", "string"}});
  const Json texts = Json::object({{"type", "object"}, {"additionalProperties", text}});
  return Json::object(
      {{"type", "object"},
       {"description", "what a person says of the file; what is left out the file decides"},
       {"properties", Json::object({{"format", text},
                                    {"date_order", text},
                                    {"delimiter", text},
                                    {"encoding", text},
                                    {"sheet", text},
                                    {"columns", texts},
                                    {"states", texts},
                                    {"parties", texts},
                                    {"value_stream", text},
                                    {"skip_bad", Json::object({{"type", "boolean"}})},
                                    {"zone", text},
                                    {"memory", Json::object({{"type", "boolean"}})}})}});
}

// A file that waits, an import that was made of it, or an import in force.
bool has_import(World& world, const std::string& organisation, const std::string& id) {
  if (world.uploads.find(organisation, id)) return true;
  const auto seat = world.desk.seat(organisation);
  if (!seat) return false;
  const auto view = (*seat)->view();
  if (!view) return false;
  const Snapshot& snapshot = (*view)->snapshot();
  return snapshot.import(id) != nullptr ||
         std::ranges::find(snapshot.imports, id, &Import::upload) != snapshot.imports.end();
}

}  // namespace

void add_import_routes(Router& router, World& world) {
  const auto add = [&](Route route, Act act_on) {
    route.is_cacheable = false;
    if (route.path.contains("{id}")) add_route_by_id(router, world, route, act_on, has_import);
    route.handle = [&world, act_on](const Request& request) { return act_on(world, request); };
    router.add(std::move(route));
  };
  const Param skip{"skip_bad", "1: leave out rows that cannot be read"};
  add({.id = "imports.start",
       .method = Method::post,
       .path = "/orgs/{org}/imports",
       .summary = "Sends a file; with preview=1 nothing is kept until it is committed",
       .query = {file_name_param(), {"preview", "1: only look"}, skip},
       .headers = {person_param()},
       .body = Json::object({{"type", "string"}, {"format", "binary"}}),
       .body_type = "application/octet-stream",
       .success = 202,
       .failures = {404, 409, 413, 422, 429, 503}},
      start);
  add({.id = "imports.preview",
       .method = Method::post,
       .path = "/orgs/{org}/imports/{id}/preview",
       .summary = "Looks at a waiting file with these answers; they stay with it",
       .headers = {person_param()},
       .body = answers_schema(),
       .success = 202,
       .failures = {404, 422, 429, 503}},
      preview);
  add({.id = "imports.rejects",
       .path = "/orgs/{org}/imports/{id}/rejects.csv",
       .summary = "Rows of a waiting file that cannot be read, each with its reason",
       .answer_type = "text/csv",
       .failures = {404}},
      rejects);
  add({.id = "imports.commit",
       .method = Method::post,
       .path = "/orgs/{org}/imports/{id}/commit",
       .summary = "Imports a file that was looked at, once however often it is asked for",
       .query = {skip},
       .headers = {person_param()},
       .success = 202,
       .failures = {404, 422}},
      commit);
  add({.id = "imports.undo",
       .method = Method::del,
       .path = "/orgs/{org}/imports/{id}",
       .summary = "Takes a whole import back, or drops a file that waits",
       .headers = {person_param()},
       .success = 204,
       .failures = {404, 409, 422}},
      undo);
}

}  // namespace tiebeam::server
