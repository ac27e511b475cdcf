#include "model/json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cmath>
#include <optional>
#include <unordered_set>

#include "base/json_pointer.h"
#include "base/text.h"
#include "model/json_fault.h"

namespace tiebeam {

Json::Json(Money value)
    : value_(
          Object{{"amount", value.amount()}, {"currency", std::string(value.currency().code())}}) {}

std::optional<double> Json::number() const {
  if (const auto* integer = if_integer()) return static_cast<double>(*integer);
  if (const auto* real = if_double()) return *real;
  return std::nullopt;
}

const Json* Json::find(std::string_view key) const {
  const Object* members = if_object();
  if (!members) return nullptr;
  for (const auto& [name, value] : *members) {
    if (name == key) return &value;
  }
  return nullptr;
}

void Json::set(std::string key, Json value) {
  if (is_null()) value_ = Object{};
  auto* members = std::get_if<Object>(&value_);
  TB_CHECK(members, "only an object has members");
  for (auto& [name, old] : *members) {
    if (name == key) {
      old = std::move(value);
      return;
    }
  }
  members->emplace_back(std::move(key), std::move(value));
}

void Json::push(Json value) {
  if (is_null()) value_ = Array{};
  auto* items = std::get_if<Array>(&value_);
  TB_CHECK(items, "only a list has items");
  items->push_back(std::move(value));
}

std::string_view Json::kind() const {
  constexpr std::string_view names[] = {"null", "boolean", "number", "number",
                                        "text", "list",    "object"};
  return names[value_.index()];
}

namespace {

// What the grammar forbids or nobody can hold, with its place.
std::unexpected<Error> syntax(std::string_view text, const char* otherwise) {
  JsonFault fault = json_fault(text);
  const bool is_placed = fault.offset < text.size() || fault.expected != "the end of the text";
  const std::string what = is_placed
                               ? fmt::format("line {}, column {}: found {}, expected {}",
                                             fault.line, fault.column, fault.found, fault.expected)
                               : std::string(otherwise);
  Error out{.kind = Kind::invalid,
            .code = "json.syntax",
            .message = fmt::format("this is not JSON: {}", what),
            .detail = is_placed ? fmt::format("byte {}", fault.offset) : std::string(),
            .hint = "check the file with any JSON validator; a trailing comma is a common cause",
            .field = {},
            .found = std::move(fault.found),
            .expected = std::move(fault.expected)};
  if (fault.is_too_deep) {
    out.code = "json.too_deep";
    out.message = fmt::format("this JSON is nested too deeply: {}", what);
    out.hint = "send the data with fewer lists and objects inside each other";
  }
  return std::unexpected(std::move(out));
}

// Where a value stands. Its pointer is written only for a fault: each is as long as all its keys.
struct Place {
  const Place* above = nullptr;
  std::optional<std::string_view> key;  // of an object; none: of a list
  std::size_t index = 0;
  std::size_t depth = 0;
};

std::string pointer_to(const Place& place) {
  if (place.above == nullptr) return {};
  const std::string above = pointer_to(*place.above);
  return place.key ? fmt::format("{}/{}", above, pointer_part(*place.key))
                   : fmt::format("{}/{}", above, place.index);
}

Result<Json> convert(const simdjson::dom::element& element, const Place& place);

Result<Json> convert_object(const simdjson::dom::object& object, const Place& place) {
  Json::Object out;
  std::unordered_set<std::string_view> seen;
  for (const auto [key, value] : object) {
    const Place here{&place, key, 0, place.depth + 1};
    if (!seen.insert(key).second) {
      Error error{.kind = Kind::invalid,
                  .code = "json.doubled_key",
                  .message = fmt::format("{}: the key '{}' stands twice in one object",
                                         shown_pointer(pointer_to(here)), shown(key)),
                  .detail = {},
                  .hint = "keep one of the two",
                  .field = pointer_to(here),
                  .found = fmt::format("the key '{}' twice", shown(key)),
                  .expected = "each key once in an object"};
      return std::unexpected(std::move(error));
    }
    TB_TRY(Json member, convert(value, here));
    out.emplace_back(std::string(key), std::move(member));
  }
  return Json(std::move(out));
}

Result<Json> convert_array(const simdjson::dom::array& array, const Place& place) {
  Json::Array out;
  for (const auto value : array) {
    TB_TRY(Json item, convert(value, {&place, std::nullopt, out.size(), place.depth + 1}));
    out.push_back(std::move(item));
  }
  return Json(std::move(out));
}

Result<Json> convert(const simdjson::dom::element& element, const Place& place) {
  using Type = simdjson::dom::element_type;
  if (place.depth > kDeepestJson) return invalid("json.too_deep", "this JSON is nested too deeply");
  switch (element.type()) {
    case Type::ARRAY:
      return convert_array(element.get_array().value_unsafe(), place);
    case Type::OBJECT:
      return convert_object(element.get_object().value_unsafe(), place);
    case Type::INT64:
      return Json(element.get_int64().value_unsafe());
    case Type::UINT64:
      return Json(static_cast<double>(element.get_uint64().value_unsafe()));
    case Type::DOUBLE:
      return Json(element.get_double().value_unsafe());
    case Type::STRING:
      return Json(element.get_string().value_unsafe());
    case Type::BOOL:
      return Json(element.get_bool().value_unsafe());
    case Type::NULL_VALUE:
      return Json();
  }
  return invalid("json.syntax", "this is not JSON: unknown kind of value");
}

void write(std::string& out, const Json& json, bool indented, int depth);

// A double that reads back as the same double: never as an integer that is too large, nor as 0 for
// -0.
std::string double_text(double value) {
  std::string text = shortest(value);
  constexpr double kLargestPlain = 1e15;
  const bool is_plain = text.find_first_of(".e") == std::string::npos;
  if (is_plain && (std::fabs(value) >= kLargestPlain || std::signbit(value))) text += ".0";
  return text;
}

void new_line(std::string& out, bool indented, int depth) {
  if (!indented) return;
  out += '\n';
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
}

void write_object(std::string& out, const Json::Object& members, bool indented, int depth) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : members) {
    if (!first) out += ',';
    first = false;
    new_line(out, indented, depth + 1);
    append_json_string(out, key);
    out += indented ? ": " : ":";
    write(out, value, indented, depth + 1);
  }
  if (!members.empty()) new_line(out, indented, depth);
  out += '}';
}

void write_array(std::string& out, const Json::Array& items, bool indented, int depth) {
  out += '[';
  bool first = true;
  for (const Json& item : items) {
    if (!first) out += ',';
    first = false;
    new_line(out, indented, depth + 1);
    write(out, item, indented, depth + 1);
  }
  if (!items.empty()) new_line(out, indented, depth);
  out += ']';
}

void write(std::string& out, const Json& json, bool indented, int depth) {
  if (const auto* object = json.if_object()) return write_object(out, *object, indented, depth);
  if (const auto* array = json.if_array()) return write_array(out, *array, indented, depth);
  if (const auto* text = json.if_string()) return append_json_string(out, *text);
  if (const auto* integer = json.if_integer()) {
    out += fmt::format("{}", *integer);
  } else if (const auto* real = json.if_double(); real && std::isfinite(*real)) {
    out += double_text(*real);
  } else if (const auto* flag = json.if_bool()) {
    out += *flag ? "true" : "false";
  } else {
    out += "null";
  }
}
}  // namespace

Result<Json> parse_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  const auto fault = parser.parse(simdjson::padded_string(text)).get(element);
  if (fault) return syntax(text, simdjson::error_message(fault));
  auto out = convert(element, {});
  if (!out && out.error().code == "json.too_deep") return syntax(text, "nested too deeply");
  return out;
}

std::string write_json(const Json& json, bool indented) {
  std::string out;
  write(out, json, indented, 0);
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += hex[static_cast<unsigned char>(c) >> 4];
          out += hex[static_cast<unsigned char>(c) & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

}  // namespace tiebeam
