#include "rooms/flow/guards.h"

#include <gtest/gtest.h>

#include "rooms/flow/records.h"

namespace tiebeam::flow {
namespace {

std::vector<Error> refusal(const std::string& state_map) {
  ValueStream stream;
  stream.id = stream.name = "desk";
  stream.state_map = state_map;
  return check_value_stream(to_record(stream));
}

TEST(FlowGuards, AStateMapThatNothingCanReadIsRefused) {
  EXPECT_TRUE(refusal("").empty());
  EXPECT_TRUE(refusal("[states]\nNew = \"wait\"\n").empty());
  const auto broken = refusal("not TOML at all");
  ASSERT_EQ(broken.size(), 1u);
  EXPECT_EQ(broken[0].code, "state_map.not_toml");
  EXPECT_EQ(broken[0].field, "/state_map");
  EXPECT_FALSE(broken[0].found.empty() || broken[0].expected.empty() || broken[0].hint.empty());
  const auto unknown = refusal("[states]\nNew = \"asleep\"\n");
  ASSERT_EQ(unknown.size(), 1u);
  EXPECT_EQ(unknown[0].detail, "at /states/New of the map");
}

}  // namespace
}  // namespace tiebeam::flow
