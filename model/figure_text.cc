#include "model/figure_text.h"

#include <fmt/format.h>

#include <cmath>

namespace tiebeam {
namespace {

std::string with_commas(std::string digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string span_in_words(double days) {
  const double size = std::fabs(days);
  constexpr double kHour = 1.0 / 24, kMinute = kHour / 60;
  if (size == 0) return "0 days";
  if (size < kMinute / 60) return "less than a second";
  if (size < 2 * kHour) return fmt::format("{} minutes", rounded(days / kMinute));
  if (size < 2) return fmt::format("{} hours", rounded(days / kHour));
  return fmt::format("{} days", rounded(days));
}

std::string money_in_words(Money money) {
  double whole = static_cast<double>(money.minor());
  for (int i = 0; i < money.currency().digits(); ++i) whole /= 10;
  const double size = std::fabs(whole);
  const Currency currency = money.currency();
  const std::string_view code = currency.code();
  if (size >= 1e9) return fmt::format("{} {}bn", code, rounded(whole / 1e9));
  if (size >= 1e6) return fmt::format("{} {}m", code, rounded(whole / 1e6));
  if (size >= 1e4) return fmt::format("{} {}k", code, rounded(whole / 1e3));
  return fmt::format("{} {}", code, rounded(whole));
}

// The unit of one: "items a week" as "item a week".
std::string of_one(std::string_view unit) {
  const std::size_t end = std::min(unit.find(' '), unit.size());
  const std::string_view first = unit.substr(0, end), rest = unit.substr(end);
  if (first == "people") return fmt::format("person{}", rest);
  const bool is_plural = first.ends_with('s') && !first.ends_with("ss");
  return fmt::format("{}{}", first.substr(0, first.size() - (is_plural ? 1 : 0)), rest);
}

// As in_words, the unit as it stands.
std::string with_unit(double value, std::string_view unit) {
  if (unit == "days") return span_in_words(value);
  if (unit == "money") return rounded(value);  // its currency is said by the figure
  if (unit == "share") return fmt::format("{} %", rounded(100 * value));
  const bool whole = value == std::round(value) && std::fabs(value) < 1e15;
  const std::string number = whole ? counted(static_cast<std::int64_t>(value)) : rounded(value);
  return unit.empty() ? number : fmt::format("{} {}", number, unit);
}

}  // namespace

std::string rounded(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return "0";
  const int magnitude = static_cast<int>(std::floor(std::log10(std::fabs(value))));
  const int decimals = std::max(0, digits - 1 - magnitude);
  std::string out = fmt::format("{:.{}f}", value, std::min(decimals, 12));
  if (out.find('.') != std::string::npos) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  if (out == "-0") out = "0";
  return with_commas(std::move(out));
}

std::string counted(std::int64_t value) { return with_commas(fmt::format("{}", value)); }

std::string in_words(double value, std::string_view unit) {
  const bool is_counted = unit != "days" && unit != "money" && unit != "share";
  return is_counted && value == 1 ? with_unit(value, of_one(unit)) : with_unit(value, unit);
}

std::string in_words(const Figure& figure) {
  if (const auto* money = std::get_if<Money>(&figure.value)) return money_in_words(*money);
  if (const auto* number = std::get_if<double>(&figure.value))
    return in_words(*number, figure.unit);
  if (figure.status == Status::not_reached && figure.low) {
    return fmt::format("more than {}", in_words(*figure.low, figure.unit));
  }
  if (figure.status == Status::too_few) return "too few to say";
  if (figure.status == Status::not_measurable) return "not measurable";
  return "not yet known";
}

std::string between(const Figure& figure) {
  if (!figure.interval) return {};
  const std::string low = with_unit(figure.interval->low, figure.unit);
  const std::string high = with_unit(figure.interval->high, figure.unit);
  const std::size_t unit = low.find(' ');
  const bool same_unit = unit != std::string::npos && high.ends_with(low.substr(unit)) &&
                         high.find(' ') == high.size() - (low.size() - unit);
  if (!same_unit) return fmt::format("{} to {}", low, high);
  // Short units stay; "items a week" is said beside the value already.
  const bool is_short = figure.unit == "days" || figure.unit == "share";
  return fmt::format("{} to {}", low.substr(0, unit),
                     is_short ? high : high.substr(0, high.find(' ')));
}

std::string interval_in_words(const Figure& figure) {
  if (!figure.interval) return {};
  const int in_ten = static_cast<int>(std::lround(figure.interval->level * 10));
  return in_ten >= 10 ? between(figure) : fmt::format("{}, {} in 10", between(figure), in_ten);
}

}  // namespace tiebeam
