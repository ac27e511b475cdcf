// Working hours as people write them, and the working time that follows from them.
#include "base/calendar.h"
#include "base/fuzz_support.h"

#include <fmt/format.h>

namespace tiebeam {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::year;

const Day kFirst{year{2026} / 3 / 20}, kLast{year{2026} / 4 / 10};

// Summer time from 29 March 2026, 01:00Z.
Zone two_offsets() {
  return {"Europe/Berlin",
          {{sys_days{year{2026} / 1 / 1}, hours{1}},
           {sys_days{year{2026} / 3 / 29} + hours{1}, hours{2}}}};
}

std::string written(const Week& week) {
  constexpr std::string_view names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::string out;
  for (std::size_t day = 0; day < 7; ++day) {
    for (const Slot& slot : week[day])
      out += fmt::format("{} {:02}:{:02}-{:02}:{:02};", names[day], slot.from_minute / 60,
                         slot.from_minute % 60, slot.to_minute / 60, slot.to_minute % 60);
  }
  return out;
}

void check_week(const Week& week) {
  for (const auto& slots : week) {
    int free_from = 0;
    for (const Slot& slot : slots) {
      FUZZ_CHECK(slot.from_minute >= free_from && slot.to_minute > slot.from_minute);
      free_from = slot.to_minute;
    }
    FUZZ_CHECK(free_from <= 1440);
  }
  const auto again = parse_week(written(week));
  FUZZ_CHECK(again && written(*again) == written(week), written(week));
}

// Working time adds up, is never more than the time that passed, and the tables say what days
// counted one by one say.
void check_time(const Week& week, fuzz::Draw& draw) {
  const auto calendar =
      Calendar::create(two_offsets(), week, {Day{year{2026} / 3 / 30}}, kFirst, kLast);
  const auto narrow =
      Calendar::create(two_offsets(), week, {Day{year{2026} / 3 / 30}}, kLast, kLast);
  FUZZ_CHECK(calendar && narrow);
  for (int i = 0; i < 4; ++i) {
    std::array<Instant, 3> at;
    for (Instant& each : at)
      each = sys_days{kFirst} - days{3} +
             Micros{static_cast<std::int64_t>(draw.below(2'400'000)) * 1'000'003};
    std::ranges::sort(at);
    const Micros whole = calendar->working(at[0], at[2]);
    FUZZ_CHECK(whole >= Micros{0} && whole <= at[2] - at[0]);
    FUZZ_CHECK(calendar->working(at[0], at[1]) + calendar->working(at[1], at[2]) == whole);
    FUZZ_CHECK(calendar->working(at[2], at[0]) == -whole);
    FUZZ_CHECK(narrow->working(at[0], at[2]) == whole);
  }
}

}  // namespace

FUZZ(input) {
  const auto week = parse_week(input);
  if (!week) return fuzz::check_error(week.error());
  fuzz::Draw draw(input);
  check_week(*week);
  check_time(*week, draw);
}

}  // namespace tiebeam
