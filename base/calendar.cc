#include "base/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"

namespace tiebeam {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr int kMinutesPerDay = 1440;
constexpr int kMostYears = 200;

std::unexpected<Error> bad_hours(std::string_view part, std::string_view problem) {
  return invalid("calendar.bad_hours", fmt::format("working hours: '{}' {}", shown(part), problem),
                 "write them as \"Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-15:00\"");
}

// 0 for Monday: "Mon" or "Monday", any case.
std::optional<int> parse_weekday(std::string_view text) {
  constexpr std::string_view names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
  const std::string lower = to_lower_ascii(trim(text));
  for (int i = 0; i < 7; ++i) {
    if (lower == names[i] || lower == names[i].substr(0, 3)) return i;
  }
  return std::nullopt;
}

// Minutes since midnight of "9:00", "09:00" or "24:00".
std::optional<int> parse_minute(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3) {
    return std::nullopt;
  }
  if (!std::ranges::all_of(text, [](char c) { return c == ':' || (c >= '0' && c <= '9'); })) {
    return std::nullopt;
  }
  const auto hours = parse_integer(text.substr(0, colon));
  const auto past = parse_integer(text.substr(colon + 1));
  if (!hours || !past || *past > 59) return std::nullopt;
  const auto minute = static_cast<int>(*hours * 60 + *past);
  return minute <= kMinutesPerDay ? std::optional(minute) : std::nullopt;
}

// "Mon-Fri", "Sun-Thu", "Mon,Wed": which weekdays are meant.
Result<std::array<bool, 7>> parse_days(std::string_view text) {
  std::array<bool, 7> meant{};
  for (const std::string_view part : split_at(text, ',')) {
    const auto dash = part.find('-');
    const auto from = parse_weekday(part.substr(0, dash));
    const auto to = dash == std::string_view::npos ? from : parse_weekday(part.substr(dash + 1));
    if (!from || !to) return bad_hours(part, "names no weekday");
    for (int day = *from;; day = (day + 1) % 7) {
      meant[static_cast<std::size_t>(day)] = true;
      if (day == *to) break;
    }
  }
  return meant;
}

Result<std::vector<Slot>> parse_slots(std::string_view text) {
  std::vector<Slot> slots;
  for (std::string_view part : split_at(text, ',')) {
    part = trim(part);
    const auto dash = part.find('-');
    if (dash == std::string_view::npos) return bad_hours(part, "is not a span such as 09:00-17:00");
    const auto from = parse_minute(trim(part.substr(0, dash)));
    const auto to = parse_minute(trim(part.substr(dash + 1)));
    if (!from || !to) return bad_hours(part, "is not a span such as 09:00-17:00");
    if (*from >= *to) return bad_hours(part, "ends before it starts; split a night shift at 24:00");
    slots.push_back({*from, *to});
  }
  return slots;
}

bool are_slots_valid(const std::vector<Slot>& slots) {
  int free_from = 0;
  for (const Slot& slot : slots) {
    if (slot.from_minute < free_from || slot.to_minute <= slot.from_minute) return false;
    free_from = slot.to_minute;
  }
  return free_from <= kMinutesPerDay;
}

local_days local_day(Instant at, std::chrono::seconds offset) {
  return std::chrono::floor<days>(LocalTime(at.time_since_epoch() + offset));
}

Result<void> check_input(const Week& week, const std::vector<Day>& holidays, Day first, Day last) {
  if (!first.ok() || !last.ok() || sys_days(first) > sys_days(last)) {
    return invalid("calendar.bad_range", "the first day of a calendar must not be after its last");
  }
  if (sys_days(last) - sys_days(first) > days(366 * kMostYears)) {
    return invalid("calendar.bad_range", "a calendar covers at most 200 years",
                   "ask for the years that the events span");
  }
  if (!std::ranges::all_of(week, are_slots_valid)) {
    return bad_hours("a weekday", "has slots that overlap, are out of order or leave the day");
  }
  if (!std::ranges::all_of(holidays, [](Day day) { return day.ok(); })) {
    return invalid("calendar.bad_holiday", "a holiday is not a day of the calendar",
                   "write holidays as 2026-12-25");
  }
  return {};
}

}  // namespace

Result<Week> parse_week(std::string_view text) {
  Week week;
  for (std::string_view group : split_at(text, ';')) {
    group = trim(group);
    if (group.empty()) continue;
    const auto blank = group.find(' ');
    if (blank == std::string_view::npos) return bad_hours(group, "needs days and hours");
    TB_TRY(const auto meant, parse_days(group.substr(0, blank)));
    TB_TRY(const auto slots, parse_slots(group.substr(blank + 1)));
    for (std::size_t day = 0; day < 7; ++day) {
      if (meant[day]) week[day].insert(week[day].end(), slots.begin(), slots.end());
    }
  }
  for (auto& slots : week) {
    std::ranges::sort(slots, {}, &Slot::from_minute);
    if (!are_slots_valid(slots)) return bad_hours(text, "names the same hour of a weekday twice");
  }
  if (std::ranges::all_of(week, [](const auto& slots) { return slots.empty(); })) {
    return bad_hours(text, "holds no working hours");
  }
  return week;
}

Result<Calendar> Calendar::create(Zone zone, Week week, const std::vector<Day>& holidays, Day first,
                                  Day last) {
  TB_DO(check_input(week, holidays, first, last));
  Calendar out;
  out.zone_ = std::move(zone);
  out.week_ = std::move(week);
  for (const Day day : holidays) out.holidays_.emplace_back(day);
  std::ranges::sort(out.holidays_);
  // No offset reaches a whole day, so one more UTC day on each side holds every local day.
  out.fill_tables(sys_days(first) - days(1), sys_days(last) + days(2));
  return out;
}

Calendar Calendar::always() {
  Calendar out;
  out.always_ = true;
  return out;
}

// Working time in [from, to) as pieces in order. Within one step of the zone the local clock runs
// evenly, so each step is cut into local days and each day into its slots.
std::vector<Calendar::Piece> Calendar::pieces_between(Instant from, Instant to) const {
  std::vector<Piece> out;
  Micros before{0};
  auto next = std::ranges::upper_bound(zone_.steps, from, {}, &Zone::Step::from);
  while (from < to) {
    const auto offset = offset_at(zone_, from);
    const Instant step_end = next == zone_.steps.end() ? to : std::min(to, (next++)->from);
    const auto last = local_day(step_end - Micros(1), offset);
    for (auto day = local_day(from, offset); day <= last; day += days(1)) {
      if (std::ranges::binary_search(holidays_, day)) continue;
      const Instant midnight(Micros(day.time_since_epoch()) - offset);
      for (const Slot& slot : week_[std::chrono::weekday(day).iso_encoding() - 1]) {
        const Instant begin = std::max(from, midnight + minutes(slot.from_minute));
        const Instant end = std::min(step_end, midnight + minutes(slot.to_minute));
        if (begin >= end) continue;
        out.push_back({begin, end, before});
        before += end - begin;
      }
    }
    from = step_end;
  }
  out.push_back({to, to, before});
  return out;
}

void Calendar::fill_tables(sys_days first, sys_days last) {
  first_day_ = first;
  pieces_ = pieces_between(first, last);
  std::uint32_t piece = 0;
  for (sys_days day = first; day < last; day += days(1)) {
    while (pieces_[piece].to <= day) ++piece;
    day_start_.push_back(piece);
  }
}

// Working time from the start of the tables until `at`; negative before it.
Micros Calendar::until(Instant at) const {
  if (at < first_day_) return -pieces_between(at, first_day_).back().before;
  const auto day = static_cast<std::size_t>((std::chrono::floor<days>(at) - first_day_).count());
  if (day >= day_start_.size()) {
    return pieces_.back().before + pieces_between(pieces_.back().to, at).back().before;
  }
  std::size_t piece = day_start_[day];
  while (pieces_[piece].to <= at) ++piece;
  return pieces_[piece].before + std::max(Micros(0), at - pieces_[piece].from);
}

Micros Calendar::working(Instant from, Instant to) const {
  return always_ ? to - from : until(to) - until(from);
}

}  // namespace tiebeam
