// On whom work rests: the worked examples of docs/method/concentration.md and what must hold for
// any division of work.
#include "rooms/flow/engine/concentration/concentration.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::string day(double offset) {
  const auto micros = static_cast<std::int64_t>(offset * kMicrosPerDay);
  return format_instant(testing::at("2024-01-01T08:00:00Z") + Micros{micros});
}
// `person` finishes a piece of work for `service` on a day.
void finish(Org& org, std::string_view person, std::string_view service, double on,
            std::string_view type = "incident") {
  static int number = 0;
  const std::string item = "W-" + std::to_string(++number);
  org.event(item, day(on - 1), "Active", "Team", person).event(item, day(on), "Closed");
  org.words(item, testing::at(day(on - 1)), service, type);
}
struct Answer {
  FlowReport report;
  Concentration found;
  std::vector<Figure> figures;
  explicit Answer(Org& org, const Asked& asked = {})
      : report(compute_report(org.snapshot(), asked)),
        found(compute_concentration(report)),
        figures(concentration_figures(report, found)) {}
  [[nodiscard]] const Figure& at(std::string_view key) const {
    return *std::ranges::find(figures, key, &Figure::key);
  }
  [[nodiscard]] const Area& area(std::string_view name) const {
    return *std::ranges::find(found.coverage.areas, name, &Area::name);
  }
};

// docs/method/concentration.md, worked example: 6, 3 and 1 of 10.
TEST(Concentration, SharesOfTheWorkedExample) {
  Org org;
  for (int i = 0; i < 6; ++i) finish(org, "Ann", "payroll", 10 + i);
  for (int i = 0; i < 3; ++i) finish(org, "Ben", "payroll", 10 + i);
  finish(org, "Cid", "shop", 12);
  const Answer answer(org);
  EXPECT_EQ(answer.at("flow.concentration.people").number(), 3);
  EXPECT_DOUBLE_EQ(answer.at("flow.concentration.hhi").number(), 0.4);  // (30 + 6 + 0) / 90
  EXPECT_DOUBLE_EQ(answer.at("flow.concentration.effective_people").number(), 2.5);
  EXPECT_DOUBLE_EQ(answer.at("flow.concentration.top1_share").number(), 0.6);
  EXPECT_DOUBLE_EQ(answer.at("flow.concentration.top10_share").number(), 1);
  EXPECT_TRUE(answer.at("flow.concentration.hhi").interval.has_value());
}

// The point of the correction: whatever the number of draws, the mean is the true value.
TEST(Concentration, HhiIsUnbiasedInSmallSamples) {
  const std::vector<double> shares = {0.5, 0.3, 0.2};  // HHI 0.38
  std::mt19937_64 rng(20240301);
  double sum = 0, naive = 0;
  constexpr int kRounds = 20000;
  for (int round = 0; round < kRounds; ++round) {
    std::map<int, std::int64_t> counts;
    Division division;
    for (int i = 0; i < 8; ++i) {
      const double u = static_cast<double>(rng() >> 11) / 9007199254740992.0;
      ++counts[u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2];
    }
    division.total = 8;
    for (const auto& [who, count] : counts) {
      division.counts.push_back(count);
      naive += static_cast<double>(count * count) / 64;
    }
    sum += division.repeat_share().value;
  }
  // sd of one draw is below 0.16: four standard errors are 0.0046.
  EXPECT_NEAR(sum / kRounds, 0.38, 0.0046);
  EXPECT_NEAR(naive / kRounds, 0.38 + 0.62 / 8, 0.0046);
}

// Its nine-in-ten interval holds the truth about nine times in ten.
TEST(Concentration, IntervalOfTheHhiHoldsTheTruth) {
  std::mt19937_64 rng(7);
  int held = 0;
  constexpr int kRounds = 2000;
  const double truth = 0.4 * 0.4 + 0.3 * 0.3 + 0.2 * 0.2 + 0.1 * 0.1;
  for (int round = 0; round < kRounds; ++round) {
    std::map<int, std::int64_t> counts;
    for (int i = 0; i < 200; ++i) {
      const auto u = rng() % 10;
      ++counts[u < 4 ? 0 : u < 7 ? 1 : u < 9 ? 2 : 3];
    }
    Division division;
    division.total = 200;
    for (const auto& [who, count] : counts) division.counts.push_back(count);
    const quant::Spread spread = division.repeat_share();
    held += spread.low <= truth && truth <= spread.high;
  }
  EXPECT_NEAR(held / static_cast<double>(kRounds), 0.9, 0.03);
}

TEST(Concentration, TheLastKnownAssigneeUpToTheFinishFinishedIt) {
  Org org;
  for (int i = 0; i < 5; ++i) {
    const std::string item = "A-" + std::to_string(i);
    org.event(item, day(1), "Active", "", "Ann").event(item, day(2), "Queue", "", "Ben");
    org.event(item, day(3), "Closed");               // nobody is named: Ben still holds it
    org.event(item, day(4), "Archived", "", "Cid");  // after the finish
  }
  const Answer answer(org);
  EXPECT_EQ(answer.at("flow.concentration.people").number(), 1);
  EXPECT_EQ(answer.report.log.person_name(answer.found.work.known[0].person), "Ben");
}

TEST(Concentration, WorkOfNobodyIsLeftOutAndCounted) {
  Org org;
  for (int i = 0; i < 5; ++i) finish(org, "Ann", "shop", 3 + i);
  for (int i = 0; i < 4; ++i) finish(org, "", "shop", 3 + i);
  const Answer answer(org);
  const Figure& hhi = answer.at("flow.concentration.hhi");
  EXPECT_EQ(hhi.number(), 1);
  EXPECT_EQ(hhi.n, 5);
  EXPECT_EQ(hhi.trail.notes[0], "4 finished items name no person and are left out");
}

TEST(Concentration, WithoutPeopleItIsNotMeasurable) {
  Org org;
  for (int i = 0; i < 9; ++i) finish(org, "", "shop", 3 + i);
  const Answer answer(org);
  for (const Figure& figure : answer.figures) {
    EXPECT_EQ(figure.status, Status::not_measurable) << figure.key;
    EXPECT_NE(figure.reason.find("assignee"), std::string::npos);
  }
}

// docs/method/concentration.md, worked example: payroll is Ann's alone, the shop Ann's and Ben's,
// the web Cid's.
Org three_areas() {
  Org org;
  for (int i = 0; i < 8; ++i) finish(org, "Ann", "payroll", 90 + 0.1 * i);
  for (int i = 0; i < 4; ++i) finish(org, "Ann", "shop", 90 + 0.1 * i);
  for (int i = 0; i < 4; ++i) finish(org, "Ben", "shop", 90 + 0.1 * i);
  for (int i = 0; i < 5; ++i) finish(org, "Cid", "web", 90 + 0.1 * i, "feature");
  org.event("begin", day(0), "Active").event("begin", day(1), "Dropped");
  return org;
}

TEST(TruckFactor, AreasOfTheWorkedExample) {
  Org org = three_areas();
  const Answer answer(org);
  EXPECT_EQ(answer.at("flow.concentration.areas").number(), 3);
  EXPECT_EQ(answer.at("flow.concentration.single_holder").number(), 2);
  EXPECT_EQ(answer.at("flow.truck_factor").number(), 2);  // Ann, then one of the others
  EXPECT_EQ(answer.area("payroll / incident").verdict, AreaVerdict::rests_on_one);
  EXPECT_EQ(answer.area("shop / incident").verdict, AreaVerdict::shared);
  EXPECT_EQ(answer.area("shop / incident").bus_factor, 2U);
  EXPECT_EQ(answer.area("web / feature").top_share, 1);
  // 13 pieces of work of only holders in 90.7 days, 2.98 months.
  EXPECT_NEAR(answer.at("flow.concentration.single_holder.month").number(), 13 / (90.7 / 30.4375),
              0.01);
  EXPECT_NEAR(answer.at("flow.concentration.hero_index").number(), 2.0 / 3 * 12 / 21, 1e-12);
}

TEST(TruckFactor, OldFinishesFade) {
  Org org = three_areas();
  // Half a year ago Dan did as much in payroll as Ann does now: too long ago to count.
  for (int i = 0; i < 8; ++i) finish(org, "Dan", "payroll", 90 - 190 + 0.1 * i);
  EXPECT_EQ(Answer(org).area("payroll / incident").verdict, AreaVerdict::rests_on_one);
  // Thirteen weeks ago counts half: four finishes are two, enough to cover it.
  for (int i = 0; i < 5; ++i) finish(org, "Eve", "payroll", 90 - 91 + 0.1 * i);
  EXPECT_EQ(Answer(org).area("payroll / incident").verdict, AreaVerdict::shared);
}

TEST(TruckFactor, WorkSpreadOverManyIsNoHeros) {
  Org org;
  // Forty people with two each, and one with ten of ninety: above 10 % but far from half.
  for (int k = 0; k < 40; ++k) {
    for (int i = 0; i < 2; ++i) finish(org, "P" + std::to_string(k), "desk", 50);
  }
  for (int i = 0; i < 10; ++i) finish(org, "Ann", "desk", 50);
  const Answer answer(org);
  EXPECT_EQ(answer.area("desk / incident").covering, 1U);
  EXPECT_EQ(answer.area("desk / incident").verdict, AreaVerdict::spread);
  EXPECT_EQ(answer.at("flow.concentration.single_holder").number(), 0);
  EXPECT_EQ(answer.at("flow.truck_factor").status, Status::not_reached);
}

TEST(TruckFactor, ThinAreasDoNotCount) {
  Org org = three_areas();
  finish(org, "Dan", "archive", 90);
  const Answer answer(org);
  EXPECT_EQ(answer.area("archive / incident").verdict, AreaVerdict::thin);
  EXPECT_EQ(answer.at("flow.concentration.areas").number(), 3);
}

TEST(TruckFactor, GreedyTakesTheOneWhoCoversMost) {
  EXPECT_EQ(truck_factor({{1}, {1}, {2}}).people, 1U);
  EXPECT_EQ(truck_factor({{1, 2}, {1, 2}, {1, 2}}).people, 2U);
  EXPECT_EQ(truck_factor({{1}, {2}, {3}, {4}}).people, 3U);
  EXPECT_EQ(truck_factor({{1}, {}}).people, std::nullopt);  // one of two is not more than half
  EXPECT_EQ(truck_factor({}).people, std::nullopt);
}

TEST(TruckFactor, MoreCoverNeverLowersIt) {
  std::mt19937_64 rng(11);
  for (int round = 0; round < 300; ++round) {
    Covers covers(1 + rng() % 6);
    for (auto& area : covers) {
      for (std::uint32_t k = 0; k <= rng() % 3; ++k)
        area.push_back(static_cast<std::uint32_t>(1 + rng() % 5));
    }
    const auto before = truck_factor(covers).people;
    ASSERT_TRUE(before.has_value());
    // Somebody new who covers everything: one more has to go, unless others are enough before.
    for (auto& area : covers) area.push_back(99);
    const auto after = truck_factor(covers).people;
    ASSERT_TRUE(after.has_value());
    EXPECT_EQ(*after, *before + 1);
  }
}

TEST(Concentration, AreaWithoutServiceIsStreamAndType) {
  Org org;
  for (int i = 0; i < 5; ++i) {
    const std::string item = "S-" + std::to_string(i);
    org.event(item, day(1), "Active", "", "Ann").event(item, day(2), "Closed");
    org.created(item, day(0), "defect", "orders");
  }
  const Answer answer(org);
  EXPECT_EQ(answer.area("orders / defect").value_stream, "orders");
  const auto& notes = answer.at("flow.truck_factor").trail.notes;
  EXPECT_TRUE(std::ranges::any_of(notes, [](const std::string& note) {
    return note == "5 of these items name no service: their area is value stream x type";
  }));
}

TEST(Concentration, EscalationPullCountsHandoffsOfStuckWork) {
  Org org;
  for (int i = 0; i < 6; ++i) {
    const std::string item = "E-" + std::to_string(i);
    org.event(item, day(1), "Active", "", "Ann").event(item, day(2), "Awaiting parts", "", "Ann");
    // Out of the block to the same expert four times of six.
    org.event(item, day(3), "Active", "", i < 4 ? "Hero" : "Ben");
    org.event(item, day(4), "Queue", "", "Cid").event(item, day(5), "Closed");  // not stuck
  }
  const Answer answer(org);
  const Figure& pull = answer.at("flow.concentration.escalation_pull");
  EXPECT_EQ(pull.n, 6);
  EXPECT_DOUBLE_EQ(pull.number(), 4.0 / 6);
}

}  // namespace
}  // namespace tiebeam::flow
