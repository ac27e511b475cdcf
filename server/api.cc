#include "server/api.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tiebeam::server {
namespace {

Error bad_parameter(const Request& request, std::string_view name, std::string message,
                    std::string_view expected, std::string hint) {
  return {.kind = Kind::invalid,
          .code = "http.bad_parameter",
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = fmt::format("?{}", name),
          .found = shown(request.param(name)),
          .expected = std::string(expected)};
}

Result<std::optional<Instant>> instant_of(const Request& request, std::string_view name) {
  const std::string_view text = request.param(name);
  if (text.empty()) return std::optional<Instant>{};
  auto at = parse_instant(text);
  if (!at)
    return std::unexpected(
        bad_parameter(request, name, fmt::format("{}: {}", name, at.error().message),
                      "a time such as 2026-11-21T08:30:00Z, or a day", at.error().hint));
  return std::optional(*at);
}

}  // namespace

Response json_answer(const Json& json, int status) {
  Response out;
  out.status = status;
  out.body = Body(write_json(json));
  return out;
}

Result<Seated> seated(World& world, const Request& request) {
  Seated out;
  TB_TRY(out.seat, world.desk.seat(request.capture("org")));
  TB_TRY(out.view, out.seat->view());
  return out;
}

Result<std::string> actor_of(World& world, const Seated& at, const Request& request) {
  const std::string_view id = request.header("tiebeam-person");
  if (id.empty()) return world.actor;
  if (at.view->snapshot().find("person", id)) return fmt::format("person/{}", id);
  return std::unexpected(
      Error{.kind = Kind::invalid,
            .code = "person.no_such",
            .message = fmt::format("there is no person '{}' in this organisation", shown(id)),
            .detail = {},
            .hint = "choose again who you are, or leave Tiebeam-Person out",
            .field = "Tiebeam-Person",
            .found = shown(id),
            .expected = "the id of a person of this organisation"});
}

Param person_param() {
  return {"Tiebeam-Person", "id of the person who writes; not verified, kept in the journal"};
}

Result<Asked> asked_of(const Request& request) {
  Asked out;
  TB_TRY(out.as_of, instant_of(request, "as_of"));
  TB_TRY(out.from, instant_of(request, "from"));
  TB_TRY(out.to, instant_of(request, "to"));
  if (out.from && out.to && *out.from >= *out.to) {
    return std::unexpected(bad_parameter(request, "from",
                                         fmt::format("the window from {} to {} is empty",
                                                     request.param("from"), request.param("to")),
                                         "a time before the end of the window",
                                         "give from an earlier time than to"));
  }
  return out;
}

Result<bool> flag_of(const Request& request, std::string_view name) {
  if (!request.has_param(name)) return false;
  const std::string_view text = request.param(name);
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  return std::unexpected(bad_parameter(
      request, name, fmt::format("{} is '{}'; it should be 1 or 0", name, shown(text)), "1 or 0",
      "write 1 for yes; leave it out for no"));
}

Result<std::int64_t> number_of(const Request& request, std::string_view name,
                               std::int64_t otherwise, std::int64_t least, std::int64_t most) {
  const std::string_view text = request.param(name);
  if (text.empty()) return otherwise;
  const auto out = parse_integer(text);
  if (!out || *out < least || *out > most) {
    const std::string expected = fmt::format("a whole number from {} to {}", least, most);
    return std::unexpected(bad_parameter(
        request, name, fmt::format("{} is '{}'; it should be {}", name, shown(text), expected),
        expected, "leave it out for the usual"));
  }
  return *out;
}

std::string options_text(const World& world, const Request& request) {
  std::string out = fmt::format(" --data {} --org {}", world.desk.data(), request.capture("org"));
  for (const auto& [param, option] :
       {std::pair{"as_of", "--as-of"}, {"from", "--from"}, {"to", "--to"}}) {
    if (const std::string_view value = request.param(param); !value.empty())
      out += fmt::format(" {} {}", option, value);
  }
  return out;
}

Result<Json> object_of(const Request& request) {
  TB_TRY(Json json, parse_json(request.body));
  if (!json.if_object())
    return std::unexpected(
        Error{.kind = Kind::invalid,
              .code = "json.not_an_object",
              .message = fmt::format("the body is {}; it should be an object", json.kind()),
              .detail = {},
              .hint = "send {\"field\": value, ...}",
              .field = {},
              .found = shown(write_json(json)),
              .expected = "an object"});
  return json;
}

Result<std::optional<store::Written>> written_before(Seat& seat, const Request& request) {
  const std::string key(request.header("idempotency-key"));
  if (key.empty()) return std::optional<store::Written>{};
  return seat.store().written_with(key);
}

void tell_journal(World& world, Seat& seat) {
  seat.moved();
  if (const auto newest = seat.store().last_seq())
    world.hub.tell(seat.id(), "journal", Json::object({{"seq", *newest}}));
}

std::vector<Param> window_params() {
  return {
      {"as_of", "see only events at or before this time (a date is 00:00 UTC)", "instant", false},
      {"from", "start of the window", "instant", false},
      {"to", "end of the window, itself outside", "instant", false}};
}

}  // namespace tiebeam::server
