#include "application/zones.h"

#include <gtest/gtest.h>

namespace tiebeam {
namespace {

TEST(Zones, BerlinKnowsSummerTime) {
  const auto zone = load_zone("Europe/Berlin");
  ASSERT_TRUE(zone.has_value());
  EXPECT_EQ(offset_at(*zone, *parse_instant("2016-01-15T12:00:00Z")), std::chrono::hours{1});
  EXPECT_EQ(offset_at(*zone, *parse_instant("2016-07-15T12:00:00Z")), std::chrono::hours{2});
  EXPECT_EQ(offset_at(*zone, *parse_instant("2016-03-27T00:59:59Z")), std::chrono::hours{1});
  EXPECT_EQ(offset_at(*zone, *parse_instant("2016-03-27T01:00:00Z")), std::chrono::hours{2});
}

TEST(Zones, UtcNeedsNoTable) {
  const auto zone = load_zone("UTC");
  ASSERT_TRUE(zone.has_value());
  EXPECT_TRUE(zone->steps.empty());
}

class NotAZone : public testing::TestWithParam<const char*> {};
TEST_P(NotAZone, IsRefusedWithAHint) {
  const auto zone = load_zone(GetParam());
  ASSERT_FALSE(zone.has_value());
  EXPECT_EQ(zone.error().code, "zone.unknown");
  EXPECT_FALSE(zone.error().hint.empty());
}
INSTANTIATE_TEST_SUITE_P(All, NotAZone,
                         testing::Values("Europe/Berlim", "", "../../etc/passwd", "/etc/localtime",
                                         "a b"));

}  // namespace
}  // namespace tiebeam
