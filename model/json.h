// JSON as a small value: parsed by simdjson, written with shortest round-trip doubles. Object keys
// keep their order; a doubled key is refused.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/money.h"

namespace tiebeam {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;  // null
  // NOLINTBEGIN(google-explicit-constructor): a Json is written as its literal
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(std::int64_t value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
  Json(double value) : value_(value) {}  // not finite becomes null
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}
  Json(Money value);  // {"amount":"1250.00","currency":"EUR"}
  // NOLINTEND(google-explicit-constructor)
  static Json object(std::initializer_list<std::pair<std::string, Json>> members) {
    return Object(members.begin(), members.end());
  }
  template <class T>
  static Json array(const std::vector<T>& items) {
    Array out;
    out.reserve(items.size());
    for (const auto& item : items) out.emplace_back(item);
    return out;
  }

  [[nodiscard]] bool is_null() const { return value_.index() == 0; }
  [[nodiscard]] const bool* if_bool() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const std::int64_t* if_integer() const {
    return std::get_if<std::int64_t>(&value_);
  }
  [[nodiscard]] const double* if_double() const { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* if_string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* if_array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* if_object() const { return std::get_if<Object>(&value_); }
  // An integer or a double as a double.
  [[nodiscard]] std::optional<double> number() const;
  // The member of an object, or nullptr.
  [[nodiscard]] const Json* find(std::string_view key) const;
  void set(std::string key, Json value);  // REQUIRES: an object or null
  void push(Json value);                  // REQUIRES: an array or null
  [[nodiscard]] std::string_view kind()
      const;  // "null", "boolean", "number", "text", "list", "object"

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// A byte order mark before it is left out. Errors: json.syntax and json.too_deep (line and column
// in the message, byte offset in detail), json.doubled_key.
[[nodiscard]] Result<Json> parse_json(std::string_view text);
// One line, or indented by two blanks.
[[nodiscard]] std::string write_json(const Json& json, bool indented = false);
void append_json_string(std::string& out, std::string_view text);

}  // namespace tiebeam
