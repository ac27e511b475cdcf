// The doors of a first run: begin an organisation, look at one that the program makes, bring back a
// backup. POST /orgs and /orgs/restore
#include <fmt/format.h>

#include "application/organisations.h"
#include "base/hash.h"
#include "base/text.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

struct Wanted {
  std::string kind, name, zone = "UTC", currency = "EUR";
};

Result<Wanted> wanted_of(const Request& request) {
  TB_TRY(const Json body, object_of(request));
  Wanted out;
  for (const auto& [name, into] : {std::pair{"kind", &out.kind},
                                   {"name", &out.name},
                                   {"zone", &out.zone},
                                   {"currency", &out.currency}}) {
    const Json* held = body.find(name);
    if (!held || held->is_null()) continue;
    const std::string* text = held->if_string();
    if (!text) {
      return std::unexpected(
          Error{.kind = Kind::invalid,
                .code = "organisation.bad_field",
                .message = fmt::format("{} is a {}; it should be a text", name, held->kind()),
                .detail = {},
                .hint = "send {\"name\": \"Northmere Foods\"}",
                .field = fmt::format("/{}", name),
                .found = shown(write_json(*held)),
                .expected = "a text"});
    }
    *into = trim(*text);
  }
  return out;
}

Error at_field(Error error, std::string_view field) {
  error.field = field;
  return error;
}

Result<std::string> begin_ours(World& world, const Wanted& wanted) {
  constexpr std::size_t kLongest = 200;
  if (wanted.name.empty() || wanted.name.size() > kLongest) {
    return std::unexpected(Error{.kind = Kind::invalid,
                                 .code = "organisation.no_name",
                                 .message = wanted.name.empty()
                                                ? "the organisation has no name"
                                                : "the name is longer than 200 bytes",
                                 .detail = {},
                                 .hint = "give it the name that people know it by",
                                 .field = "/name",
                                 .found = fmt::format("{} bytes", wanted.name.size()),
                                 .expected = "a name of 1 to 200 bytes"});
  }
  const std::string& data = world.desk.data();
  while (true) {
    const std::string id = free_id(data, wanted.name);
    auto made = create_organisation(world.table, data,
                                    {.id = id,
                                     .name = wanted.name,
                                     .zone = wanted.zone,
                                     .currency = wanted.currency,
                                     .actor = world.actor,
                                     .at = world.now()});
    if (made) return id;
    const std::string& code = made.error().code;
    if (code == "store.exists") continue;  // somebody took the id meanwhile
    const bool is_zone = code.starts_with("zone."), is_money = code.starts_with("money.");
    return std::unexpected(at_field(std::move(made).error(), is_zone    ? "/zone"
                                                             : is_money ? "/currency"
                                                                        : ""));
  }
}

Result<std::string> made_by(World& world, const Making::Make& make, const std::string& kind) {
  if (make) return make(world.desk.data(), world.actor, world.now());
  return std::unexpected(
      Error{.kind = Kind::invalid,
            .code = "organisation.unknown_kind",
            .message = fmt::format("this program makes no organisation of kind '{}'", shown(kind)),
            .detail = {},
            .hint = "leave kind out and give a name to begin your own",
            .field = "/kind",
            .found = fmt::format("'{}'", shown(kind)),
            .expected = "one of ours, sample, demonstration"});
}

// As it stands: GET /orgs/{org} with 201 and where it is.
Answered made_answer(World& world, const std::string& id) {
  TB_TRY(const SeatPtr seat, world.desk.seat(id));
  TB_TRY(const ViewPtr view, seat->view());
  const Organisation& organisation = view->snapshot().organisation;
  Response out = json_answer(Json::object({{"id", id},
                                           {"name", organisation.name},
                                           {"zone", organisation.zone},
                                           {"currency", organisation.currency},
                                           {"fictional", organisation.fictional},
                                           {"journal_seq", view->seq()}}),
                             201);
  out.headers.emplace_back("Location", fmt::format("{}/orgs/{}", kApi, id));
  out.headers.emplace_back("ETag", fmt::format("\"{:016x}\"", row_hash(out.body.bytes)));
  return out;
}

Answered begin(World& world, const Request& request) {
  TB_TRY(const Wanted wanted, wanted_of(request));
  Result<std::string> id;
  if (wanted.kind.empty() || wanted.kind == "ours")
    id = begin_ours(world, wanted);
  else if (wanted.kind == "sample")
    id = made_by(world, world.make.sample, wanted.kind);
  else
    id = made_by(world, wanted.kind == "demonstration" ? world.make.demonstration : nullptr,
                 wanted.kind);
  if (!id) return std::unexpected(Refused(std::move(id).error()));
  return made_answer(world, *id);
}

// "northmere 2026-11.backup" -> "northmere-2026-11": what an id that was not given is made of.
std::string id_of_file(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  return slugify(name.substr(0, name.find_last_of('.')));
}

Answered bring_back(World& world, const Request& request) {
  if (request.body_file.empty()) {
    return std::unexpected(Refused(Error{.kind = Kind::invalid,
                                         .code = "organisation.no_backup",
                                         .message = "no backup came with the request",
                                         .detail = {},
                                         .hint = "send its bytes as the body, with Content-Type: "
                                                 "application/octet-stream",
                                         .field = {}}));
  }
  const std::string id = request.has_param("id") ? std::string(request.param("id"))
                                                 : id_of_file(request.param("name"));
  if (!is_slug(id)) {
    return std::unexpected(
        Refused(Error{.kind = Kind::invalid,
                      .code = "organisation.bad_id",
                      .message = fmt::format("'{}' cannot name an organisation", shown(id)),
                      .detail = {},
                      .hint = "use a-z, 0-9 and '-', such as ?id=northmere",
                      .field = "?id"}));
  }
  if (auto done = store::restore(request.body_file, organisation_path(world.desk.data(), id),
                                 world.table.catalog);
      !done) {
    Error error = std::move(done).error();
    if (error.code == "store.exists") {
      error.message = fmt::format("there is an organisation '{}' already; nothing was changed", id);
      error.hint = "restore it under another id";
      error.field = "?id";
    }
    return std::unexpected(Refused(std::move(error)));
  }
  return made_answer(world, id);
}

Json begin_schema() {
  const Json text = Json::object({{"type", "string"}});
  return Json::object(
      {{"type", "object"},
       {"description", "kind: ours (then a name), sample or demonstration"},
       {"properties",
        Json::object({{"kind", text}, {"name", text}, {"zone", text}, {"currency", text}})}});
}

}  // namespace

void add_door_routes(Router& router, World& world) {
  const auto add = [&](Route route, Answered (*act)(World&, const Request&)) {
    route.is_cacheable = false;
    route.handle = [&world, act](const Request& request) { return act(world, request); };
    router.add(std::move(route));
  };
  add({.id = "organisations.add",
       .method = Method::post,
       .path = "/orgs",
       .summary = "A new organisation: one's own, the real sample, or the demonstration",
       .body = begin_schema(),
       .success = 201,
       .failures = {409, 422, 503}},
      begin);
  add({.id = "organisations.restore",
       .method = Method::post,
       .path = "/orgs/restore",
       .summary = "Brings back an organisation from a backup; never over one that is there",
       .query = {{"id", "its id here; else made of the name"}, {"name", "the file's name"}},
       .body = Json::object({{"type", "string"}, {"format", "binary"}}),
       .body_type = "application/octet-stream",
       .success = 201,
       .failures = {404, 409, 413, 422, 503}},
      bring_back);
}

}  // namespace tiebeam::server
