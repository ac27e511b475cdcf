#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tiebeam {
namespace {
using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::sys_days;

// Reads exactly `digits` digits from the front of `text`.
std::optional<int> take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take_char(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Day> take_day(std::string_view& text) {
  const auto year = take(text, 4);
  if (!year || !take_char(text, '-')) return std::nullopt;
  const auto month = take(text, 2);
  if (!month || !take_char(text, '-')) return std::nullopt;
  const auto day = take(text, 2);
  if (!day) return std::nullopt;
  const Day out{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                std::chrono::day{static_cast<unsigned>(*day)}};
  return out.ok() ? std::optional(out) : std::nullopt;
}

// Up to six digits of a fraction; further ones are cut.
std::optional<Micros> take_fraction(std::string_view& text) {
  std::int64_t micros = 0, scale = 100'000;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    micros += scale * (text[digits] - '0');
    scale /= 10;
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  text.remove_prefix(digits);
  return Micros{micros};
}

std::optional<Micros> take_clock(std::string_view& text) {
  const auto hour = take(text, 2);
  if (!hour || *hour > 24 || !take_char(text, ':')) return std::nullopt;
  const auto minute = take(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  Micros clock = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  if (take_char(text, ':')) {
    const auto second = take(text, 2);
    if (!second || *second > 60) return std::nullopt;
    clock += seconds{*second};
    if (take_char(text, '.') || take_char(text, ',')) {
      const auto fraction = take_fraction(text);
      if (!fraction) return std::nullopt;
      clock += *fraction;
    }
  }
  if (clock > std::chrono::hours{24}) return std::nullopt;
  return clock;
}

// "Z", "+02:00", "+0200", "+02"; nothing when `text` is none of them.
std::optional<seconds> take_offset(std::string_view text) {
  if (text == "Z" || text == "z") return seconds{0};
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take(text, 2);
  if (!hours || *hours > 15) return std::nullopt;
  take_char(text, ':');
  const auto minutes = text.empty() ? std::optional(0) : take(text, 2);
  if (!minutes || *minutes > 59 || !text.empty()) return std::nullopt;
  return sign * (std::chrono::hours{*hours} + std::chrono::minutes{*minutes});
}

std::unexpected<Error> not_iso(std::string_view text) {
  return invalid("time.not_iso", fmt::format("'{}' is not an ISO 8601 date or time", shown(text)),
                 "write 2026-11-21 or 2026-11-21T08:30:00+01:00");
}

Result<void> in_range(std::string_view text, Day day) {
  const int year = static_cast<int>(day.year());
  if (year >= kFirstYear && year <= kLastYear) return {};
  return invalid("time.out_of_range",
                 fmt::format("'{}' lies outside {} to {}", shown(text), kFirstYear, kLastYear),
                 "look for a placeholder date in the source and leave it empty");
}

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
}  // namespace

seconds offset_at(const Zone& zone, Instant at) {
  const auto next = std::ranges::upper_bound(zone.steps, at, {}, &Zone::Step::from);
  if (zone.steps.empty()) return seconds{0};
  return next == zone.steps.begin() ? zone.steps.front().offset : std::prev(next)->offset;
}

LocalTime to_local(const Zone& zone, Instant at) {
  return LocalTime{at.time_since_epoch() + offset_at(zone, at)};
}

Resolved to_instant(const Zone& zone, LocalTime local, std::optional<Instant> not_before) {
  const Instant as_utc{local.time_since_epoch()};
  if (zone.steps.empty()) return {as_utc, LocalKind::unique};
  // Offsets that may hold around this reading: those in force a day before and a day after.
  const seconds early = offset_at(zone, as_utc - days{1});
  const seconds late = offset_at(zone, as_utc + days{1});
  const Instant first = as_utc - early;
  const Instant second = as_utc - late;
  const bool first_holds = offset_at(zone, first) == early;
  const bool second_holds = offset_at(zone, second) == late;
  if (early == late || (first_holds && !second_holds)) return {first, LocalKind::unique};
  if (second_holds && !first_holds) return {second, LocalKind::unique};
  if (!first_holds)
    return {first, LocalKind::missing_hour};  // the old offset moves it past the gap
  const bool take_second = not_before && first < *not_before && second >= *not_before;
  return {take_second ? second : first, LocalKind::repeated_hour};
}

Result<Instant> parse_instant(std::string_view text, const Zone& zone) {
  std::string_view rest = trim(text);
  const auto day = take_day(rest);
  if (!day) return not_iso(text);
  TB_DO(in_range(text, *day));
  Micros clock{0};
  if (take_char(rest, 'T') || take_char(rest, 't') || take_char(rest, ' ')) {
    const auto read = take_clock(rest);
    if (!read) return not_iso(text);
    clock = *read;
    take_char(rest, ' ');
  }
  if (rest.empty()) return to_instant(zone, local_days{*day} + clock).at;
  const auto offset = take_offset(rest);
  if (!offset) return not_iso(text);
  return sys_days{*day} + clock - *offset;
}

Result<Day> parse_day(std::string_view text) {
  std::string_view rest = trim(text);
  const auto day = take_day(rest);
  if (!day || !rest.empty()) return not_iso(text);
  TB_DO(in_range(text, *day));
  return *day;
}

std::string format_instant(Instant at) {
  const auto day = floor<days>(at);
  const std::chrono::hh_mm_ss clock{floor<Micros>(at - day)};
  std::string out = fmt::format("{}T{:02}:{:02}:{:02}", format_day(Day{day}), clock.hours().count(),
                                clock.minutes().count(), clock.seconds().count());
  if (const auto micros = clock.subseconds().count(); micros != 0) {
    out += fmt::format(".{:06}", micros);
    while (out.back() == '0') out.pop_back();
  }
  return out + "Z";
}

std::string format_day(Day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string format_day_long(Day day) {
  return fmt::format("{} {} {}", static_cast<unsigned>(day.day()),
                     kMonths[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()));
}

Day day_of(Instant at, const Zone& zone) { return Day{floor<days>(to_local(zone, at))}; }

local_days week_start(local_days day) {
  return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

Instant start_of(local_days day, const Zone& zone) { return to_instant(zone, LocalTime{day}).at; }

}  // namespace tiebeam
