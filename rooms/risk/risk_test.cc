// The room's answer: verdicts, findings, warnings and figures of a register.
#include "rooms/risk/risk.h"

#include <gtest/gtest.h>

#include "rooms/risk/cli/simulate_text.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

RiskAnswer answered(Register wanted, std::uint64_t trials = 10'000) {
  auto found = answer_register(std::move(wanted), {"register.json", std::string(64, '0')},
                               {.trials = trials});
  EXPECT_TRUE(found.has_value()) << (found ? "" : found.error().message);
  return found ? *std::move(found) : RiskAnswer{};
}

TEST(RiskAnswer, GivesEachPointOfAppetiteAVerdict) {
  Register all = of({scenario("s", bernoulli("0.1"), "1000")});
  all.appetite = {{0.2, 100}, {0.1, 200}, {0.01, 900}};  // 0.1 is what it is: trials cannot decide
  const RiskAnswer found = answered(all);
  ASSERT_EQ(found.simulation.appetite.size(), 3u);
  EXPECT_EQ(found.simulation.appetite[0].verdict, quant::Verdict::within);
  EXPECT_EQ(found.simulation.appetite[1].verdict, quant::Verdict::undecided);
  EXPECT_EQ(found.simulation.appetite[2].verdict, quant::Verdict::breach);
  ASSERT_EQ(found.findings.size(), 2u);
  EXPECT_EQ(found.findings[0].rule, "risk.appetite_undecided");
  EXPECT_TRUE(found.findings[0].act.contains("more trials")) << found.findings[0].act;
  EXPECT_EQ(found.findings[1].rule, "risk.appetite_breached");
  EXPECT_EQ(found.findings[1].severity, Severity::warning);
  EXPECT_TRUE(risk_text(found).contains("undecided"));
}

TEST(RiskAnswer, LosesStrictlyMoreThanThePoint) {
  Register all = of({scenario("s", fixed(1), "1000")});
  all.appetite = {{0.2, 999}, {0.1, 1000}};
  const RiskAnswer found = answered(all, 1000);
  EXPECT_EQ(found.simulation.appetite[0].probability.value, 1);
  EXPECT_EQ(found.simulation.appetite[1].probability.value, 0);
}

TEST(RiskAnswer, CutsANormalAtZeroAndSaysSo) {
  const RiskAnswer found = answered(of({scenario("s", fixed(1), "normal mean=100 sd=55")}));
  ASSERT_EQ(found.warnings.size(), 1u);
  EXPECT_TRUE(found.warnings[0].contains("s primary_loss: below 0 in 3.5 of 100"))
      << found.warnings[0];
  EXPECT_NEAR(found.simulation.portfolio.ale, *found.simulation.ale_exact,
              5 * found.simulation.portfolio.se);
  EXPECT_GT(*found.simulation.ale_exact, 100);
  const auto refused =
      simulate(of({scenario("s", fixed(1), "normal mean=100 sd=90")}), {.trials = 10});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "risk.below_zero");
}

TEST(RiskAnswer, ThatMoneyCannotHoldIsNotToldAsMoney) {
  const RiskAnswer found = answered(of({scenario("s", fixed(1), "1e30")}), 1000);
  const auto ale = std::ranges::find(found.figures, "risk.portfolio.ale", &Figure::key);
  ASSERT_NE(ale, found.figures.end());
  EXPECT_EQ(ale->status, Status::not_measurable);
  EXPECT_FALSE(ale->reason.empty());
  EXPECT_EQ(*risk_json(found).find("portfolio")->find("ale")->number(), 1e30);
}

TEST(RiskAnswer, ComparesYearByYearOnlyAsManyYearsAsAreKept) {
  Register all = of({scenario("s", fixed(1), "5")});
  all.controls = {control("c", "1", {smaller(0, "0.5")})};
  const auto refused = simulate(all, {.trials = kMostKept + 1});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "risk.too_many_trials");
  EXPECT_FALSE(refused.error().hint.empty());
  EXPECT_FALSE(
      simulate(of({scenario("s", fixed(1), "5")}), {.trials = kMostTrials + 1}).has_value());
}

TEST(RiskAnswer, HasNoBestSetWhereThereIsNothingToChooseFrom) {
  Register all = of({scenario("s", fixed(1), "5")});
  all.control_budget = 100;
  EXPECT_FALSE(run(all, 1000).best.has_value());
}

TEST(RiskAnswer, SaysChancesAsYears) {
  EXPECT_EQ(years_words(0), "no year");
  EXPECT_EQ(years_words(0.05), "1 year in 20");
  EXPECT_EQ(years_words(0.5), "50 of 100 years");
  EXPECT_EQ(years_words(1), "every year");
  EXPECT_EQ(money_words(72'412, *Currency::create("EUR")), "EUR 72,400");
}

}  // namespace
}  // namespace tiebeam::risk
