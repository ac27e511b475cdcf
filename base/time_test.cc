#include "base/time.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace tiebeam {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year;

constexpr Day day(int y, unsigned m, unsigned d) {
  return year(y) / std::chrono::month(m) / std::chrono::day(d);
}
constexpr Instant at(Day date, int hour = 0, int minute = 0) {
  return sys_days(date) + hours(hour) + minutes(minute);
}
constexpr LocalTime local(Day date, int hour = 0, int minute = 0) {
  return LocalTime(local_days(date)) + hours(hour) + minutes(minute);
}

// Europe/Berlin: forward on 2016-03-27 01:00Z, back on 2016-10-30 01:00Z.
// Source: IANA tzdata, rule EU (last Sunday of March and of October, 1:00 UTC).
Zone berlin_2016() {
  return {"Europe/Berlin",
          {{at(day(2015, 10, 25), 1), hours(1)},
           {at(day(2016, 3, 27), 1), hours(2)},
           {at(day(2016, 10, 30), 1), hours(1)}}};
}

TEST(Zone, StepsHoldFromTheirInstantOn) {
  const Zone zone = berlin_2016();
  const Instant forward = at(day(2016, 3, 27), 1);
  EXPECT_EQ(offset_at(zone, forward - Micros(1)), hours(1));
  EXPECT_EQ(offset_at(zone, forward), hours(2));
  EXPECT_EQ(offset_at(zone, at(day(1999, 7, 1))), hours(1)) << "before the first step";
  EXPECT_EQ(offset_at(zone, at(day(2099, 7, 1))), hours(1)) << "after the last step";
  EXPECT_EQ(offset_at(Zone{}, forward), hours(0)) << "an empty table is UTC";
  EXPECT_EQ(to_local(zone, forward), local(day(2016, 3, 27), 3));
}

TEST(ToInstant, EveryWallClockReadingHasOneInstant) {
  const Zone zone = berlin_2016();
  const Day spring = day(2016, 3, 27);
  const Day autumn = day(2016, 10, 30);
  const struct {
    const char* name;
    LocalTime read;
    std::optional<Instant> not_before;
    Instant expected;
    LocalKind kind;
  } rows[] = {
      {"winter", local(day(2016, 1, 1), 12), {}, at(day(2016, 1, 1), 11), LocalKind::unique},
      {"summer", local(day(2016, 7, 1), 12), {}, at(day(2016, 7, 1), 10), LocalKind::unique},
      {"last before the gap", local(spring, 1, 59), {}, at(spring, 0, 59), LocalKind::unique},
      {"start of the gap", local(spring, 2), {}, at(spring, 1), LocalKind::missing_hour},
      {"in the gap", local(spring, 2, 30), {}, at(spring, 1, 30), LocalKind::missing_hour},
      {"first after the gap", local(spring, 3), {}, at(spring, 1), LocalKind::unique},
      {"before the repeat",
       local(autumn, 1, 59),
       {},
       at(day(2016, 10, 29), 23, 59),
       LocalKind::unique},
      {"repeated", local(autumn, 2, 30), {}, at(autumn, 0, 30), LocalKind::repeated_hour},
      {"repeated, later known", local(autumn, 2, 30), at(autumn, 0, 45), at(autumn, 1, 30),
       LocalKind::repeated_hour},
      {"repeated, earlier known", local(autumn, 2, 30), at(autumn, 0, 15), at(autumn, 0, 30),
       LocalKind::repeated_hour},
      {"repeated, known at the second", local(autumn, 2, 30), at(autumn, 1, 30), at(autumn, 1, 30),
       LocalKind::repeated_hour},
      {"repeated, both too early", local(autumn, 2, 30), at(autumn, 9), at(autumn, 0, 30),
       LocalKind::repeated_hour},
      {"after the repeat", local(autumn, 3), {}, at(autumn, 2), LocalKind::unique},
  };
  for (const auto& row : rows) {
    const Resolved got = to_instant(zone, row.read, row.not_before);
    EXPECT_EQ(format_instant(got.at), format_instant(row.expected)) << row.name;
    EXPECT_EQ(got.kind, row.kind) << row.name;
  }
}

TEST(ToInstant, UndoesToLocalButForTheSecondOfARepeatedHour) {
  std::mt19937_64 rng(20160327);  // fixed: a failure must reproduce
  const Zone zone = berlin_2016();
  for (int round = 0; round < 20000; ++round) {
    const Instant instant =
        at(day(2016, 1, 1)) + Micros(static_cast<std::int64_t>(rng() % 31'622'400'000'000ULL));
    const Resolved back = to_instant(zone, to_local(zone, instant), instant);
    ASSERT_EQ(back.at, instant) << format_instant(instant);
    ASSERT_NE(back.kind, LocalKind::missing_hour);
  }
}

TEST(ParseInstant, ReadsIso8601) {
  const Instant eight = at(day(2016, 5, 1), 8);
  const struct {
    const char* text;
    Instant expected;
  } rows[] = {{"2016-05-01", at(day(2016, 5, 1))},
              {"2016-05-01T08:00", eight},
              {"2016-05-01 08:00", eight},
              {"2016-05-01T08:00:00", eight},
              {"2016-05-01T08:00:00Z", eight},
              {"2016-05-01T10:00:00+02:00", eight},
              {"2016-05-01T10:00+0200", eight},
              {"2016-05-01T04:30:00-03:30", eight},
              {"2016-05-01T08:00:00.123456", eight + Micros(123456)},
              {"2016-05-01T08:00:00.5Z", eight + Micros(500000)},
              {" 2016-05-01T08:00:00Z ", eight},
              {"2016-02-29", at(day(2016, 2, 29))},
              {"1990-01-01", at(day(1990, 1, 1))},
              {"2100-12-31", at(day(2100, 12, 31))}};
  for (const auto& row : rows) {
    const auto read = parse_instant(row.text);
    ASSERT_TRUE(read.has_value()) << row.text << ": " << read.error().message;
    EXPECT_EQ(format_instant(*read), format_instant(row.expected)) << row.text;
  }
}

TEST(ParseInstant, ReadsStampsWithoutOffsetInTheZone) {
  const Zone zone = berlin_2016();
  EXPECT_EQ(parse_instant("2016-07-01T12:00", zone).value(), at(day(2016, 7, 1), 10));
  EXPECT_EQ(parse_instant("2016-07-01", zone).value(), at(day(2016, 6, 30), 22));
  EXPECT_EQ(parse_instant("2016-07-01T12:00Z", zone).value(), at(day(2016, 7, 1), 12));
}

TEST(ParseInstant, RefusesWhatIsNoInstant) {
  const struct {
    const char *text, *code;
  } rows[] = {{"", "time.not_iso"},
              {"yesterday", "time.not_iso"},
              {"01/05/2016", "time.not_iso"},
              {"2016-13-01", "time.not_iso"},
              {"2015-02-29", "time.not_iso"},
              {"2016-05-01T", "time.not_iso"},
              {"2016-05-01T25:00", "time.not_iso"},
              {"2016-05-01T08:60", "time.not_iso"},
              {"2016-05-01T08", "time.not_iso"},
              {"2016-05-01T08:00:00.", "time.not_iso"},
              {"2016-05-01T08:00:00+", "time.not_iso"},
              {"2016-05-01T08:00:00+2", "time.not_iso"},
              {"2016-05-01T08:00:00X", "time.not_iso"},
              {"2016-5-1", "time.not_iso"},
              {"1969-12-31", "time.out_of_range"},
              {"1989-12-31T23:59:59Z", "time.out_of_range"},
              {"1970-01-01T00:00:00Z", "time.out_of_range"},
              {"2101-01-01", "time.out_of_range"},
              {"9999-12-31", "time.out_of_range"}};
  for (const auto& row : rows) {
    const auto read = parse_instant(row.text);
    ASSERT_FALSE(read.has_value()) << row.text << " became " << format_instant(*read);
    EXPECT_EQ(read.error().code, row.code) << row.text;
    EXPECT_FALSE(read.error().hint.empty()) << row.text;
  }
}

TEST(ParseDay, ReadsADayAndNothingElse) {
  EXPECT_EQ(parse_day("2016-05-01").value(), day(2016, 5, 1));
  for (const char* text : {"2016-05-01T00:00", "2016-02-30", "2016-05", "2016-05-01x"}) {
    EXPECT_FALSE(parse_day(text).has_value()) << text;
  }
  EXPECT_EQ(parse_day("9999-12-31").error().code, "time.out_of_range");
}

TEST(FormatInstant, ReadsBackToItself) {
  std::mt19937_64 rng(20160501);
  for (int round = 0; round < 5000; ++round) {
    Instant instant =
        at(day(1990, 1, 1)) + Micros(static_cast<std::int64_t>(rng() % 3'500'000'000'000'000ULL));
    if (round % 3 == 0) instant = floor<std::chrono::seconds>(instant);
    if (round % 3 == 1) instant = floor<std::chrono::milliseconds>(instant);
    ASSERT_EQ(parse_instant(format_instant(instant)).value(), instant) << format_instant(instant);
  }
  EXPECT_EQ(format_instant(at(day(2016, 5, 1), 8)), "2016-05-01T08:00:00Z");
  EXPECT_EQ(format_instant(at(day(2016, 5, 1)) + Micros(1500)), "2016-05-01T00:00:00.0015Z");
  EXPECT_EQ(format_instant(at(day(1969, 12, 31), 23)), "1969-12-31T23:00:00Z");
}

TEST(FormatDay, ShortAndLong) {
  EXPECT_EQ(format_day(day(2016, 5, 1)), "2016-05-01");
  EXPECT_EQ(format_day_long(day(2016, 5, 1)), "1 May 2016");
  EXPECT_EQ(format_day_long(day(2016, 12, 31)), "31 Dec 2016");
}

TEST(Days, BelongToTheZone) {
  const Zone zone = berlin_2016();
  EXPECT_EQ(day_of(at(day(2016, 6, 30), 22), zone), day(2016, 7, 1));
  EXPECT_EQ(day_of(at(day(2016, 6, 30), 22)), day(2016, 6, 30));
  EXPECT_EQ(start_of(local_days(day(2016, 7, 1)), zone), at(day(2016, 6, 30), 22));
  EXPECT_EQ(start_of(local_days(day(2016, 7, 1))), at(day(2016, 7, 1)));
}

TEST(WeekStart, IsTheMondayOnOrBefore) {
  for (int i = 0; i < 3000; ++i) {
    const local_days date = local_days(day(2014, 12, 20)) + days(i);
    const local_days monday = week_start(date);
    ASSERT_EQ(std::chrono::weekday(monday), std::chrono::Monday);
    ASSERT_LE(monday, date);
    ASSERT_LT(date - monday, days(7));
  }
}

TEST(ToDays, IsExactForWholeDays) {
  EXPECT_EQ(to_days(hours(36)), 1.5);
  EXPECT_EQ(to_days(-hours(24)), -1.0);
}

}  // namespace
}  // namespace tiebeam
