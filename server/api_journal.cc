// The journal: of the organisation, of one record, and undoing an entry.
#include <fmt/format.h>

#include "application/journal_json.h"
#include "application/undo.h"
#include "base/text.h"
#include "server/api.h"
#include "server/record_place.h"

namespace tiebeam::server {
namespace {

Json newest_first(const std::vector<store::JournalEntry>& entries) {
  Json out = Json::Array{};
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) out.push(to_json(*entry));
  return out;
}

Answered list(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const std::int64_t limit, number_of(request, "limit", 50, 1, 500));
  TB_TRY(const std::int64_t before,
         number_of(request, "before", at.view->seq() + 1, 1, at.view->seq() + 1));
  const std::int64_t first = std::max<std::int64_t>(1, before - limit);
  std::vector<store::JournalEntry> entries;
  if (before > first) {
    TB_TRY(entries, at.seat->store().journal(first, static_cast<std::size_t>(before - first)));
  }
  return json_answer(Json::object(
      {{"entries", newest_first(entries)}, {"next", first > 1 ? Json(first) : Json()}}));
}

Answered history(World& world, const Request& request) {
  TB_TRY(const RecordPlace here, record_place(world, request));
  constexpr std::size_t kMost = 10'000;
  auto record = record_of(world, here, request.capture("id"));
  const std::string id = record ? record->id() : request.capture("id");
  TB_TRY(const auto entries, here.at.seat->store().journal(1, kMost, here.type->name, id));
  // One that was removed has its history; what never was has none.
  if (!record && entries.empty()) return std::unexpected(std::move(record).error());
  return json_answer(Json::object({{"entries", newest_first(entries)}}));
}

std::expected<store::Written, Refused> undone(World& world, const Seated& at, std::int64_t first,
                                              std::int64_t last, const std::string& actor) {
  if (first < 1) {  // the store says that there is no such entry
    TB_TRY(const store::Written written, at.seat->store().undo(first, actor, world.now()));
    return written;
  }
  auto written = undo_entries(world.table, at.seat->store(), at.view->snapshot(), first, last,
                              {.actor = actor, .at = world.now(), .idempotency_key = {}});
  if (!written) return std::unexpected(Refused(std::move(written).error()));
  return *written;
}

Answered undo(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const std::string actor, actor_of(world, at, request));
  const std::string& text = request.capture("seq");
  const auto seq = parse_integer(text);
  if (!seq) {
    return std::unexpected(
        Refused(Error{.kind = Kind::not_found,
                      .code = "store.not_found",
                      .message = fmt::format("the journal has no entry '{}'", shown(text)),
                      .detail = {},
                      .hint = "list the entries with GET /orgs/{org}/journal",
                      .field = {}}));
  }
  const std::int64_t first = std::max<std::int64_t>(1, *seq);
  TB_TRY(const std::int64_t last,
         number_of(request, "to", *seq, first, std::max(first, at.view->seq())));
  TB_TRY(const store::Written written, undone(world, at, *seq, last, actor));
  tell_journal(world, *at.seat);
  return json_answer(Json::object({{"undone", *seq}, {"to", last}, {"by", written.last_seq}}));
}

}  // namespace

void add_journal_routes(Router& router, World& world) {
  const auto add = [&](Route route, Answered (*act)(World&, const Request&)) {
    route.handle = [&world, act](const Request& request) { return act(world, request); };
    router.add(std::move(route));
  };
  add({.id = "journal.list",
       .path = "/orgs/{org}/journal",
       .summary = "Who changed what, newest first",
       .query = {{"before", "entries before this number", "integer"},
                 {"limit", "how many, at most 500", "integer"}},
       .failures = {404}},
      list);
  add({.id = "records.history",
       .path = "/orgs/{org}/records/{type}/{id}/history",
       .summary = "Every change of one record, newest first",
       .failures = {404}},
      history);
  add({.id = "journal.undo",
       .method = Method::post,
       .path = "/orgs/{org}/journal/{seq}/undo",
       .summary = "Writes the inverse of an entry as a new one; an import goes as a whole",
       .query = {{"to", "all entries from `seq` to this one, or none", "integer"}},
       .headers = {person_param()},
       .failures = {404, 409, 422}},
      undo);
}

}  // namespace tiebeam::server
