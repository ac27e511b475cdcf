// The whole appetite in one step: what is written, what goes, what is refused and leaves all as it
// was.
#include "rooms/risk/api/appetite_plan.h"

#include <gtest/gtest.h>

#include <map>

#include "application/table.h"
#include "rooms/risk/mount_start.h"
#include "rooms/risk/org_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

// Two points on record, each in its second version, agreed to by Ada on a day before.
struct Whole {
  Table table;
  Org org;
  Whole() {
    mount_start(table);
    for (const auto& [id, name] : {std::pair{"ada", "Ada Lovelace"}, {"ravi", "Ravi Okafor"}}) {
      Person person;
      person.id = id;
      person.name = name;
      org.put(person);
    }
    for (const auto& [id, share, loss] :
         {std::tuple{"bad", 0.1, 1'000'000}, {"worst", 0.01, 6'000'000}}) {
      Appetite point;
      point.id = id;
      point.name = std::string("Point ") + id;
      point.probability = *Fraction::create(share);
      point.loss = Money(std::int64_t{loss} * 100, Currency{});
      point.set_by = Id<"person">("ada");
      point.set_on = day("2026-05-20");
      point.version = 2;
      org.put(point);
    }
  }
  [[nodiscard]] Result<RecordPlan> plan(const std::string& file,
                                        const std::string& by = "ada") const {
    const Asking asking{.table = table,
                        .book = std::make_shared<FigureBook>(table.figures, org.shared(), Asked{}),
                        .options = {{"FILE", file}, {"--by", by}},
                        .warnings = {},
                        .sources = {},
                        .recompute = {}};
    return appetite_writing().plan(
        asking, {.actor = "person/ada", .at = *parse_instant("2026-11-20T09:00:00Z")});
  }
};

constexpr const char* kSeen =
    R"("seen": [{"id": "bad", "version": 2}, {"id": "worst", "version": 2}])";
std::string file_of(const std::string& points, const std::string& seen = kSeen) {
  return "{\"points\": [" + points + "]" + (seen.empty() ? "" : ", " + seen) + "}";
}
constexpr const char* kBad =
    R"({"id": "bad", "name": "Point bad", "probability": 0.1, "loss": "1000000.00"})";

TEST(WholeAppetite, ChangesAddsAndTakesOutInOneStep) {
  const Whole with;
  const auto plan = with.plan(file_of(
      std::string(kBad) + R"(, {"name": "A dear year", "probability": 0.05, "loss": "2500000"})"));
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  ASSERT_EQ(plan->records.size(), 2U);
  const auto same = to_struct<Appetite>(plan->records[0].second);
  EXPECT_EQ(same.set_on, day("2026-05-20"));  // it says what it said
  const auto made = to_struct<Appetite>(plan->records[1].second);
  EXPECT_EQ(made.id, "a-dear-year");
  EXPECT_EQ(made.loss, Money(250'000'000, Currency{}));
  EXPECT_EQ(made.set_on, day("2026-11-20"));
  ASSERT_EQ(plan->removed.size(), 1U);
  EXPECT_EQ(plan->removed[0].second, "worst");
}

TEST(WholeAppetite, WhatSomebodyElseAgreesToHasTheirNameAndDay) {
  const auto plan = Whole().plan(file_of(kBad), "ravi");
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  const auto made = to_struct<Appetite>(plan->records[0].second);
  EXPECT_EQ(made.set_by.str(), "ravi");
  EXPECT_EQ(made.set_on, day("2026-11-20"));
}

TEST(WholeAppetite, RefusesAllWhenOnePointMoved) {
  const Whole with;
  for (
      const auto& [seen, says] :
      {std::pair{R"("seen": [{"id": "bad", "version": 1}, {"id": "worst", "version": 2}])",
                 "changed"},
       {R"("seen": [{"id": "bad", "version": 2}])", "added"},
       {R"("seen": [{"id": "bad", "version": 2}, {"id": "worst", "version": 2}, {"id": "old", "version": 1}])",
        "taken out"}}) {
    const auto plan = with.plan(file_of(kBad, seen));
    ASSERT_FALSE(plan.has_value()) << says;
    EXPECT_EQ(plan.error().code, "risk.appetite_moved");
    EXPECT_EQ(plan.error().kind, Kind::conflict);
    EXPECT_NE(plan.error().message.find(says), std::string::npos) << plan.error().message;
  }
  EXPECT_TRUE(with.plan(file_of(kBad, "")).has_value());  // whoever did not look takes it as it is
}

TEST(WholeAppetite, RefusesWhatCannotBeMeantByItsPlace) {
  const Whole with;
  const auto refused = [&](const std::string& points) {
    const auto plan = with.plan(file_of(points));
    EXPECT_TRUE(plan.has_value() && plan->records.empty()) << points;
    if (!plan || plan->faults.empty()) return Error{};
    EXPECT_EQ(plan->faults.front().code, "risk.bad_appetite");
    for (const Error& each : plan->faults)
      EXPECT_FALSE(each.found.empty() || each.expected.empty()) << each.message;
    return plan->faults.front();
  };
  const auto two = with.plan(file_of(
      R"({"name": "x", "probability": 1.5, "loss": "1"}, {"name": "y", "probability": 0.5, "loss": "much"})"));
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->faults.size(), 2u) << "each fault is an entry of its own";
  const Error order = refused(
      R"({"name": "Rare", "probability": 0.01, "loss": "100"}, {"name": "Often", "probability": 0.1, "loss": "200"})");
  EXPECT_EQ(order.field, "/points/0/loss");
  EXPECT_NE(order.message.find("once in 100 years"), std::string::npos) << order.message;
  EXPECT_EQ(refused(R"({"name": "x", "probability": 1.5, "loss": "100"})").field,
            "/points/0/probability");
  EXPECT_EQ(refused(R"({"name": "x", "probability": 0.5, "loss": "much"})").field,
            "/points/0/loss");
  EXPECT_EQ(refused(R"({"name": "x", "probability": 0.5, "loss": "-3"})").field, "/points/0/loss");
  EXPECT_EQ(refused(R"({"name": "", "probability": 0.5, "loss": "3"})").field, "/points/0/name");
  EXPECT_EQ(with.plan(file_of(kBad), "nobody").error().code, "risk.no_such_person");
}

TEST(WholeAppetite, OfNoPointsIsNobodys) {
  const auto plan = Whole().plan(file_of(""), "");
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_EQ(plan->removed.size(), 2U);
}

}  // namespace
}  // namespace tiebeam::risk
