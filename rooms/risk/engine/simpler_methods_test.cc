// What simpler methods get wrong, with the numbers that docs/method/risk.md shows.
#include <gtest/gtest.h>

#include <cmath>

#include "quant/tail.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests
constexpr std::uint64_t kTrials = 1'000'000;

// Frequency x loss in each year instead of a number of events: the same mean, no bad year.
TEST(SimplerMethods, WithoutEventCountsMissTheTailSixTimes) {
  const Simulation found = run(of({scenario("s", poisson("0.02"), "10000..1000000")}), kTrials);
  std::vector<double> spread =
      years(of({scenario("s", fixed(1), "10000..1000000")}), 0, kTrials).before;
  for (double& each : spread) each *= 0.02;
  const std::vector<double> simple = sorted(std::move(spread));
  const double theirs = quant::value_at_risk({simple}, 0.999);
  EXPECT_NEAR(sample_of(simple).mean / found.portfolio.ale, 1, 0.05);
  EXPECT_NEAR(theirs, 151'000, 3'000);
  EXPECT_NEAR(*found.portfolio.quantiles[5], 1'000'000, 50'000);
  EXPECT_NEAR(*found.portfolio.quantiles[5] / theirs, 6.6, 0.4);
  EXPECT_EQ(simple.front() > 0, true);  // a loss in every year
  EXPECT_NEAR(found.portfolio.p_zero, std::exp(-0.02), 0.001);
}

// The mean of the years at or above VaR, where VaR is 0: that is the mean of all years.
TEST(SimplerMethods, OfTheWorstYearsAreAHundredTimesLowAtAnAtom) {
  const Register one = of({scenario("s", bernoulli("0.005"), "10000..1000000")});
  const Simulation found = run(one, kTrials);
  const auto all = years(one, 0, kTrials).before;
  ASSERT_EQ(*found.portfolio.quantiles[4], 0);
  double sum = 0, n = 0;
  for (const double x : all) {
    if (x < *found.portfolio.quantiles[4]) continue;
    sum += x;
    ++n;
  }
  EXPECT_NEAR(sum / n, 1332, 60);
  EXPECT_NEAR(*found.portfolio.tvar[1], 133'200, 6'000);
  EXPECT_NEAR(*found.portfolio.tvar[1] / (sum / n), 100, 1e-6);
}

// Other years for "with the control" than for "without": what a control of no effect is worth then.
TEST(SimplerMethods, WithUnpairedYearsFindEffectsThatAreNotThere) {
  Register one = of({scenario("s", poisson("0.5"), "10000..1000000")});
  one.controls = {control("none", "1000", {smaller(0, "0")})};
  const Simulation found = run(one, 100'000, 42), other = run(one, 100'000, 43);
  EXPECT_EQ(found.controls[0].reduction.value, 0);
  const double false_effect = found.portfolio.ale - other.portfolio.ale;
  EXPECT_GT(std::abs(false_effect), 100);
  EXPECT_LT(std::abs(false_effect), 5 * std::sqrt(2) * found.portfolio.se);
}

// Averaging controls, or adding them: half and half leave a quarter.
TEST(SimplerMethods, ThatAddControlsTakeAwayMoreThanThereIs) {
  Register one = of({scenario("s", fixed(1), "1000")});
  one.controls = {control("a", "1", {smaller(0, "0.5")}), control("b", "1", {smaller(0, "0.5")}),
                  control("weak", "1", {smaller(0, "0.1")})};
  const Simulation found = run(one, 100);
  EXPECT_NEAR(found.all_controls->reduction.value, 1000 * (1 - 0.5 * 0.5 * 0.9), 1e-9);
}

// A driver on the rate of a rare event moves little; on its count it moves what people see.
TEST(SimplerMethods, ThatCorrelateRatesHardlyCorrelateRareEvents) {
  const auto both = [](Frequency frequency) {
    Scenario a = scenario("a", frequency, "1"), b = scenario("b", std::move(frequency), "1");
    a.drivers = b.drivers = {{"attackers", 0.9}};
    const auto x = years(of({a, b}), 0, kTrials).before, y = years(of({a, b}), 1, kTrials).before;
    double together = 0;
    for (std::size_t t = 0; t < x.size(); ++t) together += x[t] > 0 && y[t] > 0 ? 1 : 0;
    return together / kTrials;
  };
  const double on_rates = both(poisson("pert min=0.04 mode=0.05 max=0.06"));
  const double on_counts = both(poisson("0.05"));
  EXPECT_NEAR(on_rates, 0.0024, 0.0003);  // as if independent: 0.0488^2
  EXPECT_NEAR(on_counts, 0.024, 0.002);   // ten times as often
}

}  // namespace
}  // namespace tiebeam::risk
