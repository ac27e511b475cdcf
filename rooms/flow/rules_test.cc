// Each rule fires on the case it is for and is silent on a healthy one.
#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::string day(int offset) {
  return format_instant(testing::at("2024-01-01T08:00:00Z") + std::chrono::days{offset});
}
std::vector<Finding> look(std::string_view id, Org& org) {
  const std::vector<Rule> rules = flow_rules();
  const Rule& rule = *std::ranges::find(rules, id, &Rule::id);
  FigureRegistry registry;
  for (FigureFamily& family : flow_families()) registry.add(std::move(family));
  const FigureBook book(registry, org.shared(), {});
  return rule.look(book);
}

// Three begun and three finished each week, each taking four days with a queue in the middle.
Org healthy() {
  Org org;
  for (int week = 0; week < 12; ++week) {
    for (int i = 0; i < 3; ++i) {
      const std::string item = "W" + std::to_string(100 + week) + "-" + std::to_string(i);
      const int start = 7 * week;
      org.event(item, day(start), "Active").event(item, day(start + 1), "Queue");
      org.event(item, day(start + 2), "Review").event(item, day(start + 4), "Closed");
    }
  }
  return org;
}

TEST(Rules, AllSilentOnAHealthyFlowButForThePurpose) {
  Org org = healthy();
  for (const Rule& rule : flow_rules()) {
    const auto findings = look(rule.id, org);
    EXPECT_EQ(findings.size(), rule.id == "flow.no_purpose" ? 1U : 0U)
        << rule.id << ": " << (findings.empty() ? "" : findings[0].message);
    EXPECT_FALSE(rule.why.empty() || rule.act.empty() || rule.title.empty());
  }
}

TEST(Rules, PastExpectationNamesTheWorstThree) {
  Org org = healthy();
  for (const auto& [item, start] :
       {std::pair{"OLD-1", 10}, {"OLD-2", 30}, {"OLD-3", 20}, {"OLD-4", 40}, {"NEW", 80}}) {
    org.event(item, day(start), "Active");
  }
  org.event("NEW", day(81), "Active");
  const auto findings = look("flow.past_expectation", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "4 of 5 open pieces of work are older than 4 days, the time in which 85 of 100 "
            "finish; oldest: "
            "OLD-1 (71 days), OLD-3 (61 days) and OLD-2 (51 days)");
  EXPECT_EQ(findings[0].subject.type, "organisation");
  EXPECT_EQ(format_day(findings[0].since), "2024-03-22");
}

TEST(Rules, PastExpectationUsesWhatTheStreamPromised) {
  Org org = healthy();
  ValueStream stream;
  stream.id = "orders", stream.expectation_days = 20;
  org.record(stream).created("O-1", day(50), "", "orders").created("O-2", day(79), "", "orders");
  org.event("O-1", day(50), "Active").event("O-2", day(79), "Active");
  const auto findings = look("flow.past_expectation", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, (Subject{"value_stream", "orders"}));
  EXPECT_TRUE(findings[0].message.starts_with("1 of 2 open pieces of work in orders is older than"))
      << findings[0].message;
  EXPECT_NE(findings[0].message.find("promised"), std::string::npos);
}

TEST(Rules, LoadAboveCapacityTellsHowFastThePileGrows) {
  Org org = healthy();
  for (int week = 0; week < 12; ++week)
    org.event("X" + std::to_string(week), day(7 * week + 2), "Active");
  const auto findings = look("flow.load_above_capacity", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].message.find("4.0 against 3.0 finished a week"), std::string::npos)
      << findings[0].message;
  EXPECT_NE(findings[0].message.find("grows by 1.0 a week (1.0 to 1.0), 13 in a quarter"),
            std::string::npos)
      << findings[0].message;
}

TEST(Rules, WorkThatIsGivenUpDoesNotPileUp) {
  Org org = healthy();
  for (int week = 0; week < 12; ++week) {
    const std::string item = "X" + std::to_string(week);
    org.event(item, day(7 * week + 2), "Active").event(item, day(7 * week + 3), "Dropped");
  }
  EXPECT_TRUE(look("flow.load_above_capacity", org).empty());
}

TEST(Rules, AGrowthThatChanceCouldMakeIsNoFinding) {
  Org org = healthy();
  for (const int week : {1, 5, 9}) {
    const std::string item = "X" + std::to_string(week);
    org.event(item, day(7 * week + 2), "Active");
    if (week < 9) org.event(item, day(7 * week + 16), "Closed");
  }
  EXPECT_TRUE(look("flow.load_above_capacity", org).empty());
}

TEST(Rules, LoadAboveCapacityKnowsTheLimit) {
  Org org = healthy();
  ValueStream stream;
  stream.id = "orders", stream.name = "Orders", stream.wip_limit = 1;
  org.record(stream).created("O-1", day(50), "", "orders").created("O-2", day(60), "", "orders");
  org.event("O-1", day(50), "Active").event("O-2", day(60), "Active");
  const auto findings = look("flow.load_above_capacity", org);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.back().message,
            "2 pieces of work are in progress in Orders, 1 more than the agreed 1");
  EXPECT_TRUE(findings.back().act.ends_with("begin nothing while 1 or more are in progress"))
      << "a limit that is set is not asked for again: " << findings.back().act;
}

TEST(Rules, UnmappedStatesAreNamed) {
  Org org = healthy();
  org.event("M", day(1), "Mystery").event("M", day(2), "Limbo").event("M", day(3), "Mystery");
  const auto findings = look("flow.unmapped_states", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(
      findings[0].message.find("2 states of work mean: 'Mystery' (2 events) and 'Limbo' (1 event)"),
      std::string::npos)
      << findings[0].message;
}

TEST(Rules, EfficiencyNotMeasurableSaysWhy) {
  Org org;
  org.import("[states]\n\"Active\" = \"active\"\n\"Closed\" = \"done\"\n");
  org.event("A", day(0), "Active").event("A", day(5), "Closed");
  const auto findings = look("flow.efficiency_not_measurable", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].message.find("no waiting state between active ones"), std::string::npos);
}

TEST(Rules, NoPurposeCountsWhatLeadsNowhere) {
  Org org = healthy();
  const auto findings = look("flow.no_purpose", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].message.find("36 of 36 pieces of work lead to no priority"),
            std::string::npos);
  EXPECT_NE(findings[0].act.find("record priority add"), std::string::npos);
}

// Twelve items that wait two days for a party and one day for nobody named.
Org waiting_for(std::string_view party) {
  Org org;
  org.import(std::string(testing::kMap) + "[party]\n\"Queue\" = \"" + std::string(party) + "\"\n");
  for (int i = 0; i < 12; ++i) {
    const std::string item = "W-" + std::to_string(i);
    org.event(item, day(7 * i), "New").event(item, day(7 * i + 1), "Active");
    org.event(item, day(7 * i + 2), "Queue").event(item, day(7 * i + 4), "Closed");
  }
  return org;
}

TEST(Rules, WaitsOutsideOnlyWhenMostOfItSurelyIs) {
  Org vendor = waiting_for("vendor");
  const auto findings = look("flow.waits_outside", vendor);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "of 100 days that finished work waited, 67 were for others than IT and 0 for IT");
  for (const char* party : {"IT", "other stream"}) {
    Org org = waiting_for(party);
    EXPECT_TRUE(look("flow.waits_outside", org).empty()) << party;
  }
}

TEST(Flow, FamilyKeepsItsWord) {
  FigureRegistry registry;
  for (FigureFamily& family : flow_families()) registry.add(std::move(family));
  EXPECT_TRUE(registry.check().has_value());
  Org org = healthy();
  const FigureBook book(registry, org.shared(), {});
  EXPECT_EQ(book.all("flow.").size(), metric_figures(book).size());
  for (const Figure& each : book.all()) {
    EXPECT_FALSE(each.label.empty() || each.unit.empty() || each.trail.formula.empty() ||
                 each.trail.method.empty());
    EXPECT_FALSE(each.trail.inputs.empty()) << each.key;
  }
  EXPECT_EQ(book.evidence("flow.finished", 0, 100).size(), 36U);
  // Every key of the contract.
  for (const char* key : {"flow.items",
                          "flow.events",
                          "flow.finished",
                          "flow.open",
                          "flow.cancelled",
                          "flow.cycle_time.p50",
                          "flow.cycle_time.p85",
                          "flow.cycle_time.p95",
                          "flow.cycle_time.mean",
                          "flow.lead_time.p50",
                          "flow.lead_time.p85",
                          "flow.lead_time.p95",
                          "flow.cycle_time.km.p50",
                          "flow.cycle_time.km.p85",
                          "flow.cycle_time.km.p95",
                          "flow.throughput.week",
                          "flow.arrival.week",
                          "flow.load",
                          "flow.age.p50",
                          "flow.age.p85",
                          "flow.efficiency",
                          "flow.efficiency.band",
                          "flow.handoffs.team",
                          "flow.handoffs.person",
                          "flow.handoffs.team.per_item",
                          "flow.handoffs.person.per_item",
                          "flow.pingpong.share",
                          "flow.rework.share",
                          "flow.little.residual"}) {
    EXPECT_NE(book.find(key), nullptr) << key;
  }
}

}  // namespace
}  // namespace tiebeam::flow
