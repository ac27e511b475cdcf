// Decisions, worked by hand.
#include "rooms/governance/engine/decisions.h"

#include <gtest/gtest.h>

#include "rooms/governance/engine/figures.h"

namespace tiebeam::governance {
namespace {

Day day(std::string_view text) { return parse_day(text).value(); }
Currency eur() { return Currency::create("EUR").value(); }
Money money(std::string_view amount, std::string_view code = "EUR") {
  return Money::parse(amount, Currency::create(code).value()).value();
}

Decision decision(std::string id, std::string_view raised, std::string_view decided = "",
                  std::optional<Money> cost = {}, std::string_view needed = "") {
  Decision out;
  out.id = std::move(id);
  if (!raised.empty()) out.raised_at = day(raised);
  if (!decided.empty()) out.decided_at = day(decided);
  if (!needed.empty()) out.needed_by = day(needed);
  out.cost_of_delay_a_week = cost;
  return out;
}
const Figure& named(const std::vector<Figure>& figures, std::string_view name) {
  return *std::ranges::find(figures, "governance.decisions." + std::string(name), &Figure::key);
}

TEST(CostOfWaiting, IsExactToTheMinorUnit) {
  EXPECT_EQ(cost_of_waiting(money("52000.00"), 11)->amount(),
            "81714.29");  // 572000 / 7 = 81714.2857
  EXPECT_EQ(cost_of_waiting(money("7.00"), 7)->amount(), "7.00");
  EXPECT_EQ(cost_of_waiting(money("0.01"), 3)->amount(), "0.00");
  EXPECT_EQ(cost_of_waiting(money("0.01"), 4)->amount(), "0.01");
  EXPECT_EQ(cost_of_waiting(money("-0.01"), 4)->amount(), "-0.01");
  EXPECT_EQ(cost_of_waiting(Money(INT64_MAX, eur()), 8).error().code, "money.overflow");
}

TEST(Decisions, WaitByCostOfDelayThenAge) {
  const auto out = compute_decisions(
      {decision("cheap-old", "2026-01-01", "", money("100")),
       decision("dear", "2026-03-01", "", money("5000")),
       decision("cheap-new", "2026-02-01", "", money("100")), decision("silent", "2025-01-01"),
       decision("dollars", "2026-01-01", "", money("9000", "USD"))},
      eur(), day("2026-03-15"));
  std::vector<std::string> order;
  for (const auto& one : out.waiting) order.push_back(one.record.id);
  EXPECT_EQ(order,
            (std::vector<std::string>{"dear", "cheap-old", "cheap-new", "silent", "dollars"}));
  EXPECT_EQ(out.cost_a_week->amount(), "5200.00");
  // 14 days x 5000 / 7 = 10000; 73 x 100 / 7 = 1042.86; 42 x 100 / 7 = 600
  EXPECT_EQ(out.cost_so_far->amount(), "11642.86");
  EXPECT_EQ(out.other_currency, 1U);
}

TEST(Decisions, WhatIsDecidedLaterStillWaitsAndWhatIsRaisedLaterIsNotThere) {
  const std::vector<Decision> all = {decision("a", "2026-01-01", "2026-02-01"),
                                     decision("b", "2026-05-01")};
  const auto before = compute_decisions(all, eur(), day("2026-01-11"));
  ASSERT_EQ(before.waiting.size(), 1U);
  EXPECT_EQ(before.waiting[0].age_days, 10);
  EXPECT_TRUE(before.taken.empty());
  const auto after = compute_decisions(all, eur(), day("2026-02-01"));
  EXPECT_TRUE(after.waiting.empty());
  EXPECT_EQ(after.taken.at(0).days, 31);
}

// Six decided after 1, 2, 3, 4, 5, 6 days, two open since 2 and 10 days.
// At risk 8, 7, 6, 4, 4... : S(1) = 7/8, S(2) = 7/8 x 6/7 = 3/4, the one open since 2 days leaves;
// S(3) = 3/4 x 4/5 = 3/5, S(4) = 3/5 x 3/4 = 9/20 <= 1/2: half take at most 4 days.
TEST(Decisions, OpenOnesCountWhileTheyWait) {
  std::vector<Decision> all;
  for (int i = 1; i <= 6; ++i)
    all.push_back(
        decision("d" + std::to_string(i), "2026-03-01", "2026-03-0" + std::to_string(1 + i)));
  all.push_back(decision("young", "2026-03-09"));
  all.push_back(decision("old", "2026-03-01"));
  const auto out = compute_decisions(all, eur(), day("2026-03-11"));
  const auto figures = decision_figures(out, Instant{});
  EXPECT_DOUBLE_EQ(named(figures, "latency.p50").number(), 4);
  EXPECT_EQ(named(figures, "latency.p85").status, Status::too_few);
  EXPECT_DOUBLE_EQ(named(figures, "waiting").number(), 2);
  EXPECT_EQ(named(figures, "waiting.cost_a_week").status, Status::not_measurable);
}

TEST(Decisions, InTimeIsOfThoseWhoseDayHasPassed) {
  std::vector<Decision> all;
  for (int i = 0; i < 4; ++i)
    all.push_back(decision("k" + std::to_string(i), "2026-03-01", "2026-03-02", {}, "2026-03-05"));
  all.push_back(decision("late", "2026-03-01", "2026-03-08", {}, "2026-03-05"));
  all.push_back(decision("open", "2026-03-01", "", {}, "2026-03-05"));
  all.push_back(decision("coming", "2026-03-01", "2026-03-02", {}, "2026-06-05"));
  const auto out = compute_decisions(all, eur(), day("2026-03-11"));
  EXPECT_EQ(out.needed, 6U);
  EXPECT_EQ(out.in_time, 4U);
  const auto figures = decision_figures(out, Instant{});
  EXPECT_NEAR(named(figures, "in_time").number(), 4.0 / 6, 1e-12);
  EXPECT_DOUBLE_EQ(named(figures, "late").number(), 1);
  EXPECT_EQ(decision_evidence(out, "governance.decisions.in_time", 0, 100).size(), 6U);
}

TEST(Decisions, OneRaisedAfterItWasDecidedIsNotTimed) {
  const auto out =
      compute_decisions({decision("a", "2026-03-05", "2026-03-01")}, eur(), day("2026-03-11"));
  EXPECT_FALSE(out.taken.at(0).days);
  EXPECT_EQ(out.without_day, 1U);
  EXPECT_EQ(out.curve.spells, 0U);
}

}  // namespace
}  // namespace tiebeam::governance
