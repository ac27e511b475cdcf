// Every writing that a room declared, as POST /orgs/{org}/ROOM/NAME.
#include <fmt/format.h>

#include "application/records.h"
#include "application/source.h"
#include "base/json_pointer.h"
#include "base/text.h"
#include "server/api.h"
#include "server/replies.h"

namespace tiebeam::server {
namespace {

// "--people" -> "people", "--by-name" -> "by_name", "ID" -> "id".
std::string member_of(std::string_view option) {
  while (option.starts_with('-')) option.remove_prefix(1);
  std::string out = to_lower_ascii(option);
  std::ranges::replace(out, '-', '_');
  return out;
}

// A member as the command line would take it: texts and numbers as they are, lists one a line.
std::optional<std::string> option_text(const Json& value, bool is_many) {
  if (const auto* text = value.if_string()) return *text;
  if (value.number()) return write_json(value);
  const auto* list = is_many ? value.if_array() : nullptr;
  if (!list) return std::nullopt;
  std::string out;
  for (const Json& each : *list) {
    const auto text = option_text(each, false);
    if (!text) return std::nullopt;
    out += (out.empty() ? "" : "\n") + *text;
  }
  return out;
}

Error bad_member(const std::string& name, const Json& value, std::string_view expected) {
  return {.kind = Kind::invalid,
          .code = "json.wrong_kind",
          .message = fmt::format("/{}: found {}, expected {}", name, value.kind(), expected),
          .detail = {},
          .hint = fmt::format("write {} there, or leave it out", expected),
          .field = "/" + pointer_part(name),
          .found = shown(write_json(value)),
          .expected = std::string(expected)};
}

Result<void> take(const Option& option, const std::string& name, const Json& value,
                  Asking& asking) {
  if (value.is_null()) return {};
  if (option.takes.empty()) {
    const bool* on = value.if_bool();
    if (!on) return std::unexpected(bad_member(name, value, "true or false"));
    if (*on) asking.options[option.name] = "";
    return {};
  }
  const auto text = option_text(value, option.many);
  if (!text)
    return std::unexpected(bad_member(name, value, option.many ? "a list of texts" : "a text"));
  if (!text->empty()) asking.options[option.name] = *text;
  return {};
}

// Errors: json.unknown_field, json.wrong_kind.
Result<void> take_members(const Writing& writing, const Json& body, Asking& asking) {
  for (const auto& [name, value] : *body.if_object()) {
    const auto option = std::ranges::find_if(
        writing.options, [&](const Option& each) { return member_of(each.name) == name; });
    if (option == writing.options.end()) {
      std::vector<std::string> names;
      for (const Option& each : writing.options) names.push_back(member_of(each.name));
      return std::unexpected(
          Error{.kind = Kind::invalid,
                .code = "json.unknown_field",
                .message = fmt::format("there is no '{}' in what is asked here", shown(name)),
                .detail = {},
                .hint = fmt::format("known are {}", fmt::join(names, ", ")),
                .field = "/" + pointer_part(name),
                .found = shown(name),
                .expected = fmt::format("one of {}", fmt::join(names, ", "))});
    }
    TB_DO(take(*option, name, value, asking));
  }
  return {};
}

// What a plan is made from: the organisation as it is; for a request that came before, as it was
// then, so that its answer is the first one again.
struct Ground {
  SnapshotPtr snapshot;
  Instant at{};
};

Result<Ground> ground_of(World& world, const Seated& at, const Request& request) {
  TB_TRY(const auto before, written_before(*at.seat, request));
  if (!before || before->first_seq == 0)
    return Ground{.snapshot = at.view->shared_snapshot(), .at = world.now()};
  TB_TRY(const auto entries, at.seat->store().journal(before->first_seq, 1));
  TB_TRY(SnapshotPtr then,
         load_snapshot_at(at.seat->store(), before->first_seq - 1, at.view->shared_snapshot()));
  return Ground{.snapshot = std::move(then),
                .at = entries.empty() ? world.now() : entries.front().at};
}

Answered write(World& world, const Writing& writing, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const std::string actor, actor_of(world, at, request));
  TB_TRY(const Json body, object_of(request));
  TB_TRY(const Ground ground, ground_of(world, at, request));
  Asking asking{.table = world.table,
                .book = std::make_shared<FigureBook>(world.table.figures, ground.snapshot, Asked{}),
                .options = {},
                .warnings = {},
                .sources = ground.snapshot->imports,
                .recompute = options_text(world, request),
                .json = true};
  TB_DO(take_members(writing, body, asking));
  const Writer writer{.actor = actor, .at = ground.at};
  TB_TRY(RecordPlan plan, writing.plan(asking, writer));
  auto written = write_plan(world.table, at.seat->store(), *ground.snapshot, plan,
                            fmt::format("{}.{}", writing.room, writing.name),
                            {.actor = actor,
                             .at = writer.at,
                             .idempotency_key = std::string(request.header("idempotency-key")),
                             .request = hash_of(request)});
  if (!written) return std::unexpected(Refused(std::move(written).error()));
  if (written->first_seq != 0) tell_journal(world, *at.seat);
  Json out = std::move(plan.answer.json);
  out.set("written", to_json(*written));
  return json_answer(out);
}

Json body_schema(const Writing& writing) {
  Json members = Json::Object{};
  for (const Option& option : writing.options) {
    Json schema = Json::object({{"description", option.help}});
    if (option.takes.empty()) {
      schema.set("type", "boolean");
    } else if (option.many) {
      schema.set("type", "array");
      schema.set("items", Json::object({{"type", "string"}}));
    } else {
      schema.set("type", Json::array(std::vector<std::string>{"string", "number"}));
    }
    members.set(member_of(option.name), std::move(schema));
  }
  return Json::object({{"type", "object"}, {"properties", std::move(members)}});
}

}  // namespace

void add_writing_routes(Router& router, World& world) {
  for (const Writing& writing : world.table.writings) {
    Route route{.id = fmt::format("{}.{}.write", writing.room, writing.name),
                .method = Method::post,
                .path = fmt::format("/orgs/{{org}}/{}/{}", writing.room, writing.name),
                .summary = writing.help,
                .headers = {person_param()},
                .body = body_schema(writing),
                .failures = {404, 409, 422}};
    route.handle = [&world, &writing](const Request& request) {
      return write(world, writing, request);
    };
    router.add(std::move(route));
  }
}

}  // namespace tiebeam::server
