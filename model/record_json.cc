#include "model/record_json.h"

#include <fmt/format.h>

#include "base/faults.h"
#include "base/json_pointer.h"
#include "base/text.h"

namespace tiebeam {

Json estimate_json(const Estimate& estimate) {
  Json out = Json::object({{"kind", shape_name(estimate.shape)}});
  for (const auto& [name, value] : estimate.parameters) out.set(name, value);
  const bool is_discrete = estimate.shape == Estimate::Shape::discrete;
  if (is_discrete || estimate.shape == Estimate::Shape::empirical) {
    out.set("values", Json::array(estimate.values));
  }
  if (is_discrete) out.set("weights", Json::array(estimate.weights));
  return out;
}

namespace {

constexpr std::string_view kAnEstimate = "a number or an estimate with a kind";
constexpr std::string_view kMoney = R"(money as {"amount":"1250.00","currency":"EUR"})";

using Faults = std::vector<Error>;
Error fault(const std::string& pointer, const Json& found, std::string_view expected) {
  return {.kind = Kind::invalid,
          .code = "record.wrong_kind",
          .message = fmt::format("{} is {}; it should be {}", shown_pointer(pointer), found.kind(),
                                 expected),
          .detail = shown(write_json(found)),
          .hint = fmt::format("write {} there", expected),
          .field = pointer,
          .found = shown(write_json(found)),
          .expected = std::string(expected)};
}

// What `json` was read as. What only this reader knows of a fault is added: where, and what stood
// there.
template <class T>
Result<Value> at(const std::string& pointer, const Json& json, std::string_view expected,
                 Result<T> result) {
  if (result) return Value{*std::move(result)};
  Error error = std::move(result).error();
  error.field = pointer + error.field;
  if (error.found.empty()) error.found = shown(write_json(json));
  if (error.expected.empty()) error.expected = expected;
  return std::unexpected(std::move(error));
}

Result<Value> read_numbers(const Json& list, std::vector<double>& out, const std::string& pointer) {
  const auto* items = list.if_array();
  if (!items) return std::unexpected(fault(pointer, list, "a list of numbers"));
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto number = (*items)[i].number();
    if (!number)
      return std::unexpected(fault(fmt::format("{}/{}", pointer, i), (*items)[i], "a number"));
    out.push_back(*number);
  }
  return Value{};
}

Result<Value> read_estimate(const Json& json, const std::string& pointer) {
  if (const auto number = json.number()) return Value{Estimate::point(*number)};
  if (const auto* text = json.if_string())
    return at(pointer, json, kAnEstimate, parse_estimate(*text));
  const Json* kind = json.find("kind");
  if (!kind) return std::unexpected(fault(pointer, json, kAnEstimate));
  if (!kind->if_string())
    return std::unexpected(fault(pointer + "/kind", *kind, "the kind of estimate as text"));
  auto shape = shape_of(*kind->if_string());
  if (!shape)
    return at(pointer + "/kind", *kind, "a kind of estimate",
              Result<Estimate>(std::unexpected(std::move(shape).error())));
  Estimate out;
  out.shape = *shape;
  for (const auto& [key, value] : *json.if_object()) {
    const std::string here = fmt::format("{}/{}", pointer, pointer_part(key));
    if (key == "kind") continue;
    if (key == "values") {
      TB_DO(read_numbers(value, out.values, here));
    } else if (key == "weights") {
      TB_DO(read_numbers(value, out.weights, here));
    } else if (const auto number = value.number()) {
      out.parameters.emplace_back(key, *number);
    } else {
      return std::unexpected(fault(here, value, "a number"));
    }
  }
  return Value{std::move(out)};
}

Result<Value> read_money(const Json& json, const std::string& pointer) {
  if (const auto* text = json.if_string())
    return at(pointer, json, kMoney, Money::parse_with_currency(*text));
  const Json* amount = json.find("amount");
  const Json* currency = json.find("currency");
  if (!amount || !amount->if_string() || !currency || !currency->if_string()) {
    return std::unexpected(fault(pointer, json, kMoney));
  }
  auto known = Currency::create(*currency->if_string());
  if (!known)
    return at(pointer, json, kMoney, Result<Money>(std::unexpected(std::move(known).error())));
  return at(pointer, json, kMoney, Money::parse(*amount->if_string(), *known));
}

Result<Value> read_list(const Json& json, const std::string& pointer) {
  const auto* items = json.if_array();
  if (!items) return std::unexpected(fault(pointer, json, "a list of texts"));
  std::vector<std::string> out;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto* text = (*items)[i].if_string();
    if (!text)
      return std::unexpected(fault(fmt::format("{}/{}", pointer, i), (*items)[i], "a text"));
    out.push_back(*text);
  }
  return Value{std::move(out)};
}

Result<Value> read_text(const FieldInfo& field, const Json& json, const std::string& pointer) {
  const auto* text = json.if_string();
  if (!text)
    return std::unexpected(
        fault(pointer, json, field.kind == FieldKind::instant ? "a time as text" : "a text"));
  if (field.kind == FieldKind::instant)
    return at(pointer, json, "a time such as 2026-11-21T08:30:00Z", parse_instant(*text));
  if (field.kind == FieldKind::day)
    return at(pointer, json, "a day such as 2026-11-21", parse_day(*text));
  return text->empty() ? Value{} : Value{*text};
}

Result<Value> read_value(const FieldInfo& field, const Json& json, const std::string& pointer) {
  const bool is_list = field.kind == FieldKind::list || field.kind == FieldKind::references;
  if (json.is_null()) return is_list ? Value{std::vector<std::string>{}} : Value{};
  switch (field.kind) {
    case FieldKind::boolean:
      if (const auto* flag = json.if_bool()) return Value{*flag};
      return std::unexpected(fault(pointer, json, "true or false"));
    case FieldKind::integer:
      if (const auto* integer = json.if_integer()) return Value{*integer};
      return std::unexpected(fault(pointer, json, "a whole number"));
    case FieldKind::number:
    case FieldKind::fraction:
      if (const auto number = json.number()) return Value{*number};
      return std::unexpected(fault(pointer, json, "a number"));
    case FieldKind::money:
      return read_money(json, pointer);
    case FieldKind::estimate:
      return read_estimate(json, pointer);
    case FieldKind::references:
    case FieldKind::list:
      return read_list(json, pointer);
    default:
      return read_text(field, json, pointer);
  }
}

Error unknown_key(const RecordType& type, const std::string& key, Suggestions& suggest) {
  std::vector<std::string_view> names;
  for (const FieldInfo& field : type.fields) names.push_back(field.name);
  return {.kind = Kind::invalid,
          .code = "record.unknown_field",
          .message = fmt::format("a {} has no field '{}'{}", type.title, shown(key),
                                 suggest(key, [&] { return names; })),
          .detail = {},
          .hint = fmt::format("see the fields with: tiebeam record {} --help", type.name),
          .field = fmt::format("/{}", pointer_part(key)),
          .found = shown(key),
          .expected = fmt::format("one of {}", fmt::join(names, ", "))};
}

}  // namespace

Result<Estimate> estimate_from(const Json& json, const std::string& pointer) {
  TB_TRY(Value read, read_estimate(json, pointer));
  Estimate estimate = std::get<Estimate>(std::move(read));
  auto faults = faults_of(estimate);
  if (faults.empty()) return estimate;
  faults.front().field = pointer + faults.front().field;
  return std::unexpected(std::move(faults.front()));
}

Json to_json(const FieldInfo& field, const Value& value) {
  struct Visitor {
    Json operator()(std::monostate /*missing*/) const { return {}; }
    Json operator()(bool flag) const { return flag; }
    Json operator()(std::int64_t integer) const { return integer; }
    Json operator()(double number) const { return number; }
    Json operator()(const std::string& text) const { return text; }
    Json operator()(Money money) const { return money; }
    Json operator()(Instant at) const { return format_instant(at); }
    Json operator()(Day day) const { return format_day(day); }
    Json operator()(const Estimate& estimate) const { return estimate_json(estimate); }
    Json operator()(const std::vector<std::string>& list) const { return Json::array(list); }
  };
  (void)field;
  return std::visit(Visitor{}, value);
}

Json to_json(const RecordType& type, const Record& record) {
  Json out = Json::Object{};
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    out.set(type.fields[i].name, to_json(type.fields[i], record.values[i]));
  }
  return out;
}

ReadRecord read_record(const RecordType& type, const Json& json, Record base) {
  ReadRecord out{std::move(base), {}};
  const auto* members = json.if_object();
  if (!members) {
    out.faults.push_back(fault("", json, "an object with fields"));
    return out;
  }
  Suggestions suggest;
  for (const auto& [key, value] : *members) {
    const std::size_t at = type.index_of(key);
    if (at == std::string::npos) {
      out.faults.push_back(unknown_key(type, key, suggest));
      continue;
    }
    if (type.fields[at].kept && at != kIdField) continue;
    auto read = read_value(type.fields[at], value, fmt::format("/{}", key));
    if (!read) {
      out.faults.push_back(std::move(read).error());
    } else if (at == kIdField && read->index() == 0) {
      out.record.values[at] = std::string{};
    } else {
      out.record.values[at] = *std::move(read);
    }
  }
  keep_first_faults(out.faults);
  return out;
}

}  // namespace tiebeam
