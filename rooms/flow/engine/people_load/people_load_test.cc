// What work asks of people, and that nothing is told of fewer than three of them.
#include "rooms/flow/engine/people_load/people_load.h"

#include <gtest/gtest.h>

#include <random>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

struct Answer {
  FlowReport report;
  Concentration found;
  PeopleLoad load;
  std::vector<Figure> figures;
  explicit Answer(Org& org)
      : report(compute_report(org.snapshot(), {})),
        found(compute_concentration(report)),
        load(compute_people_load(report, found)),
        figures(people_load_figures(report, load)) {}
  [[nodiscard]] const Figure& at(std::string_view key) const {
    return *std::ranges::find(figures, key, &Figure::key);
  }
};

// Monday 2024-01-01: `people` of a team each hold one piece of work, touched at noon and, by the
// first of them, at 22:00.
void team(Org& org, const std::string& name, int people, const std::string& month = "01") {
  for (int i = 0; i < people; ++i) {
    const std::string item = name + month + std::to_string(i);
    const std::string who = name + " " + std::to_string(i);
    org.event(item, "2024-" + month + "-08T12:00:00Z", "Active", name, who);
    if (i == 0) org.event(item, "2024-" + month + "-08T22:00:00Z", "Active", name, who);
    org.event(item, "2024-" + month + "-09T12:00:00Z", "Closed", name, who);
  }
}

TEST(PeopleLoad, OutsideWorkingHoursByTheAssumedCalendar) {
  Org org;
  team(org, "Net", 4);  // nine events, one of them at night
  const Answer answer(org);
  const Figure& share = answer.at("flow.people.out_of_hours.share");
  EXPECT_EQ(share.n, 9);
  EXPECT_DOUBLE_EQ(share.number(), 1.0 / 9);
  EXPECT_NE(share.trail.notes[1].find("Mon-Fri 08:00-18:00, UTC"), std::string::npos);
  ASSERT_EQ(answer.load.teams.size(), 1U);
  EXPECT_EQ(answer.load.teams[0].people, 4U);
}

TEST(PeopleLoad, TheCalendarOfTheStreamDecides) {
  Org org;
  WorkCalendar calendar;
  calendar.id = "late", calendar.hours = "Mon-Fri 14:00-23:00";
  ValueStream stream;
  stream.id = "net", stream.calendar = Id<"calendar">("late");
  org.record(calendar).record(stream);
  team(org, "Net", 4);
  for (int i = 0; i < 4; ++i)
    org.words("Net01" + std::to_string(i), testing::at("2024-01-08T12:00:00Z"), "", "", "", "net");
  const Answer answer(org);
  EXPECT_DOUBLE_EQ(answer.at("flow.people.out_of_hours.share").number(), 8.0 / 9);
}

TEST(PeopleLoad, WhatAScriptMovedAtNightIsNobodysWork) {
  Org org;
  team(org, "Net", 4);
  for (int i = 0; i < 60; ++i) {
    const std::string item = "Z" + std::to_string(i);
    org.event(item, "2024-01-09T10:00:00Z", "Active", "Net", "Net 1");
    org.event(item, "2024-01-10T02:00:00Z", "Closed", "Net", "Net 1");
  }
  const Answer answer(org);
  EXPECT_DOUBLE_EQ(answer.at("flow.people.out_of_hours.share").number(), 1.0 / 9);
  EXPECT_EQ(answer.load.bulk_rows, 120U);
}

// Ann has two at once for a day of her three, Ben and Cid one each: 4 + 1 + 1 days in hand, 3 + 1 +
// 1 with anything.
TEST(PeopleLoad, ConcurrentWorkOfTheWorkedExample) {
  Org org;
  const auto hold = [&](const char* item, const char* who, const char* from, const char* to) {
    org.event(item, from, "Active", "Net", who).event(item, to, "Closed", "Net", who);
  };
  hold("A", "Ann", "2024-01-08T08:00:00Z", "2024-01-10T08:00:00Z");
  hold("B", "Ann", "2024-01-09T08:00:00Z", "2024-01-11T08:00:00Z");
  hold("C", "Ben", "2024-01-08T08:00:00Z", "2024-01-09T08:00:00Z");
  hold("D", "Cid", "2024-01-08T08:00:00Z", "2024-01-09T08:00:00Z");
  const Answer answer(org);
  const Figure& at_once = answer.at("flow.people.concurrent");
  EXPECT_DOUBLE_EQ(at_once.number(), 6.0 / 5);
  ASSERT_TRUE(at_once.interval.has_value());
  EXPECT_GE(at_once.interval->low, 1);
  EXPECT_LE(at_once.interval->low, 6.0 / 5);
  EXPECT_GE(at_once.interval->high, 6.0 / 5);
  EXPECT_DOUBLE_EQ(*answer.load.teams[0].concurrent(), 6.0 / 5);
}

TEST(PeopleLoad, TeamsOfTwoAreNotShownAndNoDifferenceTellsOfThem) {
  Org org;
  team(org, "Net", 4);
  team(org, "Pair", 2);
  const Answer answer(org);
  ASSERT_EQ(answer.load.teams.size(), 1U);
  EXPECT_EQ(answer.load.hidden_teams, 1U);
  EXPECT_EQ(answer.load.hidden_events, 5);
  // The whole is that of the team that is shown: nothing can be subtracted.
  EXPECT_EQ(answer.load.all.events, answer.load.teams[0].events);
}

TEST(PeopleLoad, TwoTeamsOfTwoAreCountedTogether) {
  Org org;
  team(org, "Net", 4);
  team(org, "Pair", 2);
  team(org, "Duo", 2);
  const Answer answer(org);
  EXPECT_EQ(answer.load.teams.size(), 1U);
  EXPECT_EQ(answer.load.hidden_teams, 2U);
  EXPECT_EQ(answer.load.all.events, 9 + 5 + 5);
}

TEST(PeopleLoad, AMonthOfTwoIsLeftOutOfItsTeam) {
  Org org;
  team(org, "Net", 4, "01");
  team(org, "Net", 2, "02");
  const Answer answer(org);
  const TeamLoad& net = answer.load.teams[0];
  EXPECT_EQ(net.months.size(), 2U);
  EXPECT_TRUE(net.months[0].out_of_hours().has_value());
  EXPECT_FALSE(net.months[1].out_of_hours().has_value());
  EXPECT_EQ(net.events, net.months[0].events);
  EXPECT_EQ(net.months[1].events, 0);
}

// Three of the desk hand their work at night to a team of one, in rows that name nobody: those who
// handed it on are not of that team, and the one who is must not be told of.
TEST(PeopleLoad, WhoHandsWorkOnIsNotOfTheTeamThatGetsIt) {
  Org org;
  const char* const desk[] = {"Ann", "Ben", "Cid"};
  for (int i = 0; i < 9; ++i) {
    const std::string item = "P-" + std::to_string(i);
    const auto at = [&](int hour) {
      return testing::at("2024-01-08T09:00:00Z") + std::chrono::days{i} + std::chrono::hours{hour};
    };
    org.event(item, at(0), "Active", "Desk", desk[i % 3]);
    org.event(item, at(12), "Active", "Solo");
    org.event(item, at(22), "Review", "Solo", "Zoe").event(item, at(46), "Closed", "Solo", "Zoe");
  }
  const Answer answer(org);
  ASSERT_EQ(answer.load.teams.size(), 1U);
  EXPECT_EQ(answer.load.teams[0].team, "Desk");
  EXPECT_EQ(answer.load.teams[0].people, 3U);
  EXPECT_EQ(answer.load.hidden_teams, 1U);
  EXPECT_EQ(answer.load.hidden_events, 27);
  EXPECT_EQ(answer.load.all.events, 9);
}

TEST(PeopleLoad, AHolderStaysWhileTheTeamDoes) {
  Org org;
  org.event("A", "2024-01-08T09:00:00Z", "Active", "Desk", "Ann");
  org.event("A", "2024-01-08T10:00:00Z", "Review", "Desk");
  org.event("A", "2024-01-08T11:00:00Z", "Review");
  org.event("A", "2024-01-08T12:00:00Z", "Active", "Solo");
  const FlowReport report = compute_report(org.snapshot(), {});
  const auto owners = owners_along(touches_of(report.log, report.log.items[0]));
  EXPECT_NE(owners[0].person, 0U);
  EXPECT_EQ(owners[1].person, owners[0].person);
  EXPECT_EQ(owners[2].person, owners[0].person);
  EXPECT_EQ(owners[3].person, 0U);
}

// Evidence is told by team and month, never by an item: one person may hold an item alone.
TEST(PeopleLoad, EvidenceIsOfGroupsOfThreeAndMakesUpTheWhole) {
  std::mt19937_64 rng(20240304);
  std::size_t rows = 0;
  for (int round = 0; round < 60; ++round) {
    Org org;
    for (const auto& event : testing::random_events(rng, 1 + static_cast<int>(rng() % 80)))
      testing::add(org, event);
    const Answer answer(org);
    LoadSums sum;
    for (const GroupLoad& group : answer.load.groups) {
      EXPECT_GE(group.people, kLeastPeople);
      EXPECT_EQ(group.rows.size(), static_cast<std::size_t>(group.outside));
      sum.events += group.events, sum.outside += group.outside, sum.held += group.held;
    }
    EXPECT_EQ(sum.events, answer.load.all.events);
    EXPECT_EQ(sum.outside, answer.load.all.outside);
    EXPECT_NEAR(sum.held, answer.load.all.held, 1e-9 * answer.load.all.held);
    for (const char* key : {"flow.people.concurrent", "flow.people.out_of_hours.share"}) {
      for (const Evidence& each :
           people_load_evidence(answer.report, answer.found, answer.load, key, 0, 1000)) {
        EXPECT_FALSE(each.subject.starts_with("work_item/")) << each.subject;
        ++rows;
      }
    }
  }
  EXPECT_GT(rows, 100U);
}

TEST(PeopleLoad, WithoutPeopleItIsNotMeasurable) {
  Org org;
  for (int i = 0; i < 9; ++i) {
    const std::string item = "A" + std::to_string(i);
    org.event(item, "2024-01-08T12:00:00Z", "Active", "Net")
        .event(item, "2024-01-09T12:00:00Z", "Closed", "Net");
  }
  const Answer answer(org);
  EXPECT_EQ(answer.at("flow.people.out_of_hours.share").status, Status::not_measurable);
  EXPECT_TRUE(answer.load.teams.empty());
}

// For any log: every shown cell has at least three people, and the parts never exceed the whole.
TEST(PeopleLoad, NothingIsToldOfFewerThanThree) {
  std::mt19937_64 rng(20240301);
  for (int round = 0; round < 60; ++round) {
    Org org;
    for (const auto& event : testing::random_events(rng, 1 + static_cast<int>(rng() % 80)))
      testing::add(org, event);
    const Answer answer(org);
    LoadSums sum;
    for (const TeamLoad& row : answer.load.teams) {
      EXPECT_GE(row.people, kLeastPeople);
      std::int64_t events = 0;
      for (const LoadMonth& month : row.months) {
        EXPECT_TRUE(month.people >= kLeastPeople || (month.people == 0 && month.events == 0));
        events += month.events;
      }
      EXPECT_EQ(events, row.events);
      sum.events += row.events, sum.outside += row.outside;
      sum.held += row.held, sum.attention += row.attention;
    }
    EXPECT_LE(sum.events, answer.load.all.events);
    EXPECT_LE(sum.outside, answer.load.all.outside);
    EXPECT_LE(sum.attention, answer.load.all.attention * (1 + 1e-12));
    EXPECT_GE(answer.load.all.held, answer.load.all.attention * (1 - 1e-12));
  }
}

}  // namespace
}  // namespace tiebeam::flow
