// What the room's pages are drawn from has to be what its figures were computed from.
#include "rooms/flow/api/answers.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::string day(int offset, int hour = 8) {
  return format_instant(testing::at("2024-01-01T00:00:00Z") + std::chrono::days{offset} +
                        std::chrono::hours{hour});
}
std::size_t length(const Json& json, std::string_view key) {
  return json.find(key)->if_array()->size();
}
std::int64_t sum(const Json& row) {
  std::int64_t out = 0;
  for (const Json& each : *row.if_array()) out += *each.if_integer();
  return out;
}

// Ten items: seven finished, two open, one never begun.
Org ten_items() {
  Org org;
  for (int i = 0; i < 7; ++i) {
    const std::string item = "A-" + std::to_string(i);
    org.event(item, day(i), "New", "Desk").event(item, day(i + 1), "Active", "Lab", "Person 1");
    org.event(item, day(i + 2 + i), "Closed", "Lab");
  }
  org.event("B-1", day(3), "Active", "Desk").event("B-2", day(4), "Awaiting reply", "Desk");
  return org.event("C-1", day(5), "Idea");
}

TEST(Answers, PointsAreThePopulationOfCycleTime) {
  Org org = ten_items();
  const FlowReport report = compute_report(org.snapshot(), {});
  const Json points = cycle_times(report);
  const auto mean = std::ranges::find(report.figures, "flow.cycle_time.mean", &Figure::key);
  EXPECT_EQ(length(points, "items"), static_cast<std::size_t>(*mean->n));
  for (const char* column : {"finish", "days", "type", "team", "stream"})
    EXPECT_EQ(length(points, column), length(points, "items")) << column;
  double total = 0;
  for (const Json& each : *points.find("days")->if_array()) total += *each.number();
  EXPECT_NEAR(total / 7, mean->number(), 1e-12);
}

TEST(Answers, EveryRowOfTheCumulativeFlowHoldsAllItems) {
  Org org = ten_items();
  const FlowReport report = compute_report(org.snapshot(), {});
  const Json flow = cumulative_flow(report);
  EXPECT_EQ(length(flow, "times"), length(flow, "occupancy"));
  const auto& rows = *flow.find("occupancy")->if_array();
  EXPECT_EQ(rows.back().if_array()->size(), length(flow, "states"));
  EXPECT_EQ(sum(rows.back()), 10);
  std::int64_t before = 0;
  for (const Json& row : rows) {
    EXPECT_GE(sum(row), before) << "nothing vanishes";
    before = sum(row);
  }
}

TEST(Answers, ALifeLineNamesEachStayAndItsRow) {
  Org org = ten_items();
  const FlowReport report = compute_report(org.snapshot(), {});
  const auto life = life_line(report, "a-3");  // any case: a record's id is its key in lower case
  ASSERT_TRUE(life.has_value());
  EXPECT_EQ(*life->find("key")->if_string(), "A-3");
  EXPECT_EQ(*life->find("cycle_days")->number(), 5.0);
  const auto& stays = *life->find("stretches")->if_array();
  ASSERT_EQ(stays.size(), 3U);
  EXPECT_EQ(*stays[1].find("days")->number(), 4.0);
  EXPECT_EQ(*stays[1].find("assignee")->if_string(), "Person 1");
  EXPECT_TRUE(stays[2].find("to")->is_null()) << "it stays where it ended";
  for (const Json& stay : stays) EXPECT_GT(*stay.find("line")->if_integer(), 1);
  const auto open = life_line(report, "B-1");
  ASSERT_TRUE(open.has_value());
  EXPECT_TRUE(open->find("cycle_days")->is_null());
  EXPECT_GT(*open->find("age_days")->number(), 0);
}

TEST(Answers, AnItemThatIsNotThereIsSaid) {
  Org org = ten_items();
  const auto life = life_line(compute_report(org.snapshot(), {}), "Z-1");
  ASSERT_FALSE(life.has_value());
  EXPECT_EQ(life.error().code, "flow.no_such_item");
}

TEST(Answers, NothingAtAllIsEmptyNotBroken) {
  Org org;
  const FlowReport report = compute_report(org.snapshot(), {});
  EXPECT_EQ(length(cycle_times(report), "items"), 0U);
  EXPECT_GE(length(cumulative_flow(report), "times"), 1U);
}

}  // namespace
}  // namespace tiebeam::flow
