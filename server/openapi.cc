#include "server/openapi.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "base/text.h"

namespace tiebeam::server {
namespace {

Json reference(std::string_view name) {
  return Json::object({{"$ref", fmt::format("#/components/schemas/{}", name)}});
}

Json typed(std::string_view type) { return Json::object({{"type", type}}); }

Json parameter_schema(const Param& param) {
  if (param.schema == "instant")
    return Json::object({{"type", "string"}, {"description", "ISO 8601, or a day"}});
  return typed(param.schema);
}

Json parameter(const Param& param, std::string_view in) {
  return Json::object({{"name", param.name},
                       {"in", in},
                       {"required", param.required || in == "path"},
                       {"description", param.help},
                       {"schema", parameter_schema(param)}});
}

constexpr std::pair<std::string_view, std::string_view> kPathWords[] = {
    {"org", "id of the organisation"},
    {"key", "key of the figure, such as flow.cycle_time.p85"},
    {"type", "name of the record type"},
    {"id", "id"},
    {"seq", "number of the journal entry"}};

Json parameters(const Route& route) {
  Json out = Json::Array{};
  for (const std::string_view part : split_at(route.path, '/')) {
    if (!part.starts_with('{')) continue;
    const std::string name(part.substr(1, part.size() - 2));
    const auto words =
        std::ranges::find(kPathWords, name, &std::pair<std::string_view, std::string_view>::first);
    const std::string help = words == std::end(kPathWords) ? name : std::string(words->second);
    out.push(parameter({name, help, "string", true}, "path"));
  }
  for (const Param& each : route.query) out.push(parameter(each, "query"));
  const Param key{
      "Idempotency-Key",
      "the same key gives the same answer and writes once; for records also after a restart"};
  if (!is_safe(route.method)) out.push(parameter(key, "header"));
  for (const Param& each : route.headers) out.push(parameter(each, "header"));
  return out;
}

Json content(std::string_view type, Json schema) {
  Json out = Json::Object{};
  out.set(std::string(type), Json::object({{"schema", std::move(schema)}}));
  return out;
}

std::string_view meaning_of(int status) {
  switch (status) {
    case 400:
      return "not understood";
    case 403:
      return "forbidden, also for a foreign Origin or Host";
    case 404:
      return "there is no such thing";
    case 409:
      return "conflicts with what is there";
    case 412:
      return "somebody was faster; both versions are in the answer";
    case 413:
      return "too large";
    case 422:
      return "understood, but invalid; every fault with its JSON pointer";
    case 429:
      return "too much at once; try again when some of it is done";
    case 503:
      return "not available now; try again";
    default:
      return "broke inside";
  }
}

Json responses(const Route& route) {
  Json out = Json::Object{};
  Json good = Json::object({{"description", route.success == 202 ? "accepted as a job" : "done"}});
  if (route.success != 204)
    good.set("content",
             content(route.answer_type,
                     route.answer.is_null()
                         ? typed(route.answer_type == "application/json" ? "object" : "string")
                         : route.answer));
  out.set(std::to_string(route.success), std::move(good));
  if (is_safe(route.method) && route.is_cacheable)
    out.set("304", Json::object({{"description", "as the ETag in If-None-Match says"}}));
  std::set<int> failures{400, 403, 500};
  failures.insert(route.failures.begin(), route.failures.end());
  if (!is_safe(route.method)) failures.insert(422);  // a key of another request, at least
  if (!route.body.is_null()) failures.insert(413);
  for (const int status : failures) {
    out.set(std::to_string(status),
            Json::object({{"description", meaning_of(status)},
                          {"content", content("application/problem+json", reference("Problem"))}}));
  }
  return out;
}

Json operation(const Route& route) {
  Json out = Json::object(
      {{"operationId", route.id}, {"summary", route.summary}, {"parameters", parameters(route)}});
  if (!route.body.is_null())
    out.set("requestBody",
            Json::object({{"required", true}, {"content", content(route.body_type, route.body)}}));
  out.set("responses", responses(route));
  return out;
}

Json field_schema(const FieldInfo& field) {
  Json out = Json::Object{};
  const auto nullable = [&](std::string_view type) {
    out.set("type", Json::Array{Json(type), Json("null")});
  };
  switch (field.kind) {
    case FieldKind::integer:
      nullable("integer");
      break;
    case FieldKind::number:
    case FieldKind::fraction:
      nullable("number");
      break;
    case FieldKind::boolean:
      nullable("boolean");
      break;
    case FieldKind::references:
    case FieldKind::list:
      out.set("type", "array"), out.set("items", typed("string"));
      break;
    case FieldKind::money:
      out = Json::object({{"anyOf", Json::Array{reference("Money"), typed("null")}}});
      break;
    case FieldKind::estimate:
      nullable("object");
      break;
    default:
      nullable("string");
  }
  if (!field.choices.empty()) {
    Json choices = Json::array(field.choices);
    choices.push(Json());
    out.set("enum", std::move(choices));
  }
  if (std::isfinite(field.min) &&
      (field.kind == FieldKind::integer || field.kind == FieldKind::number ||
       field.kind == FieldKind::fraction))
    out.set("minimum", field.min);
  const bool is_list = field.kind == FieldKind::list || field.kind == FieldKind::references;
  if (std::isfinite(field.max) && field.max != 0)
    out.set(is_list ? "maxItems" : "maximum", field.max);
  out.set("description", field.help);
  return out;
}

Json record_schema(const RecordType& type) {
  Json properties = Json::Object{}, required = Json::Array{};
  for (const FieldInfo& field : type.fields) {
    properties.set(field.name, field_schema(field));
    if (field.required) required.push(field.name);
  }
  return Json::object({{"type", "object"},
                       {"description", type.help},
                       {"properties", std::move(properties)},
                       {"required", std::move(required)}});
}

Json problem_schema() {
  const auto text = typed("string");
  const auto text_or_null = Json::object({{"type", Json::Array{Json("string"), Json("null")}}});
  return Json::object(
      {{"type", "object"},
       {"description", "RFC 9457, with code, hint and errors"},
       {"properties",
        Json::object(
            {{"type", text},
             {"title", text},
             {"status", typed("integer")},
             {"detail", text},
             {"instance", text},
             {"code", text},
             {"hint", text_or_null},
             {"errors",
              Json::object(
                  {{"type", "array"},
                   {"items",
                    Json::object({{"type", "object"},
                                  {"properties", Json::object({{"pointer", text_or_null},
                                                               {"code", text},
                                                               {"message", text},
                                                               {"found", text_or_null},
                                                               {"expected", text_or_null},
                                                               {"more", text_or_null},
                                                               {"hint", text_or_null}})}})}})}})}});
}

Json schemas(const Table& table) {
  Json out = Json::object(
      {{"Problem", problem_schema()},
       {"Money", Json::object({{"type", "object"},
                               {"properties", Json::object({{"amount", typed("string")},
                                                            {"currency", typed("string")}})},
                               {"required", Json::Array{Json("amount"), Json("currency")}}})}});
  for (const auto& [name, type] : table.catalog.types()) out.set(name, record_schema(type));
  return out;
}

std::string verb_of(Method method) { return to_lower_ascii(method_name(method)); }

}  // namespace

Json openapi(const Router& router, const Table& table, const std::string& version) {
  Json paths = Json::Object{};
  std::vector<std::string> seen;
  for (const Route& route : router.routes()) {
    if (std::ranges::find(seen, route.path) != seen.end()) continue;
    seen.push_back(route.path);
    Json verbs = Json::Object{};
    for (const Route& each : router.routes()) {
      if (each.path == route.path) verbs.set(verb_of(each.method), operation(each));
    }
    paths.set(route.path, std::move(verbs));
  }
  return Json::object(
      {{"openapi", "3.1.0"},
       {"info", Json::object({{"title", "Tiebeam"},
                              {"version", version},
                              {"license", Json::object({{"name", "Apache-2.0"},
                                                        {"identifier", "Apache-2.0"}})}})},
       {"servers", Json::Array{Json::object({{"url", kApi}})}},
       {"paths", std::move(paths)},
       {"components", Json::object({{"schemas", schemas(table)}})}});
}

}  // namespace tiebeam::server
