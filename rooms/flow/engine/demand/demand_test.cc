#include "rooms/flow/engine/demand/demand.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

Instant at(int day) { return testing::at("2024-01-01T08:00:00Z") + std::chrono::days{day}; }

// Each week `begun` items begin, `finished` of them end three days later and `dropped` are given
// up.
Org stream(int weeks, int begun, int finished, int dropped, int wobble = 1) {
  Org org;
  org.event("END", at(-1), "Idea");  // so that the first week is a full one
  for (int week = 0; week < weeks; ++week) {
    const int more = week % 2 == 0 ? wobble : -wobble;
    for (int i = 0; i < begun + more; ++i) {
      const std::string item = "W" + std::to_string(100 + week) + "-" + std::to_string(100 + i);
      org.event(item, at(7 * week), "Active").created(item, at(7 * week), i == 0 ? "Bug" : "Story");
      if (i < finished) org.event(item, at(7 * week + 3), "Closed");
      if (i >= finished && i < finished + dropped) org.event(item, at(7 * week + 2), "Dropped");
    }
  }
  return org.event("END", at(7 * weeks), "Idea");
}
DemandRow all_of(Org& org) { return compute_demand(compute_report(org.snapshot(), {})).all; }

// docs/method/bottlenecks.md, worked example.
TEST(Demand, AGrowingPileIsForetold) {
  Org org = stream(12, 10, 6, 1);
  const DemandRow row = all_of(org);
  ASSERT_EQ(row.weeks, 12U);
  EXPECT_DOUBLE_EQ(row.net->value, 3);  // 10 begun, 6 finished, 1 given up
  EXPECT_DOUBLE_EQ(row.given_up_a_week, 1);
  EXPECT_EQ(row.now, 36);
  EXPECT_EQ(row.waiting, 1);
  EXPECT_EQ(row.trend, Trend::grows);
  EXPECT_DOUBLE_EQ(row.weeks_to->value, 12);
  EXPECT_LT(row.weeks_to->low, 12);
  EXPECT_GT(*row.weeks_to->high, 12);
  EXPECT_DOUBLE_EQ(row.stop->value, 3);
  EXPECT_EQ(row.types[0].type, WorkType::feature);
  EXPECT_DOUBLE_EQ(row.types[0].arrival_a_week, 9);
  EXPECT_DOUBLE_EQ(row.types[1].share, 0.1);
}

// Ten begun one week and finished the next: up and down, going nowhere.
TEST(Demand, ChanceIsNotATrend) {
  Org org = stream(0, 0, 0, 0);
  for (int i = 0; i < 60; ++i) {
    const std::string item = "W-" + std::to_string(100 + i);
    const int week = 2 * (i / 10);
    org.event(item, at(7 * week + 1), "Active").event(item, at(7 * week + 8), "Closed");
  }
  org.event("LAST", at(82), "Active").event("END", at(84), "Idea");
  const DemandRow row = all_of(org);
  EXPECT_EQ(row.weeks, 12U);
  EXPECT_EQ(row.trend, Trend::steady);
  EXPECT_FALSE(row.weeks_to.has_value());
  EXPECT_FALSE(row.stop.has_value());
  EXPECT_EQ(row.reason, "what comes in and what goes out cannot be told apart");
}

TEST(Demand, SevenWeeksForetellNothing) {
  Org org = stream(7, 10, 6, 1);
  const DemandRow row = all_of(org);
  EXPECT_EQ(row.trend, Trend::too_few);
  EXPECT_EQ(row.reason, "7 full weeks: 8 are needed to foretell a pile");
}

TEST(Demand, APileThatShrinksIsGoneSomeDay) {
  Org org = stream(10, 4, 4, 0);
  // 60 old items from before the weeks, seven of them finished each week.
  for (int i = 0; i < 60; ++i) {
    const std::string item = "OLD-" + std::to_string(100 + i);
    org.event(item, at(-3), "Active");
    if (i < 50) org.event(item, at(7 * (i / 5) + 1), "Closed");
  }
  Asked asked;
  asked.from = at(0) - std::chrono::hours{8};
  const DemandRow row = compute_demand(compute_report(org.snapshot(), asked)).all;
  EXPECT_EQ(row.trend, Trend::shrinks);
  EXPECT_NEAR(row.weeks_to->value, static_cast<double>(row.now) / -row.net->value, 1e-12);
  EXPECT_FALSE(row.stop.has_value());
}

// The growth of each week is exactly what work in progress grew by.
TEST(Demand, NetIsTheGrowthOfWorkInProgress) {
  std::mt19937_64 rng(11);  // fixed: a failure must reproduce
  for (int round = 0; round < 30; ++round) {
    Org org;
    for (const auto& event : testing::random_events(rng, 80)) testing::add(org, event);
    const FlowReport report = compute_report(org.snapshot(), {});
    if (report.rates.count == 0) continue;
    const DemandRow row = compute_demand(report).all;
    const Load load(report.walked);
    const auto grown =
        static_cast<double>(load.at(report.rates.to - 1) - load.at(report.rates.from - 1));
    ASSERT_NEAR(row.net->value * static_cast<double>(row.weeks), grown, 1e-9);
  }
}

}  // namespace
}  // namespace tiebeam::flow
