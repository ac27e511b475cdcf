// The same routes for every record type: list, add, show, replace, remove, history, ties.
#include <fmt/format.h>

#include <algorithm>

#include "application/record_faults.h"
#include "application/records.h"
#include "base/text.h"
#include "model/record_json.h"
#include "server/api.h"
#include "server/record_list.h"
#include "server/record_place.h"
#include "server/replies.h"

namespace tiebeam::server {
namespace {

Response record_answer(const RecordType& type, const Record& record, int status = 200) {
  Response out = json_answer(to_json(type, record), status);
  out.headers.emplace_back("ETag", etag_of(type, record));
  return out;
}

Result<Author> author_of(World& world, const RecordPlace& here, const Request& request) {
  TB_TRY(std::string actor, actor_of(world, here.at, request));
  return Author{.actor = std::move(actor),
                .at = world.now(),
                .idempotency_key = std::string(request.header("idempotency-key")),
                .request = hash_of(request)};
}

Answered list(World& world, const Request& request) {
  TB_TRY(const RecordPlace here, record_place(world, request));
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
  TB_TRY(const RecordPlace here, record_place(world, request));
  TB_TRY(const Record record, record_of(world, here, request.capture("id")));
  return record_answer(*here.type, record);
}

// The record as that write left it; as it is now where that write changed nothing.
Result<Record> record_after(World& world, const RecordPlace& here, const store::Written& written,
                            const std::string& id) {
  if (written.first_seq == 0) return record_of(world, here, id);
  store::Store& store = here.at.seat->store();
  TB_TRY(const auto entries, store.journal(written.first_seq, 1));
  const std::string& made = entries.empty() ? id : entries.front().id;
  TB_TRY(const auto later, store.journal(written.last_seq + 1, 1, here.type->name, made));
  if (later.empty()) return record_of(world, here, made);
  TB_TRY(const auto then, store.load(written.last_seq, here.at.view->shared_snapshot()));
  const Record* record = then->find(here.type->name, made);
  if (record) return *record;
  return record_of(world, here, made);
}

// What was sent, read into a record. Faults keep their pointers.
std::expected<Record, Refused> sent_record(const World& world, const RecordPlace& here,
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
    const bool is_said = text && !text->empty() && *text != request.capture("id");
    read.record.values[kIdField] = is_said ? *text : std::string(id);
  } else if (const Json* said = json.find("id"); said && said->if_string()) {
    read.record.values[kIdField] = *said->if_string();
  }
  return std::move(read.record);
}

Response added_answer(const RecordPlace& here, const Record& record) {
  Response out = record_answer(*here.type, record, 201);
  out.headers.emplace_back(
      "Location", fmt::format("{}/orgs/{}/records/{}/{}", kApi, here.at.seat->id(), here.type->name,
                              record.id()));
  return out;
}

// As it stands after the write.
Result<Record> written_record(World& world, const Request& request, const RecordPlace& here,
                              const std::string& id) {
  tell_journal(world, *here.at.seat);
  TB_TRY(const RecordPlace now, record_place(world, request));
  return record_of(world, now, id);
}

Answered add(World& world, const Request& request) {
  TB_TRY(const RecordPlace here, record_place(world, request));
  TB_TRY(const Author author, author_of(world, here, request));
  TB_TRY(const auto before, written_before(*here.at.seat, request));
  if (before) {
    TB_TRY(const Record record, record_after(world, here, *before, {}));
    return added_answer(here, record);
  }
  auto record = sent_record(world, here, request, {});
  if (!record) return std::unexpected(std::move(record).error());
  auto done = create_record(world.table, here.at.seat->store(), here.at.view->snapshot(),
                            here.type->name, *std::move(record), author);
  if (!done) return std::unexpected(Refused(std::move(done).error()));
  TB_TRY(const Record made, written_record(world, request, here, done->id()));
  return added_answer(here, made);
}

// Somebody was faster: 412 with what is stored now and what was sent.
Refused moved(World& world, const Request& request, std::vector<Error> errors, const Record* sent) {
  Refused out(std::move(errors));
  out.status = 412;
  out.extra = Json::Object{};
  auto now = record_place(world, request);
  if (now) {
    const auto current = record_of(world, *now, request.capture("id"));
    if (current) {
      out.extra.set("current", to_json(*now->type, *current));
      out.extra.set("current_etag", etag_of(*now->type, *current));
    }
    if (sent) out.extra.set("yours", to_json(*now->type, *sent));
  }
  return out;
}

bool is_moved(const std::vector<Error>& errors) {
  return std::ranges::any_of(errors,
                             [](const Error& e) { return e.code == "store.version_moved"; });
}

// Nothing where the record is as somebody saw it who changes it now.
std::optional<Error> moved_since(const RecordType& type, const Record& held,
                                 const std::optional<SeenState>& seen) {
  if (!seen || seen->is(type, held)) return std::nullopt;
  const std::string now = etag_of(type, held);
  return Error{
      .kind = Kind::conflict,
      .code = "store.version_moved",
      .message = fmt::format("{} '{}' is now at {}, not at {}: somebody changed it meanwhile",
                             type.name, held.id(), now, seen->text),
      .detail = {},
      .hint = "choose for each field which version holds, then save again",
      .field = "If-Match",
      .found = fmt::format("\"{}\"", seen->text),
      .expected = now};
}

std::optional<std::int64_t> version_of(const std::optional<SeenState>& seen, const Record& held) {
  return seen ? std::optional(held.version()) : std::nullopt;
}

Answered replace(World& world, const Request& request) {
  TB_TRY(const RecordPlace here, record_place(world, request));
  TB_TRY(const auto before, written_before(*here.at.seat, request));
  if (before) {
    TB_TRY(const Record record, record_after(world, here, *before, request.capture("id")));
    return record_answer(*here.type, record);
  }
  TB_TRY(const Record held, record_of(world, here, request.capture("id")));
  TB_TRY(const auto seen, seen_state_of(request));
  TB_TRY(const Author author, author_of(world, here, request));
  auto record = sent_record(world, here, request, held.id());
  if (!record) return std::unexpected(std::move(record).error());
  if (auto fault = moved_since(*here.type, held, seen))
    return std::unexpected(moved(world, request, {*std::move(fault)}, &*record));
  auto done = replace_record(world.table, here.at.seat->store(), here.at.view->snapshot(),
                             here.type->name, held.id(), *record, version_of(seen, held), author);
  if (!done && is_moved(done.error()))
    return std::unexpected(moved(world, request, std::move(done).error(), &*record));
  if (!done) return std::unexpected(Refused(std::move(done).error()));
  TB_TRY(const Record made, written_record(world, request, here, held.id()));
  return record_answer(*here.type, made);
}

Response gone_answer() {
  Response out;
  out.status = 204;
  return out;
}

Answered remove(World& world, const Request& request) {
  TB_TRY(const RecordPlace here, record_place(world, request));
  TB_TRY(const auto before, written_before(*here.at.seat, request));
  if (before) return gone_answer();
  TB_TRY(const Record held, record_of(world, here, request.capture("id")));
  TB_TRY(const auto seen, seen_state_of(request));
  TB_TRY(const Author author, author_of(world, here, request));
  if (auto fault = moved_since(*here.type, held, seen))
    return std::unexpected(moved(world, request, {*std::move(fault)}, nullptr));
  auto done = remove_record(world.table, here.at.seat->store(), here.at.view->snapshot(),
                            here.type->name, held.id(), author, version_of(seen, held));
  if (!done && is_moved(done.error()))
    return std::unexpected(moved(world, request, std::move(done).error(), nullptr));
  if (!done) return std::unexpected(Refused(std::move(done).error()));
  tell_journal(world, *here.at.seat);
  return gone_answer();
}

std::string name_of(World& world, const RecordPlace& here, std::string_view type,
                    const std::string& id) {
  if (!world.table.catalog.find(type)) return id;
  const auto all = here.at.view->records(std::string(type));
  const auto at = std::ranges::lower_bound(
      *all, id, {}, [](const Record& r) -> const std::string& { return r.id(); });
  return at != all->end() && at->id() == id ? at->name() : id;
}

Json tie_json(World& world, const RecordPlace& here, const Link& link, const std::string& other) {
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
Json referrers(World& world, const RecordPlace& here, const std::string& id) {
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
  TB_TRY(const RecordPlace here, record_place(world, request));
  TB_TRY(const Record record, record_of(world, here, request.capture("id")));
  const std::string& id = record.id();
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
  const Param match{
      "If-Match",
      "ETag of the state that is changed, or its version alone; 412 when somebody was faster"};
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
             .summary = "One record; its ETag is its version and a hash of what it says",
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
