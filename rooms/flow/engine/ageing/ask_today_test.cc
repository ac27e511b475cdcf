#include "rooms/flow/engine/ageing/ask_today.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::string day(int offset) {
  return format_instant(testing::at("2024-01-01T08:00:00Z") + std::chrono::days{offset});
}

// Stays in Active of 1 to 20 days, one each; then a day in Review.
Org twenty() {
  Org org;
  for (int i = 1; i <= 20; ++i) {
    const std::string item = "D-" + std::to_string(i);
    org.event(item, day(0), "Active")
        .event(item, day(i), "Review")
        .event(item, day(i + 1), "Closed");
  }
  return org;
}

const AgingRow& row(const FlowReport& report, std::string_view item) {
  return *std::ranges::find(report.aging, item, &AgingRow::item);
}

TEST(Pace, IsTheShareOfStaysThatEndByThisAge) {
  Org org = twenty();
  org.event("LATE", day(11), "Active").event("YOUNG", day(25), "Active");
  org.event("OTHER", day(29), "Queue");  // nobody else was ever there
  const FlowReport report = compute_report(org.snapshot(), {});
  // At day 29 LATE is 18 days in Active: of 20 that ended, 18 were not longer; YOUNG and LATE are
  // unfinished. At ages 1 to 4 one of 22, ..: Kaplan-Meier with YOUNG censored at 4, LATE at 18.
  const double kept = 18.0 / 22;                 // still there after 4 days
  const double later = kept * (17.0 - 14) / 17;  // 14 of the 17 others end on days 5 to 18
  EXPECT_NEAR(*row(report, "LATE").pace.percentile, 1 - later, 1e-12);
  EXPECT_NEAR(*row(report, "YOUNG").pace.percentile, 1 - kept, 1e-12);
  EXPECT_TRUE(row(report, "LATE").pace.line_days.has_value());
  EXPECT_FALSE(row(report, "OTHER").pace.percentile.has_value()) << "too few stays have ended";
}

TEST(AskToday, MostSurprisingFirstWithASentenceWhy) {
  Org org = twenty();
  org.event("A-19", day(6), "Active").event("A-5", day(20), "Active");
  org.event("R-9", day(10), "Active").event("R-9", day(16), "Review");
  org.event("END", day(25), "Idea");
  const FlowReport report = compute_report(org.snapshot(), {});
  const auto asked = ask_today(report);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(report.aging[asked[0].aging].item, "R-9") << "nobody else stayed there that long";
  EXPECT_EQ(asked[0].why, "In Review for 9 days; 95 of 100 stays there are shorter.");
  EXPECT_EQ(report.aging[asked[1].aging].item, "A-19");
  EXPECT_NE(asked[1].why.find("of 100 stays there are shorter."), std::string::npos)
      << asked[1].why;
}

TEST(AskToday, WorkThatIsStuckForGoodIsAskedAboutWhereTheLineIsNotReached) {
  Org org = twenty();
  for (int i = 0; i < 10; ++i) org.event("STUCK-" + std::to_string(i), day(i), "Active");
  org.event("YOUNG", day(40), "Active").event("END", day(59), "Idea");
  const FlowReport report = compute_report(org.snapshot(), {});
  EXPECT_FALSE(row(report, "STUCK-0").pace.line_days.has_value()) << "10 of 31 never leave";
  const auto asked = ask_today(report);
  ASSERT_EQ(asked.size(), 10U) << "YOUNG is 19 days there, the longest that ended took 20";
  EXPECT_EQ(report.aging[asked[0].aging].item, "STUCK-0");
  EXPECT_EQ(asked[0].why,
            "In Active for 59 days; none of the 20 stays there that ended took so long.");
  EXPECT_NEAR(asked[0].overrun, 59.0 / 20, 1e-12);
}

TEST(AskToday, NoOpenWorkThatCanBeJudgedIsNoAllClear) {
  Org org;
  org.event("A", day(0), "Active").event("END", day(88), "Idea");
  FigureRegistry registry;
  for (FigureFamily& family : flow_families()) registry.add(std::move(family));
  const FigureBook book(registry, org.shared(), {});
  const Figure& figure = *book.find("flow.ask_today");
  EXPECT_EQ(figure.status, Status::too_few);
  EXPECT_EQ(figure.reason,
            "1 open item is in a state in which too few stays have ended to compare it, and its "
            "stream promises nothing");
}

TEST(AskToday, WhatAStreamPromisedCountsToo) {
  Org org = twenty();
  ValueStream stream;
  stream.id = "orders", stream.expectation_days = 3;
  org.record(stream).created("P", day(20), "", "orders").event("P", day(20), "Active");
  org.event("END", day(26), "Idea");
  const FlowReport report = compute_report(org.snapshot(), {});
  const auto asked = ask_today(report);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].why, "Begun 6 days ago; 3 days were promised.");
  EXPECT_DOUBLE_EQ(asked[0].overrun, 2);
}

}  // namespace
}  // namespace tiebeam::flow
