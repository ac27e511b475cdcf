#include "rooms/flow/engine/handovers/worst.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

Instant at(int hour) { return testing::at("2024-01-01T08:00:00Z") + std::chrono::hours{hour}; }

TEST(Handovers, WorstPairsAreThoseThatWaitLongestNotMostOften) {
  Org org;
  ValueStream stream;
  stream.id = "orders", stream.cost_of_delay_a_day = *Money::parse("48", Currency());
  org.record(stream);
  for (int i = 0; i < 4; ++i) {  // four quick ones
    const std::string item = "Q-" + std::to_string(i);
    org.event(item, at(0), "Active", "Desk").event(item, at(10), "Active", "Lab");
    org.event(item, at(12), "Closed", "Lab");
  }
  org.event("S", at(0), "Active", "Lab").event("S", at(10), "Queue", "Board");
  org.event("S", at(60), "Closed", "Board").created("S", at(0), "", "orders");
  const HandoverWaits found = compute_handover_waits(compute_report(org.snapshot(), {}));
  ASSERT_EQ(found.pairs.size(), 2U);
  EXPECT_EQ(found.pairs[0].to, "Board");
  EXPECT_DOUBLE_EQ(found.pairs[0].days, 50.0 / 24);
  EXPECT_EQ(found.pairs[0].cost->amount(), "100.00");  // 50 hours at 2 an hour
  EXPECT_EQ(found.pairs[1].count, 4);
  EXPECT_DOUBLE_EQ(found.pairs[1].mean.value, 2.0 / 24);
  EXPECT_FALSE(found.pairs[1].cost.has_value()) << "no stream says what a day costs";
  EXPECT_NEAR(found.pairs[0].share + found.pairs[1].share, 1, 1e-12);
}

}  // namespace
}  // namespace tiebeam::flow
