#include "store/value_text.h"

#include <charconv>
#include <cmath>

#include "base/text.h"
#include "store/broken.h"

namespace tiebeam::store {
namespace {

template <class... Kinds>
struct Overloaded : Kinds... {
  using Kinds::operator()...;
};

std::unexpected<Error> broken_value(std::string_view text) {
  return broken(fmt::format("a stored value cannot be read: '{}'", shown(text)));
}

std::string day_text(Day day) {
  return fmt::format("d{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string estimate_text(const Estimate& estimate) {
  std::string out = fmt::format("e{}", shape_name(estimate.shape));
  for (const auto& [name, value] : estimate.parameters) {
    out += fmt::format(" {}={}", name, shortest(value));
  }
  for (std::size_t i = 0; i < estimate.values.size(); ++i) {
    out += " " + shortest(estimate.values[i]);
    if (i < estimate.weights.size()) out += "*" + shortest(estimate.weights[i]);
  }
  return out;
}

Result<Value> estimate_from(std::string_view text) {
  const std::vector<std::string_view> words = split_at(text, ' ');
  Estimate out;
  const Result<Estimate::Shape> shape = shape_of(words.front());
  if (!shape) return broken_value(text);
  out.shape = *shape;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t mark = words[i].find_first_of("=*");
    if (mark == std::string_view::npos) {
      const auto value = parse_number(words[i]);
      if (!value || *shape != Estimate::Shape::empirical) return broken_value(text);
      out.values.push_back(*value);
      continue;
    }
    const auto right = parse_number(words[i].substr(mark + 1));
    if (!right) return broken_value(text);
    if (words[i][mark] == '=') {
      out.parameters.emplace_back(words[i].substr(0, mark), *right);
      continue;
    }
    const auto left = parse_number(words[i].substr(0, mark));
    if (!left) return broken_value(text);
    out.values.push_back(*left);
    out.weights.push_back(*right);
  }
  return out;
}

Result<Value> day_from(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return broken_value(text);
  const auto year = parse_integer(text.substr(0, 4));
  unsigned month = 0;
  unsigned day = 0;
  const char* at = text.data();
  const bool has_month = std::from_chars(at + 5, at + 7, month).ptr == at + 7;
  const bool has_day = std::from_chars(at + 8, at + 10, day).ptr == at + 10;
  if (!year || !has_month || !has_day) return broken_value(text);
  const Day out{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{month},
                std::chrono::day{day}};
  if (!out.ok()) return broken_value(text);
  return out;
}

Result<Value> money_from(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return broken_value(text);
  const auto minor = parse_integer(text.substr(0, blank));
  const auto currency = Currency::create(text.substr(blank + 1));
  if (!minor || !currency) return broken_value(text);
  return Money{*minor, *currency};
}

bool fits(FieldKind kind, const Value& value) {
  switch (kind) {
    case FieldKind::text:
    case FieldKind::reference:
    case FieldKind::choice:
      return std::holds_alternative<std::string>(value);
    case FieldKind::integer:
      return std::holds_alternative<std::int64_t>(value);
    case FieldKind::number:
    case FieldKind::fraction:
      return std::holds_alternative<double>(value);
    case FieldKind::boolean:
      return std::holds_alternative<bool>(value);
    case FieldKind::money:
      return std::holds_alternative<Money>(value);
    case FieldKind::instant:
      return std::holds_alternative<Instant>(value);
    case FieldKind::day:
      return std::holds_alternative<Day>(value);
    case FieldKind::estimate:
      return std::holds_alternative<Estimate>(value);
    case FieldKind::references:
    case FieldKind::list:
      return std::holds_alternative<std::vector<std::string>>(value);
  }
  return false;
}

bool is_list(FieldKind kind) { return kind == FieldKind::references || kind == FieldKind::list; }

}  // namespace

std::string to_text(const Value& value) {
  return std::visit(
      Overloaded{[](std::monostate) { return std::string("-"); },
                 [](bool held) { return std::string(held ? "b1" : "b0"); },
                 [](std::int64_t held) { return fmt::format("i{}", held); },
                 [](double held) { return "f" + shortest(held); },
                 [](const std::string& held) { return "s" + held; },
                 [](const Money& held) {
                   return fmt::format("m{} {}", held.minor(), held.currency().code());
                 },
                 [](Instant held) { return fmt::format("t{}", held.time_since_epoch().count()); },
                 [](Day held) { return day_text(held); },
                 [](const Estimate& held) { return estimate_text(held); },
                 [](const std::vector<std::string>& held) {
                   std::string out = "l";
                   for (const std::string& each : held) append_netstring(out, each);
                   return out;
                 }},
      value);
}

Result<Value> value_from_text(std::string_view text) {
  if (text.empty()) return broken_value(text);
  const std::string_view rest = text.substr(1);
  const auto integer = [&]() -> std::optional<std::int64_t> { return parse_integer(rest); };
  switch (text.front()) {
    case '-':
      return Value{};
    case 'b':
      return rest == "1";
    case 's':
      return std::string(rest);
    case 'm':
      return money_from(rest);
    case 'd':
      return day_from(rest);
    case 'e':
      return estimate_from(rest);
    case 'i':
      if (const auto held = integer()) return *held;
      break;
    case 'f':
      if (const auto held = parse_number(rest)) return *held;
      break;
    case 't':
      if (const auto held = integer()) return Instant{Micros{*held}};
      break;
    case 'l': {
      TB_TRY(std::vector<std::string> items, read_netstrings(rest));
      return items;
    }
    default:
      break;
  }
  return broken_value(text);
}

Result<Value> normal(const FieldInfo& field, Value value) {
  if (const auto* text = std::get_if<std::string>(&value); text && text->empty()) value = {};
  if (value.index() == 0) {
    return is_list(field.kind) ? Value{std::vector<std::string>{}} : value;
  }
  if (field.kind == FieldKind::number || field.kind == FieldKind::fraction) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) value = static_cast<double>(*whole);
  }
  auto* number = std::get_if<double>(&value);
  const bool is_finite = number == nullptr || std::isfinite(*number);
  if (!fits(field.kind, value) || !is_finite) {
    Error error{.kind = Kind::invalid,
                .code = "store.bad_value",
                .message = fmt::format("{} cannot hold '{}'", field.name,
                                       is_finite ? shown(to_text(value)) : "an endless number"),
                .detail = {},
                .hint = fmt::format("give a value of kind {}", kind_name(field.kind)),
                .field = "/" + field.name};
    return std::unexpected(std::move(error));
  }
  if (number != nullptr && *number == 0) *number = 0;
  return value;
}

void append_netstring(std::string& out, std::string_view text) {
  out += fmt::format("{}:", text.size());
  out += text;
}

Result<std::vector<std::string>> read_netstrings(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    std::size_t size = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), size);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (code != std::errc{} || used >= text.size() || *end != ':' ||
        size > text.size() - used - 1) {
      return broken_value(text);
    }
    out.emplace_back(text.substr(used + 1, size));
    text.remove_prefix(used + 1 + size);
  }
  return out;
}

}  // namespace tiebeam::store
