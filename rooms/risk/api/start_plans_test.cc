// An appetite agreed to by name: points on record are moved, not doubled; refused in words.
#include "rooms/risk/api/start_plans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "application/table.h"
#include "rooms/risk/mount_start.h"
#include "rooms/risk/org_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

struct Agreeing {
  Table table;
  Org org;
  Agreeing() {
    mount_start(table);
    Person ada;
    ada.id = "ada";
    ada.name = "Ada Lovelace";
    org.put(ada);
  }
  [[nodiscard]] Asking asking(std::map<std::string, std::string, std::less<>> options) const {
    return {.table = table,
            .book = std::make_shared<FigureBook>(table.figures, org.shared(), Asked{}),
            .options = std::move(options),
            .warnings = {},
            .sources = {},
            .recompute = {}};
  }
  [[nodiscard]] Result<RecordPlan> agree(const std::string& points) const {
    return plan_agree(asking({{"--point", points}, {"--by", "ada"}}),
                      {.actor = "person/ada", .at = *parse_instant("2026-11-20T09:00:00Z")});
  }
};

std::vector<Appetite> points_of(const RecordPlan& plan) {
  std::vector<Appetite> out;
  for (const auto& [type, record] : plan.records) {
    if (type == "appetite") out.push_back(to_struct<Appetite>(record));
  }
  return out;
}

TEST(Agreeing, MovesThePointOnRecordThatIsAsLikely) {
  Agreeing with;
  with.org.appetite("one-in-ten", 0.1, 1'000'000).appetite("seven-percent", 0.07, 2'000'000);
  const auto plan = with.agree("1200000@10\n2.5m@14.29");
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  const std::vector<Appetite> points = points_of(*plan);
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].id, "one-in-ten");
  EXPECT_EQ(points[0].name, "Point one-in-ten");
  EXPECT_EQ(points[0].loss, Money(120'000'000, Currency{}));
  EXPECT_EQ(points[0].set_by.str(), "ada");
  EXPECT_EQ(points[0].set_on, day("2026-11-20"));
  EXPECT_EQ(points[1].id, "seven-percent");
  EXPECT_EQ(points[1].probability->value(), 0.07);
}

TEST(Agreeing, TakesNoIdFromAnotherPoint) {
  Agreeing with;
  with.org.appetite("once-in-10-years", 0.2, 100'000);
  const auto plan = with.agree("1m@10");
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  ASSERT_EQ(points_of(*plan).size(), 1U);
  EXPECT_EQ(points_of(*plan)[0].id, "once-in-10-years-2");
  EXPECT_EQ(points_of(*plan)[0].name, "Once in 10 years");
}

TEST(Agreeing, BesideAPointThatStaysIsRefusedInWords) {
  Agreeing with;
  with.org.appetite("one-in-ten", 0.1, 1'000'000);
  const auto plan = with.agree("800k@100");
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, "appetite.not_in_order");
  EXPECT_EQ(plan.error().message,
            "a loss above 800,000 once in 100 years follows one above 1,000,000 once in 10 years: "
            "each next point must be rarer and dearer");
}

TEST(Starting, BeginsWithTheAppetiteOnRecord) {
  Agreeing with;
  with.org.appetite("worst", 0.01, 6'000'000).appetite("bad", 0.1, 1'000'000);
  const auto answer = [&] {
    auto wish = start_wish(with.asking({}));
    EXPECT_TRUE(wish.has_value());
    return *start_answer(with.org.snapshot(), *std::move(wish));
  };
  const StartAnswer held = answer();
  EXPECT_FALSE(held.is_suggested);
  ASSERT_EQ(held.points.size(), 2U);
  EXPECT_EQ(held.points[0].id, "bad");
  EXPECT_EQ(held.points[0].loss, 1'000'000);
  EXPECT_EQ(held.points[0].by, "ada");
  EXPECT_EQ(held.points[1].years, 100);
  with.org.appetite("odd", 0.5, 9'000'000);  // out of order: what is on record says nothing
  EXPECT_TRUE(answer().is_suggested);
  EXPECT_FALSE(answer().points.empty());
}

}  // namespace
}  // namespace tiebeam::risk
