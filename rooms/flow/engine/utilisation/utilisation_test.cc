#include "rooms/flow/engine/utilisation/utilisation.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

Instant at(int day, int hour = 0) {
  return testing::at("2024-01-01T00:00:00Z") + std::chrono::days{day} + std::chrono::hours{hour};
}

// From Monday on, week by week: each of `persons` has one item for `hours`, and from the first on a
// second one within the same hours.
Org team_of(int persons, int weeks, int hours) {
  Org org;
  for (int week = 0; week < weeks; ++week) {
    for (int p = 0; p < persons; ++p) {
      const std::string person = "Person " + std::to_string(p);
      for (const char* which : {"a", "b"}) {
        const std::string item = "W" + std::to_string(100 + week) + "-" + std::to_string(p) + which;
        const int start = 7 * week + 1;
        org.event(item, at(start - 1), "Queue", "Lab")
            .event(item, at(start), "Active", "Lab", person);
        org.event(item, at(start, *which == 'a' ? hours : hours / 2), "Closed", "Lab", person);
      }
    }
  }
  return org.event("END", at(7 * weeks), "Idea");
}

// docs/method/bottlenecks.md, worked example: 42 of 168 hours, twice as much work as time.
TEST(Utilisation, IsTheTimeWithAnyActiveWorkNotTheWorkCountedUp) {
  Org org = team_of(4, 6, 42);
  const Utilisation found = compute_utilisation(compute_report(org.snapshot(), {}));
  ASSERT_EQ(found.rows.size(), 1U);
  const TeamRow& row = found.rows[0];
  EXPECT_EQ(row.people, 4U);
  EXPECT_EQ(row.weeks.size(), 6U);
  EXPECT_DOUBLE_EQ(*row.utilisation, 42.0 / 168);
  EXPECT_DOUBLE_EQ(*row.at_once, 1.5);
  EXPECT_TRUE(row.more_load.has_value()) << row.load_reason;
}

TEST(Utilisation, OfTwoPeopleWouldBeAPersonsOwn) {
  Org org = team_of(2, 6, 42);
  const Utilisation found = compute_utilisation(compute_report(org.snapshot(), {}));
  EXPECT_FALSE(found.rows[0].utilisation.has_value());
  EXPECT_FALSE(found.rows[0].at_once.has_value());
  EXPECT_FALSE(found.rows[0].more_load.has_value());
  EXPECT_NE(found.rows[0].reason.find("fewer than 3 people"), std::string::npos);
}

TEST(Utilisation, FewWeeksAreTooFew) {
  Org org = team_of(4, 3, 42);
  const Utilisation found = compute_utilisation(compute_report(org.snapshot(), {}));
  EXPECT_EQ(found.rows[0].reason, "seen in 3 full weeks: 4 are needed");
}

TEST(Utilisation, MoreLoadThanTimeHasNoEnd) {
  Org org = team_of(4, 6, 160);
  const Utilisation found = compute_utilisation(compute_report(org.snapshot(), {}));
  EXPECT_FALSE(found.rows[0].more_load.has_value());
  EXPECT_NE(found.rows[0].load_reason.find("without end"), std::string::npos);
}

// A holiday season: `alone` weeks in which only the first of the team is seen.
Org team_with_weeks_alone(int weeks, int alone) {
  Org org;
  for (int week = 0; week < weeks; ++week) {
    for (int p = 0; p < (week < alone ? 1 : 4); ++p) {
      const std::string item = "W" + std::to_string(100 + week) + "-" + std::to_string(p);
      const std::string person = "Person " + std::to_string(p);
      org.event(item, at(7 * week), "Queue", "Lab");
      org.event(item, at(7 * week + 1), "Active", "Lab", person);
      org.event(item, at(7 * week + 2 + p), "Closed", "Lab", person);
    }
  }
  return org.event("END", at(7 * weeks), "Idea");
}

TEST(Utilisation, NoRowBelowItTellsOfFewerThanThree) {
  for (const int alone : {0, 1, 3}) {
    Org org = team_with_weeks_alone(8, alone);
    const Utilisation found = compute_utilisation(compute_report(org.snapshot(), {}));
    ASSERT_TRUE(found.rows[0].utilisation.has_value());
    std::int64_t busy = 0, seen = 0;
    std::size_t weeks = 0;
    for (const ToldWeeks& each : told_weeks(found)) {
      EXPECT_GE(each.sums.persons.size(), kLeastPeople);
      busy += each.sums.busy, seen += each.sums.seen, weeks += each.weeks;
    }
    EXPECT_EQ(weeks, 8U);
    EXPECT_DOUBLE_EQ(static_cast<double>(busy) / static_cast<double>(seen),
                     *found.rows[0].utilisation);
  }
}

TEST(Utilisation, WeeksPutTogetherNameNeitherTeamNorLine) {
  Org org = team_with_weeks_alone(8, 1);
  FigureRegistry all;
  all.add(utilisation_family());
  const FigureBook book(all, org.shared(), {});
  const auto rows = book.evidence("flow.utilisation", 0, 100);
  ASSERT_EQ(rows.size(), 7U);  // the week alone and one more in one row
  const auto together = std::ranges::find(rows, "several teams", &Evidence::subject);
  ASSERT_NE(together, rows.end());
  EXPECT_TRUE(together->places.empty());
  EXPECT_FALSE(together->what.contains("Lab"));
  const auto figure = book.get("flow.utilisation");
  ASSERT_TRUE(figure.has_value());
  EXPECT_EQ(figure->trail.inputs[0].record_type, "team_week");
  EXPECT_EQ(figure->trail.inputs[0].count, 8);
}

// Stays that lie on top of each other, cross weeks, and touch at their ends.
TEST(Presence, UnitesWhatOverlaps) {
  Org org;
  const auto stay = [&](const char* item, int from, int to) {
    org.event(item, at(0, from), "Active", "Lab", "Person 1");
    org.event(item, at(0, to), "Closed", "Lab", "Person 1");
  };
  stay("A", 0, 10), stay("B", 5, 12), stay("C", 12, 20), stay("D", 30, 31);
  stay("E", 7 * 24 - 2, 7 * 24 + 3);
  org.event("END", at(14), "Idea");
  const FlowReport report = compute_report(org.snapshot(), {});
  const auto found = presence_of(report);
  ASSERT_EQ(found.size(), 2U);
  constexpr std::int64_t kHour = 3600LL * 1'000'000;
  EXPECT_EQ(found[0].busy, (20 + 1 + 2) * kHour);
  EXPECT_EQ(found[0].active, (10 + 7 + 8 + 1 + 2) * kHour);
  EXPECT_EQ(found[1].busy, 3 * kHour);
}

}  // namespace
}  // namespace tiebeam::flow
