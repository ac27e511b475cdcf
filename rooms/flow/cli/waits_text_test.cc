// What a table would cut off stands below it in full.
#include "rooms/flow/cli/waits_text.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/figure_set.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

const FigureRegistry& registry() {
  static const FigureRegistry all = [] {
    FigureRegistry out;
    for (FigureFamily& family : flow_families()) out.add(std::move(family));
    return out;
  }();
  return all;
}

TEST(WaitsText, AReasonIsToldInFullBelowItsTable) {
  testing::Org org;
  for (int i = 0; i < 90; ++i) {
    const std::string item = "A" + std::to_string(i);
    const Instant start = testing::at("2024-01-01T08:00:00Z") + std::chrono::days{i};
    org.event(item, start, "Active").event(item, start + std::chrono::hours{9}, "Closed");
  }
  const FigureBook book(registry(), org.shared(), {});
  const std::string text = capacity_text(book);
  EXPECT_TRUE(text.contains("(none): what comes in and what goes out cannot be told apart\n"))
      << text;
  EXPECT_FALSE(text.contains("...")) << text;
}

TEST(WaitsText, OneIsWrittenAsOne) {
  EXPECT_EQ(counted_of(1, "finished items"), "1 finished item");
  EXPECT_EQ(counted_of(1, "items in progress"), "1 item in progress");
  EXPECT_EQ(counted_of(1, "handoffs"), "1 handoff");
  EXPECT_EQ(counted_of(2, "handoffs"), "2 handoffs");
}

}  // namespace
}  // namespace tiebeam::flow
