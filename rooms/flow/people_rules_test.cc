// Each rule about people's load fires on the case it is for, in a sentence for the business.
#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::vector<Finding> look(std::string_view id, Org& org) {
  const std::vector<Rule> rules = flow_rules();
  const Rule& rule = *std::ranges::find(rules, id, &Rule::id);
  FigureRegistry registry;
  for (FigureFamily& family : flow_families()) registry.add(std::move(family));
  const FigureBook book(registry, org.shared(), {});
  return rule.look(book);
}
Instant hour(int offset) {
  return testing::at("2024-01-01T08:00:00Z") + std::chrono::hours{offset};
}
// `who` takes it up at an hour and finishes it an hour later.
void work(Org& org, const std::string& item, int at, std::string_view who,
          std::string_view service = {}, std::string_view type = "incident",
          std::string_view stream = {}) {
  org.event(item, hour(at), "Active", "Net", who).event(item, hour(at + 1), "Closed", "Net", who);
  org.words(item, hour(at), service, type, "", stream);
}

Org two_of_three() {
  Org org;
  org.event("begin", hour(-24 * 90), "Active").event("begin", hour(-24 * 89), "Dropped");
  for (int i = 0; i < 8; ++i) work(org, "P" + std::to_string(i), i, "Ann", "payroll");
  for (int i = 0; i < 5; ++i) work(org, "W" + std::to_string(i), i, "Cid", "web");
  for (int i = 0; i < 8; ++i)
    work(org, "S" + std::to_string(i), i, i % 2 == 0 ? "Ann" : "Ben", "shop");
  return org;
}

TEST(PeopleRules, HeroDependencySaysWhatWaits) {
  Org org = two_of_three();
  const auto findings = look("flow.hero_dependency", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "2 of 3 areas of work rest on one person each: if they are away, 4.4 pieces of work a "
            "month wait, in 'payroll / incident' and 'web / incident'");
  EXPECT_EQ(findings[0].subject.type, "organisation");
}

TEST(PeopleRules, HeroDependencyIsSilentWhereWorkIsShared) {
  Org org;
  for (int i = 0; i < 20; ++i)
    work(org, "S" + std::to_string(i), i, i % 2 == 0 ? "Ann" : "Ben", "shop");
  EXPECT_TRUE(look("flow.hero_dependency", org).empty());
}

TEST(PeopleRules, FirefightingComparesWithWhatIsPlannedFor) {
  Org org;
  for (int i = 0; i < 70; ++i)
    work(org, "U" + std::to_string(i), 24 * i, "Ann", "", i % 2 == 0 ? "incident" : "feature",
         "Orders");
  const auto findings = look("flow.firefighting", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(
      findings[0].message,
      "35 of 70 pieces of work begun in Orders (50 %) were urgent and not planned; it plans for "
      "at most 20 %; in the last full month it was 48 %");
  EXPECT_EQ(findings[0].subject, (Subject{"value_stream", "orders"}));
  ValueStream stream;
  stream.id = "orders", stream.unplanned_target = 0.7;
  org.record(stream);
  EXPECT_TRUE(look("flow.firefighting", org).empty());
}

TEST(PeopleRules, LoadNamesTeamsAndNoPeople) {
  Org org;
  for (int i = 0; i < 90; ++i)  // every hour of day and night
    work(org, "N" + std::to_string(i), i, "Person " + std::to_string(i % 4));
  const auto findings = look("flow.load_on_people", org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "in the one team more than 20 % of the events lie outside working hours: Net (56 "
            "%)");
}

}  // namespace
}  // namespace tiebeam::flow
