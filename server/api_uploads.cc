// Files that wait to be imported: sent, listed, found again after a restart.
#include <fmt/format.h>

#include "base/text.h"
#include "server/api.h"
#include "server/wire.h"

namespace tiebeam::server {
namespace {

constexpr std::chrono::hours kAge{7 * 24};

Json upload_json(const Waiting& file) {
  return Json::object({{"id", file.id},
                       {"name", file.name},
                       {"bytes", file.bytes},
                       {"at", format_instant(file.at)},
                       {"until", format_instant(file.at + kAge)},
                       {"resumable", file.is_resumable},
                       {"answers", file.answers.is_null() ? Json(Json::Object{}) : file.answers}});
}

// One that an import was made of is only waiting to be cleared away.
bool is_made(const Seated& at, const Waiting& file) {
  const std::vector<Import>& imports = at.view->snapshot().imports;
  return std::ranges::find(imports, file.id, &Import::upload) != imports.end();
}

Answered list(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  Json out = Json::Array{};
  for (const Waiting& file : world.uploads.list(at.seat->id())) {
    if (!is_made(at, file)) out.push(upload_json(file));
  }
  return json_answer(Json::object({{"uploads", std::move(out)}}));
}

Answered show(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Waiting file, world.uploads.find(at.seat->id(), request.capture("id")));
  Json out = upload_json(file);
  const auto text = world.uploads.get(file, Uploads::kReport);
  const Json found = text ? parse_json(*text).value_or(Json()) : Json();
  for (const char* name : {"report", "problem"}) {
    const Json* held = found.find(name);
    out.set(name, held ? *held : Json());
  }
  return json_answer(out);
}

// As asked for, else as the file was sent.
std::string name_sent(const Request& request) {
  if (request.has_param("name")) return std::string(request.param("name"));
  const std::string said = file_name_in(request.header("content-disposition"));
  return said.empty() ? "upload" : said;
}

Answered add(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Waiting file, kept_upload(world, at, request, true));
  Response out = json_answer(upload_json(file), 201);
  out.headers.emplace_back("Location",
                           fmt::format("{}/orgs/{}/uploads/{}", kApi, at.seat->id(), file.id));
  return out;
}

}  // namespace

Param file_name_param() {
  return {"name", "the file's name; else that of Content-Disposition, else \"upload\""};
}

Result<Waiting> kept_upload(World& world, const Seated& at, const Request& request,
                            bool is_resumable) {
  if (request.body_file.empty()) {
    return invalid("import.no_file", "no file came with the request",
                   "send its bytes as the body, with Content-Type: application/octet-stream");
  }
  return world.uploads.keep({.organisation = at.seat->id(),
                             .name = name_sent(request),
                             .at = world.now(),
                             .is_resumable = is_resumable},
                            request.body_file);
}

void add_upload_routes(Router& router, World& world) {
  const auto put = [&](Route route, Answered (*act)(World&, const Request&)) {
    route.is_cacheable = false;
    route.handle = [&world, act](const Request& request) { return act(world, request); };
    router.add(std::move(route));
  };
  put({.id = "uploads.list",
       .path = "/orgs/{org}/uploads",
       .summary = "Files that wait to be imported, each kept for a week",
       .failures = {404}},
      list);
  put({.id = "uploads.get",
       .path = "/orgs/{org}/uploads/{id}",
       .summary = "A waiting file, what was said of it and what the newest look found",
       .failures = {404}},
      show);
  put({.id = "uploads.add",
       .method = Method::post,
       .path = "/orgs/{org}/uploads",
       .summary = "Sends a file to be imported later: durable when it is answered",
       .query = {file_name_param()},
       .body = Json::object({{"type", "string"}, {"format", "binary"}}),
       .body_type = "application/octet-stream",
       .success = 201,
       .failures = {404, 409, 413, 422, 503}},
      add);
}

}  // namespace tiebeam::server
