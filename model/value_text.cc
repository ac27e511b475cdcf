// Values as people type and read them: after `field=` on a command line, in a CSV cell, in a table.
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "model/record_type.h"

namespace tiebeam {
namespace {

std::unexpected<Error> not_a(const FieldInfo& field, std::string_view text,
                             std::string_view expected) {
  return std::unexpected(Error{
      .kind = Kind::invalid,
      .code = "record.bad_value",
      .message = fmt::format("'{}' is '{}', which is not {}", field.name, shown(text), expected),
      .detail = {},
      .hint = fmt::format("{}: {}", field.name, field.help),
      .field = fmt::format("/{}", field.name),
      .found = shown(text),
      .expected = std::string(expected)});
}

std::vector<std::string> parse_list(std::string_view text) {
  std::vector<std::string> out;
  for (const auto part : split_at(text, ';')) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

template <class T>
Result<Value> located(const FieldInfo& field, std::string_view text, std::string_view expected,
                      Result<T> result) {
  if (result) return Value{*std::move(result)};
  Error error = std::move(result).error();
  error.field = fmt::format("/{}{}", field.name, error.field);
  if (error.found.empty()) error.found = shown(text);
  if (error.expected.empty()) error.expected = expected;
  return std::unexpected(std::move(error));
}

Result<Value> parse_boolean(const FieldInfo& field, std::string_view text) {
  const std::string word = to_lower_ascii(text);
  if (word == "true" || word == "yes" || word == "1") return Value{true};
  if (word == "false" || word == "no" || word == "0") return Value{false};
  return not_a(field, text, "yes or no");
}

Result<Value> parse_share(const FieldInfo& field, std::string_view text) {
  const bool percent = text.ends_with('%');
  if (percent) text = trim(text.substr(0, text.size() - 1));
  const auto number = parse_number(text);
  if (!number) return not_a(field, text, "a share such as 0.85 or 85 %");
  return Value{percent ? *number / 100 : *number};
}

}  // namespace

Result<Value> parse_value(const FieldInfo& field, std::string_view raw) {
  const std::string_view text = trim(raw);
  if (!is_valid_utf8(text)) return not_a(field, text, "valid UTF-8 text");
  const bool is_list = field.kind == FieldKind::list || field.kind == FieldKind::references;
  if (is_list) return Value{parse_list(text)};
  if (text.empty()) return Value{};
  switch (field.kind) {
    case FieldKind::text:
      return Value{std::string(raw)};
    case FieldKind::reference:
    case FieldKind::choice:
      return Value{std::string(text)};
    case FieldKind::integer: {
      const auto integer = parse_integer(text);
      if (!integer) return not_a(field, text, "a whole number");
      return Value{*integer};
    }
    case FieldKind::number: {
      const auto number = parse_number(text);
      if (!number) return not_a(field, text, "a number");
      return Value{*number};
    }
    case FieldKind::fraction:
      return parse_share(field, text);
    case FieldKind::boolean:
      return parse_boolean(field, text);
    case FieldKind::money:
      return located(field, text, "an amount with its currency, such as 1250.00 EUR",
                     Money::parse_with_currency(text));
    case FieldKind::instant:
      return located(field, text, "a time such as 2026-11-21T08:30:00Z", parse_instant(text));
    case FieldKind::day:
      return located(field, text, "a day such as 2026-11-21", parse_day(text));
    case FieldKind::estimate:
      return located(field, text, "an estimate such as 40, 40..120 or 20..40..90",
                     parse_estimate(text));
    case FieldKind::references:
    case FieldKind::list:
      break;
  }
  return Value{};
}

std::string format_value(const FieldInfo& field, const Value& value) {
  struct Visitor {
    std::string operator()(std::monostate /*missing*/) const { return {}; }
    std::string operator()(bool flag) const { return flag ? "yes" : "no"; }
    std::string operator()(std::int64_t integer) const { return fmt::format("{}", integer); }
    std::string operator()(double number) const { return shortest(number); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(Money money) const {
      return fmt::format("{} {}", money.amount(), money.currency().code());
    }
    std::string operator()(Instant at) const { return format_instant(at); }
    std::string operator()(Day day) const { return format_day(day); }
    std::string operator()(const Estimate& estimate) const { return format_estimate(estimate); }
    std::string operator()(const std::vector<std::string>& list) const {
      return fmt::format("{}", fmt::join(list, "; "));
    }
  };
  (void)field;
  return std::visit(Visitor{}, value);
}

}  // namespace tiebeam
