// The same routes for every record type: list, add, show, replace, remove, history, ties.
#include <fmt/format.h>

#include <algorithm>

#include "application/record_faults.h"
#include "application/records.h"
#include "base/text.h"
#include "model/record_json.h"
#include "server/api.h"
#include "server/record_list.h"

namespace tiebeam::server {
namespace {

struct Found {
  Seated at;
  const RecordType* type = nullptr;
};

Result<Found> found(World& world, const Request& request) {
  Found out;
  TB_TRY(out.at, seated(world, request));
  TB_TRY(out.type, world.table.catalog.get(request.capture("type")));
  return out;
}

Result<Record> record_of(World& world, const Found& here, const std::string& id) {
  const auto all = here.at.view->records(here.type->name);
  const auto at = std::ranges::lower_bound(
      *all, id, {}, [](const Record& r) -> const std::string& { return r.id(); });
  if (at != all->end() && at->id() == id) return *at;
  return get_record(world.table, here.at.view->snapshot(), here.type->name,
                    id);  // says what is near
}

Response record_answer(const RecordType& type, const Record& record, int status = 200) {
  Response out = json_answer(to_json(type, record), status);
  out.headers.emplace_back("ETag", fmt::format("\"{}\"", record.version()));
  return out;
}

// The version that If-Match names; none when any will do.
Result<std::optional<std::int64_t>> version_of(const Request& request) {
  std::string_view text = request.header("if-match");
  if (text.empty() || text == "*") return std::optional<std::int64_t>{};
  if (text.size() > 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  std::int64_t out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || out > 1'000'000'000) {
      return invalid(
          "http.bad_if_match",
          fmt::format("If-Match is '{}'; it should be the ETag of the record, such as \"3\"",
                      shown(text)),
          "read the record again and send its ETag");
    }
    out = 10 * out + (c - '0');
  }
  return std::optional(out);
}

Result<Author> author_of(World& world, const Found& here, const Request& request) {
  TB_TRY(std::string actor, actor_of(world, here.at, request));
  return Author{.actor = std::move(actor),
                .at = world.now(),
                .idempotency_key = std::string(request.header("idempotency-key"))};
}

Answered list(World& world, const Request& request) {
  TB_TRY(const Found here, found(world, request));
  TB_TRY(const ListRequest wanted, read_list_request(*here.type, request));
  const auto all = here.at.view->records(here.type->name);
  const ListPage page = list_page(*here.type, *all, wanted);
  Json rows = Json::Array{};
  for (const Record* record : page.records) rows.push(to_json(*here.type, *record));
  return json_answer(Json::object({{"type", here.type->name},
                                   {"records", std::move(rows)},
                                   {"total", static_cast<std::int64_t>(page.total)},
                                   {"offset", static_cast<std::int64_t>(wanted.offset)},
                                   {"limit", static_cast<std::int64_t>(wanted.limit)}}));
}

Answered show(World& world, const Request& request) {
  TB_TRY(const Found here, found(world, request));
  TB_TRY(const Record record, record_of(world, here, request.capture("id")));
  return record_answer(*here.type, record);
}

// The record that a write with this key made before; nothing when the key is new.
Result<std::optional<Record>> made_before(World& world, const Found& here, const Request& request) {
  const std::string key(request.header("idempotency-key"));
  if (key.empty()) return std::optional<Record>{};
  TB_TRY(const auto before, here.at.seat->store().written_with(key));
  if (!before || before->first_seq == 0) return std::optional<Record>{};
  TB_TRY(const auto entries, here.at.seat->store().journal(before->first_seq, 1));
  if (entries.empty() || entries.front().type != here.type->name) return std::optional<Record>{};
  auto record = record_of(world, here, entries.front().id);
  return record ? std::optional(*std::move(record)) : std::optional<Record>{};
}

// What was sent, read into a record. Faults keep their pointers.
std::expected<Record, Refused> sent_record(const World& world, const Found& here,
                                           const Request& request, std::string_view id) {
  TB_TRY(const Json json, object_of(request));
  ReadRecord read = read_record(*here.type, json, fresh(*here.type));
  if (!read.faults.empty()) {
    add_other_faults(world.table, here.at.view->snapshot(), *here.type, read.record, read.faults);
    return std::unexpected(Refused(std::move(read.faults)));
  }
  if (!id.empty()) {
    const Json* said = json.find("id");
    const std::string* text = said ? said->if_string() : nullptr;
    read.record.values[kIdField] = text && !text->empty() ? *text : std::string(id);
  } else if (const Json* said = json.find("id"); said && said->if_string()) {
    read.record.values[kIdField] = *said->if_string();
  }
  return std::move(read.record);
}

// As it stands after the write.
Answered written_answer(World& world, const Request& request, const Found& here,
                        const std::string& id, int status) {
  tell_journal(world, *here.at.seat);
  TB_TRY(const Found now, found(world, request));
  TB_TRY(const Record record, record_of(world, now, id));
  Response out = record_answer(*now.type, record, status);
  if (status == 201)
    out.headers.emplace_back("Location", fmt::format("{}/orgs/{}/records/{}/{}", kApi,
                                                     here.at.seat->id(), here.type->name, id));
  return out;
}

Answered add(World& world, const Request& request) {
  TB_TRY(const Found here, found(world, request));
  TB_TRY(const Author author, author_of(world, here, request));
  TB_TRY(const std::optional<Record> before, made_before(world, here, request));
  if (before) return record_answer(*here.type, *before, 201);
  auto record = sent_record(world, here, request, {});
  if (!record) return std::unexpected(std::move(record).error());
  auto done = create_record(world.table, here.at.seat->store(), here.at.view->snapshot(),
                            here.type->name, *std::move(record), author);
  if (!done) return std::unexpected(Refused(std::move(done).error()));
  return written_answer(world, request, here, done->id(), 201);
}

// Somebody was faster: 412 with what is stored now and what was sent.
Refused moved(World& world, const Request& request, std::vector<Error> errors, const Record* sent) {
  Refused out(std::move(errors));
  out.status = 412;
  out.extra = Json::Object{};
  auto now = found(world, request);
  if (now) {
    const auto current = record_of(world, *now, request.capture("id"));
    if (current) out.extra.set("current", to_json(*now->type, *current));
    if (sent) out.extra.set("yours", to_json(*now->type, *sent));
  }
  return out;
}

bool is_moved(const std::vector<Error>& errors) {
  return std::ranges::any_of(errors,
                             [](const Error& e) { return e.code == "store.version_moved"; });
}

Answered replace(World& world, const Request& request) {
  TB_TRY(const Found here, found(world, request));
  const std::string& id = request.capture("id");
  TB_TRY(const Record held, record_of(world, here, id));
  TB_TRY(const auto version, version_of(request));
  TB_TRY(const Author author, author_of(world, here, request));
  TB_TRY(const std::optional<Record> before, made_before(world, here, request));
  if (before && before->id() == id) return record_answer(*here.type, *before);
  auto record = sent_record(world, here, request, id);
  if (!record) return std::unexpected(std::move(record).error());
  if (version && *version != held.version()) {
    Error fault{
        .kind = Kind::conflict,
        .code = "store.version_moved",
        .message = fmt::format("{} '{}' is at version {}, not {}: somebody changed it meanwhile",
                               here.type->name, id, held.version(), *version),
        .detail = {},
        .hint = "choose for each field which version holds, then save again",
        .field = {}};
    return std::unexpected(moved(world, request, {std::move(fault)}, &*record));
  }
  auto done = replace_record(world.table, here.at.seat->store(), here.at.view->snapshot(),
                             here.type->name, id, *record, version, author);
  if (!done && is_moved(done.error()))
    return std::unexpected(moved(world, request, std::move(done).error(), &*record));
  if (!done) return std::unexpected(Refused(std::move(done).error()));
  return written_answer(world, request, here, id, 200);
}

Answered remove(World& world, const Request& request) {
  TB_TRY(const Found here, found(world, request));
  TB_TRY(const auto version, version_of(request));
  TB_TRY(const Author author, author_of(world, here, request));
  auto done = remove_record(world.table, here.at.seat->store(), here.at.view->snapshot(),
                            here.type->name, request.capture("id"), author, version);
  if (!done && is_moved(done.error()))
    return std::unexpected(moved(world, request, std::move(done).error(), nullptr));
  if (!done) return std::unexpected(Refused(std::move(done).error()));
  tell_journal(world, *here.at.seat);
  Response out;
  out.status = 204;
  return out;
}

std::string name_of(World& world, const Found& here, std::string_view type, const std::string& id) {
  if (!world.table.catalog.find(type)) return id;
  const auto all = here.at.view->records(std::string(type));
  const auto at = std::ranges::lower_bound(
      *all, id, {}, [](const Record& r) -> const std::string& { return r.id(); });
  return at != all->end() && at->id() == id ? at->name() : id;
}

Json tie_json(World& world, const Found& here, const Link& link, const std::string& other) {
  const std::size_t slash = other.find('/');
  const std::string type = other.substr(0, slash),
                    id = slash == std::string::npos ? "" : other.substr(slash + 1);
  return Json::object({{"link", link.id},
                       {"kind", link.kind},
                       {"type", type},
                       {"id", id},
                       {"name", name_of(world, here, type, id)}});
}

// Records whose reference fields name (type, id): written ones, at most so many of each type.
Json referrers(World& world, const Found& here, const std::string& id) {
  constexpr std::size_t kShown = 100;
  Json out = Json::Array{};
  for (const auto& [name, type] : world.table.catalog.types()) {
    std::size_t count = 0;
    for (const Record& record : here.at.view->snapshot().of(name)) {
      for (std::size_t i = 0; i < type.fields.size() && count < kShown; ++i) {
        if (type.fields[i].refers_to != here.type->name || !names(record.values[i], id)) continue;
        out.push(Json::object({{"type", name},
                               {"id", record.id()},
                               {"name", record.name()},
                               {"field", type.fields[i].name}}));
        ++count;
      }
    }
  }
  return out;
}

Answered ties(World& world, const Request& request) {
  TB_TRY(const Found here, found(world, request));
  const std::string& id = request.capture("id");
  TB_TRY([[maybe_unused]] const Record record, record_of(world, here, id));
  const std::string self = fmt::format("{}/{}", here.type->name, id);
  Json out = Json::Array{}, in = Json::Array{};
  for (const Link& link : here.at.view->snapshot().all<Link>()) {
    if (link.from == self) out.push(tie_json(world, here, link, link.to));
    if (link.to == self) in.push(tie_json(world, here, link, link.from));
  }
  return json_answer(Json::object({{"out", std::move(out)},
                                   {"in", std::move(in)},
                                   {"references", referrers(world, here, id)}}));
}

Json record_schema() {
  return Json::object(
      {{"type", "object"},
       {"description",
        "fields as GET /orgs/{org}/types lists them; those kept by the store are ignored"}});
}

}  // namespace

void add_record_routes(Router& router, World& world) {
  const auto with = [&world](Answered (*act)(World&, const Request&)) {
    return [&world, act](const Request& request) { return act(world, request); };
  };
  const std::string all = "/orgs/{org}/records/{type}", one = all + "/{id}";
  const Param match{"If-Match",
                    "ETag of the version that is changed; 412 when somebody was faster"};
  const auto add_route = [&](Route route, Answered (*act)(World&, const Request&)) {
    route.handle = with(act);
    router.add(std::move(route));
  };
  add_route({.id = "records.list",
             .path = all,
             .summary = "Records of a type; any field is also a filter: ?stage=funded",
             .query = {{"q", "words that appear in id, name, notes, tags or texts"},
                       {"sort", "a field; with '-' before it falling"},
                       {"offset", "skip so many", "integer"},
                       {"limit", "how many, at most 500", "integer"}},
             .failures = {404}},
            list);
  add_route({.id = "records.add",
             .method = Method::post,
             .path = all,
             .summary = "A new record",
             .headers = {person_param()},
             .body = record_schema(),
             .success = 201,
             .failures = {404, 409, 422}},
            add);
  add_route({.id = "records.get",
             .path = one,
             .summary = "One record, with its version as ETag",
             .failures = {404}},
            show);
  add_route({.id = "records.put",
             .method = Method::put,
             .path = one,
             .summary = "Replaces what people write of a record",
             .headers = {match, person_param()},
             .body = record_schema(),
             .failures = {404, 409, 412, 422}},
            replace);
  add_route({.id = "records.remove",
             .method = Method::del,
             .path = one,
             .summary = "Takes a record away; the journal keeps it",
             .headers = {match, person_param()},
             .success = 204,
             .failures = {404, 409, 412, 422}},
            remove);
  add_route({.id = "records.ties",
             .path = one + "/ties",
             .summary = "Links from and to a record, and records that refer to it",
             .failures = {404}},
            ties);
}

}  // namespace tiebeam::server
