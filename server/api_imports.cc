// Imports by HTTP: preview, commit and undo, as jobs that tell how far they are.
#include <fmt/format.h>

#include "application/import_json.h"
#include "base/text.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

// The file as a whole, then every row that could not be read.
std::vector<Error> faults_of(const ingest::Failure& failure) {
  std::vector<Error> out{failure.error};
  for (const ingest::Reject& reject : failure.rejects) {
    out.push_back({.kind = Kind::invalid,
                   .code = "import.rejected_row",
                   .message = fmt::format("line {}, {}: expected {}", reject.line, reject.column,
                                          reject.expected),
                   .detail = reject.found,
                   .hint = {},
                   .field = fmt::format("/{}/{}", reject.line, reject.column)});
  }
  return out;
}

Refused refusal_of(const ingest::Failure& failure) {
  if (failure.error.code == "import.cancelled") {
    Error error = failure.error;
    error.code = "job.cancelled";
    return error;
  }
  return faults_of(failure);
}

struct ImportWork {
  World& world;
  SeatPtr seat;
  std::string upload;
  bool is_preview = false;
  bool skip_bad = false;
};

std::expected<Json, Refused> act(const ImportWork& work, Job& job) {
  TB_TRY(const std::string path, work.world.uploads.find(work.seat->id(), work.upload));
  if (job.should_stop()) {
    work.world.uploads.drop(work.upload);
    return std::unexpected(Refused(Error{.kind = Kind::conflict,
                                         .code = "job.cancelled",
                                         .message = "the import was cancelled before it began",
                                         .detail = {},
                                         .hint = "import again when it suits",
                                         .field = {}}));
  }
  ImportRequest request;
  request.read.path = path;
  request.read.skip_bad = work.skip_bad;
  request.read.on_progress = [&job](std::int64_t done, std::int64_t total) {
    job.progress(done < total ? "reading" : "keeping", done, total);
  };
  request.should_stop = [&job] { return job.should_stop(); };
  request.preview = work.is_preview;
  request.actor = work.world.actor;
  request.at = work.world.now();
  auto report = import_file(work.world.table, work.seat->store(), request);
  if (!report) {
    work.world.uploads.drop(work.upload);
    return std::unexpected(refusal_of(report.error()));
  }
  Json out = to_json(*report);
  if (work.is_preview) {
    out.set("upload", work.upload);
  } else {
    work.world.uploads.drop(work.upload);
    tell_journal(work.world, *work.seat);
  }
  return out;
}

Response accepted(World& world, ImportWork work, const std::string& title) {
  const std::string organisation = work.seat->id();
  const bool is_preview = work.is_preview;
  Json job =
      world.jobs.start(organisation, is_preview ? "preview" : "import", title,
                       [work = std::move(work)](Job& running) { return act(work, running); });
  const Json* id = job.find("id");
  Response out = json_answer(job, 202);
  out.headers.emplace_back("Location",
                           fmt::format("{}/orgs/{}/jobs/{}", kApi, organisation, *id->if_string()));
  return out;
}

Answered start(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  if (request.body_file.empty()) {
    return std::unexpected(Refused(
        Error{.kind = Kind::invalid,
              .code = "import.no_file",
              .message = "no file came with the request",
              .detail = {},
              .hint = "send its bytes as the body, with Content-Type: application/octet-stream",
              .field = {}}));
  }
  TB_TRY(const std::string upload,
         world.uploads.keep(at.seat->id(), request.body_file, request.param("name")));
  const bool is_preview = request.param("preview") == "1";
  const std::string title =
      fmt::format("{} {}", is_preview ? "Preview of" : "Import of", shown(request.param("name")));
  return accepted(world, {world, at.seat, upload, is_preview, request.param("skip_bad") == "1"},
                  title);
}

Answered commit(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  const std::string& id = request.capture("id");
  TB_TRY(const std::string path, world.uploads.find(at.seat->id(), id));
  const std::string title = fmt::format("Import of {}", path.substr(path.find_last_of('/') + 1));
  return accepted(world, {world, at.seat, id, false, request.param("skip_bad") == "1"}, title);
}

// Takes back a whole import, or drops a file that waits.
Answered undo(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  const std::string& id = request.capture("id");
  Response done;
  done.status = 204;
  if (world.uploads.find(at.seat->id(), id)) {
    world.uploads.drop(id);
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
         at.seat->store().undo(added, world.actor, world.now()));
  tell_journal(world, *at.seat);
  return done;
}

Error no_job(std::string_view id) {
  return {.kind = Kind::not_found,
          .code = "job.no_such",
          .message = fmt::format("there is no job '{}'", shown(id)),
          .detail = {},
          .hint = "jobs are kept until the server ends; what they did is in the journal",
          .field = {}};
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

}  // namespace

void add_import_routes(Router& router, World& world) {
  const auto add = [&](Route route, Answered (*act_on)(World&, const Request&)) {
    route.is_cacheable = false;
    route.handle = [&world, act_on](const Request& request) { return act_on(world, request); };
    router.add(std::move(route));
  };
  const Param skip{"skip_bad", "1: leave out rows that cannot be read"};
  add({.id = "imports.start",
       .method = Method::post,
       .path = "/orgs/{org}/imports",
       .summary = "Sends a file; with preview=1 nothing is kept until it is committed",
       .query = {{"name", "the file's name", "string", true}, {"preview", "1: only look"}, skip},
       .body = Json::object({{"type", "string"}, {"format", "binary"}}),
       .body_type = "application/octet-stream",
       .success = 202,
       .failures = {404, 413, 422, 503}},
      start);
  add({.id = "imports.commit",
       .method = Method::post,
       .path = "/orgs/{org}/imports/{id}/commit",
       .summary = "Imports a file that was looked at",
       .query = {skip},
       .success = 202,
       .failures = {404}},
      commit);
  add({.id = "imports.undo",
       .method = Method::del,
       .path = "/orgs/{org}/imports/{id}",
       .summary = "Takes a whole import back, or drops a file that waits",
       .success = 204,
       .failures = {404, 409}},
      undo);
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
