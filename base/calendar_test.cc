#include "base/calendar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace tiebeam {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year;

constexpr Day day(int y, unsigned m, unsigned d) {
  return year(y) / std::chrono::month(m) / std::chrono::day(d);
}
constexpr Instant at(Day date, int hour = 0, int minute = 0) {
  return sys_days(date) + hours(hour) + minutes(minute);
}

// Europe/Berlin: forward on 2016-03-27 01:00Z, back on 2016-10-30 01:00Z.
// Source: IANA tzdata, rule EU (last Sunday of March and of October, 1:00 UTC).
Zone berlin_2016() {
  return {"Europe/Berlin",
          {{at(day(2015, 10, 25), 1), hours(1)},
           {at(day(2016, 3, 27), 1), hours(2)},
           {at(day(2016, 10, 30), 1), hours(1)},
           {at(day(2017, 3, 26), 1), hours(2)}}};
}

Calendar calendar(const std::string& week, const Zone& zone = {},
                  const std::vector<Day>& holidays = {}, Day first = day(2016, 1, 1),
                  Day last = day(2016, 12, 31)) {
  return Calendar::create(zone, parse_week(week).value(), holidays, first, last).value();
}

// The definition itself: is this instant's local reading in a slot of a local day that is worked?
bool is_working(const Week& week, const Zone& zone, const std::vector<Day>& holidays,
                Instant instant) {
  const LocalTime local = to_local(zone, instant);
  const auto date = std::chrono::floor<days>(local);
  if (std::ranges::find(holidays, Day(date)) != holidays.end()) return false;
  const auto minute = std::chrono::floor<minutes>(local - date).count();
  const auto& slots = week[std::chrono::weekday(date).iso_encoding() - 1];
  return std::ranges::any_of(slots, [&](const Slot& slot) {
    return slot.from_minute <= minute && minute < slot.to_minute;
  });
}
Micros naive(const Week& week, const Zone& zone, const std::vector<Day>& holidays, Instant from,
             Instant to) {
  Micros total{0};
  for (Instant now = from; now < to; now += minutes(1)) {
    if (is_working(week, zone, holidays, now)) total += minutes(1);
  }
  return total;
}

TEST(ParseWeek, ReadsDaysAndHours) {
  const Week week = parse_week("Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-15:00").value();
  EXPECT_EQ(week[0].size(), 1U);
  EXPECT_EQ(week[4].at(0).from_minute, 540);
  EXPECT_EQ(week[4].at(0).to_minute, 1020);
  EXPECT_EQ(week[5].at(1).from_minute, 780);
  EXPECT_TRUE(week[6].empty());
}

TEST(ParseWeek, WrapsOverTheWeekendAndReadsFullNames) {
  const Week week = parse_week("sunday-thu 8:00-24:00; FRI,Sat 09:00-10:00;").value();
  EXPECT_EQ(week[6].at(0).to_minute, 1440);
  EXPECT_EQ(week[3].at(0).from_minute, 480);
  EXPECT_EQ(week[4].at(0).from_minute, 540);
  EXPECT_EQ(week[5].at(0).to_minute, 600);
}

TEST(ParseWeek, SortsTheSlotsOfADay) {
  const Week week = parse_week("Mon 13:00-15:00; Mon 09:00-12:00,12:00-13:00").value();
  ASSERT_EQ(week[0].size(), 3U);
  EXPECT_EQ(week[0][0].from_minute, 540);
  EXPECT_EQ(week[0][2].from_minute, 780);
}

TEST(ParseWeek, RefusesWhatIsNoWeekWithTheFaultyPart) {
  const struct {
    std::string text, part;
  } rows[] = {{"", "''"},
              {"Mon-Fri", "Mon-Fri"},
              {"Mon-Xyz 09:00-17:00", "Mon-Xyz"},
              {"Mon 9-17", "9-17"},
              {"Mon 09:00", "09:00"},
              {"Mon 09:60-17:00", "09:60-17:00"},
              {"Mon 09:00-24:01", "09:00-24:01"},
              {"Mon -9:00-17:00", "-9:00-17:00"},
              {"Mon 17:00-09:00", "17:00-09:00"},
              {"Mon 09:00-09:00", "09:00-09:00"},
              {"Mon 09:00-17:00; Mon-Tue 16:00-18:00", "Mon-Tue"}};
  for (const auto& row : rows) {
    const auto week = parse_week(row.text);
    ASSERT_FALSE(week.has_value()) << row.text;
    EXPECT_EQ(week.error().code, "calendar.bad_hours") << row.text;
    EXPECT_TRUE(week.error().message.contains(row.part)) << week.error().message;
    EXPECT_FALSE(week.error().hint.empty());
  }
}

TEST(Calendar, RefusesRangesAndHolidaysThatAreNone) {
  const Week week = parse_week("Mon 09:00-17:00").value();
  const auto code = [&](Day first, Day last, std::vector<Day> holidays = {}) {
    const auto made = Calendar::create({}, week, holidays, first, last);
    return made ? std::string("none") : made.error().code;
  };
  EXPECT_EQ(code(day(2016, 1, 2), day(2016, 1, 1)), "calendar.bad_range");
  EXPECT_EQ(code(day(2015, 2, 29), day(2016, 1, 1)), "calendar.bad_range");
  EXPECT_EQ(code(day(1700, 1, 1), day(2016, 1, 1)), "calendar.bad_range");
  EXPECT_EQ(code(day(2016, 1, 1), day(2016, 1, 1), {day(2016, 2, 30)}), "calendar.bad_holiday");
  EXPECT_EQ(code(day(2016, 1, 1), day(2016, 1, 1)), "none");

  Week overlapping;
  overlapping[0] = {{540, 600}, {590, 700}};
  const auto made = Calendar::create({}, overlapping, {}, day(2016, 1, 1), day(2016, 1, 1));
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, "calendar.bad_hours");
}

TEST(Calendar, CountsOnlyWorkingHours) {
  const Calendar office = calendar("Mon-Fri 09:00-17:00");
  const struct {
    const char* name;
    Instant from, to;
    Micros expected;
  } rows[] = {
      {"inside a slot", at(day(2016, 5, 2), 10), at(day(2016, 5, 2), 11, 30), minutes(90)},
      {"whole day", at(day(2016, 5, 2)), at(day(2016, 5, 3)), hours(8)},
      {"evening", at(day(2016, 5, 2), 17), at(day(2016, 5, 3), 9), hours(0)},
      {"over a weekend", at(day(2016, 5, 6), 16), at(day(2016, 5, 9), 10), hours(2)},
      {"weekend alone", at(day(2016, 5, 7)), at(day(2016, 5, 9)), hours(0)},
      {"one week", at(day(2016, 5, 2)), at(day(2016, 5, 9)), hours(40)},
      {"nothing", at(day(2016, 5, 2), 12), at(day(2016, 5, 2), 12), hours(0)},
      {"leap year of 261 weekdays", at(day(2016, 1, 1)), at(day(2017, 1, 1)), hours(8 * 261)},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(office.working(row.from, row.to), row.expected) << row.name;
    EXPECT_EQ(office.working(row.to, row.from), -row.expected) << row.name << ", backwards";
  }
}

TEST(Calendar, HolidaysAreNotWorked) {
  const Calendar office =
      calendar("Mon-Fri 09:00-17:00", {}, {day(2016, 5, 5), day(2016, 5, 7), day(2016, 5, 5)});
  EXPECT_EQ(office.working(at(day(2016, 5, 2)), at(day(2016, 5, 9))), hours(32));
}

// Nine hours stand on the wall from 00:00 to 09:00, but eight pass when the clock goes forward and
// ten when it goes back.
TEST(Calendar, DaysOf23And25HoursAreRight) {
  const Calendar round = calendar("Mon-Sun 00:00-24:00", berlin_2016());
  const auto local_midnight = [](Day date) {
    return start_of(std::chrono::local_days(date), berlin_2016());
  };
  const auto day_length = [&](Day date) {
    const Day next{sys_days(date) + days(1)};
    return round.working(local_midnight(date), local_midnight(next));
  };
  EXPECT_EQ(day_length(day(2016, 3, 26)), hours(24));
  EXPECT_EQ(day_length(day(2016, 3, 27)), hours(23));
  EXPECT_EQ(day_length(day(2016, 10, 30)), hours(25));

  const Calendar night = calendar("Sun 01:30-03:30", berlin_2016());
  const auto spring = at(day(2016, 3, 27));
  EXPECT_EQ(night.working(spring - hours(2), spring + hours(20)), hours(1));
  const auto autumn = at(day(2016, 10, 30));
  EXPECT_EQ(night.working(autumn - hours(2), autumn + hours(20)), hours(3));

  const Calendar skipped = calendar("Sun 02:10-02:50", berlin_2016());
  EXPECT_EQ(skipped.working(spring - hours(2), spring + hours(20)), hours(0));
  EXPECT_EQ(skipped.working(autumn - hours(2), autumn + hours(20)), minutes(80));
}

TEST(Calendar, OfficeHoursFollowTheLocalClock) {
  const Calendar office = calendar("Mon-Fri 09:00-17:00", berlin_2016());
  // 08:00Z is 09:00 in winter and 10:00 in summer.
  EXPECT_EQ(office.working(at(day(2016, 1, 11)), at(day(2016, 1, 11), 8)), hours(0));
  EXPECT_EQ(office.working(at(day(2016, 7, 11)), at(day(2016, 7, 11), 8)), hours(1));
}

TEST(Calendar, SpansAcrossYears) {
  const Calendar office = calendar("Mon-Fri 09:00-17:00", berlin_2016(), {day(2016, 1, 1)},
                                   day(2015, 1, 1), day(2017, 12, 31));
  // 2015-12-30 is a Wednesday: Wed, Thu, (Fri is a holiday), Mon.
  EXPECT_EQ(office.working(at(day(2015, 12, 30)), at(day(2016, 1, 5))), hours(24));
}

TEST(Calendar, TheSameRuleHoldsOutsideTheTables) {
  const Week week = parse_week("Mon-Fri 00:30-11:00; Sun 01:00-04:00").value();
  const std::vector<Day> holidays = {day(2016, 3, 28), day(2016, 11, 1)};
  const Zone zone = berlin_2016();
  const Calendar wide =
      Calendar::create(zone, week, holidays, day(2015, 1, 1), day(2017, 1, 1)).value();
  const Calendar narrow =
      Calendar::create(zone, week, holidays, day(2016, 6, 1), day(2016, 6, 1)).value();
  std::mt19937_64 rng(20160601);
  for (int round = 0; round < 400; ++round) {
    const Instant from = at(day(2016, 1, 1)) + minutes(static_cast<int>(rng() % 527040));
    const Instant to = at(day(2016, 1, 1)) + minutes(static_cast<int>(rng() % 527040));
    ASSERT_EQ(narrow.working(from, to), wide.working(from, to))
        << format_instant(from) << " " << format_instant(to);
  }
}

TEST(Calendar, AlwaysIsTheWallClock) {
  const Calendar always = Calendar::always();
  EXPECT_EQ(always.working(at(day(2016, 3, 26)), at(day(2016, 3, 28), 1)), hours(49));
  EXPECT_EQ(always.working(at(day(1990, 1, 2)), at(day(1990, 1, 1))), hours(-24));
  EXPECT_EQ(always.zone().name, "UTC");
}

// A week of up to three slots a day, holidays that cluster around the changes of the clock.
struct AnyCalendar {
  Week week;
  std::vector<Day> holidays;
};
AnyCalendar any_calendar(std::mt19937_64& rng) {
  AnyCalendar out;
  for (auto& slots : out.week) {
    int minute = static_cast<int>(rng() % 400);
    for (auto left = rng() % 4; left > 0 && minute < 1400; --left) {
      const int end = std::min(1440, minute + 1 + static_cast<int>(rng() % 500));
      slots.push_back({minute, end});
      minute = end + static_cast<int>(rng() % 120);
    }
  }
  for (auto left = rng() % 6; left > 0; --left) {
    const sys_days change = rng() % 2 ? day(2016, 3, 27) : day(2016, 10, 30);
    out.holidays.emplace_back(change + days(static_cast<int>(rng() % 9) - 4));
  }
  return out;
}

TEST(Calendar, EqualsTheMinuteByMinuteLoop) {
  std::mt19937_64 rng(20160327);  // fixed: a failure must reproduce
  const Zone zone = berlin_2016();
  for (int round = 0; round < 300; ++round) {
    const auto [week, holidays] = any_calendar(rng);
    const Calendar made =
        Calendar::create(zone, week, holidays, day(2016, 3, 20), day(2016, 11, 5)).value();
    const sys_days change = rng() % 2 ? day(2016, 3, 27) : day(2016, 10, 30);
    const Instant from = change - days(5) + minutes(static_cast<int>(rng() % 7200));
    const Instant to = from + minutes(static_cast<int>(rng() % 14400));
    ASSERT_EQ(made.working(from, to), naive(week, zone, holidays, from, to))
        << "round " << round << ": " << format_instant(from) << " " << format_instant(to);
  }
}

// A zone that changes its offset at midnight, so that a local day begins twice.
TEST(Calendar, MidnightChangesAreRight) {
  const Zone zone{"Midnight",
                  {{at(day(2016, 1, 1)), hours(-3)},
                   {at(day(2016, 2, 21), 2), hours(-4)},    // 23:00 again
                   {at(day(2016, 8, 15), 4), hours(-3)}}};  // 00:00 becomes 01:00
  const Week week = parse_week("Mon-Sun 00:30-06:00,22:15-24:00").value();
  const std::vector<Day> holidays = {day(2016, 2, 21)};
  const Calendar made =
      Calendar::create(zone, week, holidays, day(2016, 1, 1), day(2016, 12, 31)).value();
  for (const sys_days change : {sys_days(day(2016, 2, 21)), sys_days(day(2016, 8, 15))}) {
    for (int start = 0; start < 3000; start += 97) {
      const Instant from = change - days(1) + minutes(start);
      const Instant to = from + hours(31);
      ASSERT_EQ(made.working(from, to), naive(week, zone, holidays, from, to));
    }
  }
}

TEST(Calendar, SpansAddUp) {
  const Calendar office =
      calendar("Mon-Fri 09:00-12:00,13:00-17:30", berlin_2016(), {day(2016, 5, 5)});
  std::mt19937_64 rng(20160505);
  const auto any = [&] {
    return at(day(2016, 1, 1)) + Micros(static_cast<std::int64_t>(rng() % 31'622'400'000'000ULL));
  };
  for (int round = 0; round < 2000; ++round) {
    const Instant a = any();
    const Instant b = any();
    const Instant c = any();
    ASSERT_EQ(office.working(a, b) + office.working(b, c), office.working(a, c));
    ASSERT_EQ(office.working(a, b), -office.working(b, a));
    ASSERT_LE(office.working(std::min(a, b), std::max(a, b)), std::max(a, b) - std::min(a, b));
  }
}

}  // namespace
}  // namespace tiebeam
