#include "ingest/serial_date.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
constexpr std::int64_t kDayMillis = 86'400'000;
constexpr std::int64_t kDays1904 = 1462;         // from the epoch of 1900 to that of 1904
constexpr std::int64_t kFalseLeapDay = 60;       // 29 February 1900
constexpr std::int64_t kLastSerial = 2'958'465;  // 31 December 9999

std::string clock_text(std::int64_t millis) {
  const std::int64_t seconds = millis / 1000, rest = millis % 1000;
  std::string out =
      fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return rest == 0 ? out : out + fmt::format(".{:03}", rest);
}

std::string day_text(std::int64_t day) {
  if (day == kFalseLeapDay) return "1900-02-29";
  // Day 1 is 1 January 1900; behind the day that never was, all are one too many.
  const std::chrono::sys_days first{std::chrono::year{1900} / 1 / 1};
  const std::chrono::year_month_day date{
      first + std::chrono::days{day > kFalseLeapDay ? day - 2 : day - 1}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// The letters of a code that stand for parts of a date, without text in quotes, escapes, fill and
// what stands in brackets. Elapsed time ([h]:mm) is a length, not a time of day.
struct Letters {
  std::string text;
  bool is_elapsed = false;
};
Letters letters_of(std::string_view code) {
  Letters out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;  // what follows is for other signs
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      const std::string inside = to_lower_ascii(code.substr(i + 1, end - i - 1));
      out.is_elapsed |= !inside.empty() &&
                        inside.find_first_not_of(inside[0]) == std::string::npos &&
                        (inside[0] == 'h' || inside[0] == 'm' || inside[0] == 's');
      i = end;
    } else {
      out.text += to_lower_ascii(code.substr(i, 1));
    }
  }
  return out;
}
}  // namespace

NumberFormat builtin_format(int id) {
  const auto within = [&](int first, int last) { return id >= first && id <= last; };
  if (within(18, 21) || id == 45 || id == 47) return {NumberKind::time, 0};
  if (within(14, 17) || id == 22 || within(27, 31) || id == 36 || within(50, 58))
    return {NumberKind::date, 0};
  return {};
}

NumberFormat format_of_code(std::string_view code) {
  const Letters letters = letters_of(code);
  const std::string_view text = letters.text;
  const auto has = [&](std::string_view any) { return text.find_first_of(any) != text.npos; };
  if (text == "general" || letters.is_elapsed) return {};
  if (text.size() >= 2 && text.size() <= 32 && text.find_first_not_of('0') == text.npos)
    return {NumberKind::padded, static_cast<std::uint8_t>(text.size())};
  const bool is_clock = has("hs");
  if (has("yd") || (has("m") && !is_clock)) return {NumberKind::date, 0};
  return is_clock ? NumberFormat{NumberKind::time, 0} : NumberFormat{};
}

std::optional<std::string> date_of_serial(double serial, bool since_1904) {
  if (!(serial >= 0) || serial > static_cast<double>(kLastSerial) + 1) return std::nullopt;
  const auto millis =
      static_cast<std::int64_t>(std::llround(serial * static_cast<double>(kDayMillis)));
  const std::int64_t day = millis / kDayMillis + (since_1904 ? kDays1904 : 0);
  if (day < 1 || day > kLastSerial) return std::nullopt;
  const std::int64_t rest = millis % kDayMillis;
  return rest == 0 ? day_text(day) : day_text(day) + "T" + clock_text(rest);
}

std::string time_of_serial(double serial) {
  const auto millis = static_cast<std::int64_t>(
      std::llround((serial - std::floor(serial)) * static_cast<double>(kDayMillis)));
  return clock_text(millis % kDayMillis);
}

}  // namespace tiebeam::ingest
