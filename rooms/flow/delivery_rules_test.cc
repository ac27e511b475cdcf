// The rule about speed and stability fires when both moved the wrong way, and only then.
#include <gtest/gtest.h>

#include "rooms/flow/delivery.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

// `count` deployments spread over the 35 days from `first` on, every `fails`-th with an incident.
void half(Org& org, int first, int count, int fails) {
  static int number = 0;
  for (int i = 0; i < count; ++i) {
    const std::string key = "d" + std::to_string(++number);
    const Instant at = testing::at("2024-01-01T06:00:00Z") + std::chrono::days{first} +
                       std::chrono::minutes{35 * 24 * 60 * i / count};
    org.deployed({.key = key, .service = "shop"}, at);
    if (i % fails == 0)
      org.outage("I-" + key, "shop", at + std::chrono::hours{1}, at + std::chrono::hours{2}, key);
  }
}
std::vector<Finding> look(Org& org) {
  FigureRegistry registry;
  for (FigureFamily& family : flow_families()) registry.add(std::move(family));
  const FigureBook book(registry, org.shared(), {});
  return delivery_rules()[0].look(book);
}

TEST(DeliveryRules, SpeedBoughtWithFailures) {
  Org org;
  half(org, 0, 30, 30);
  half(org, 35, 60, 5);
  const auto findings = look(org);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(
      findings[0].message,
      "deployments went up from 6.1 to 12.1 a week, and those that caused an incident from 3 % "
      "to 20 %: the speed is bought with failures");
}

TEST(DeliveryRules, SilentWhenOnlyOneMoved) {
  Org faster;
  half(faster, 0, 30, 10), half(faster, 35, 60, 10);
  EXPECT_TRUE(look(faster).empty());
  Org worse;
  half(worse, 0, 40, 40), half(worse, 35, 40, 4);
  EXPECT_TRUE(look(worse).empty());
  Org few;
  half(few, 0, 5, 5), half(few, 35, 15, 2);
  EXPECT_TRUE(look(few).empty());
}

}  // namespace
}  // namespace tiebeam::flow
