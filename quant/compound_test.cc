#include "quant/compound.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "quant/compound_oracle_test_support.h"

namespace tiebeam::quant {
namespace {

Marginal made(std::string_view text) { return *Marginal::create(*parse_estimate(text)); }

TEST(Frequency, ChancesSumToOneAndGiveTheMoments) {
  const struct {
    const char* name;
    CountMoments moments;
    double (*chance)(double);
  } rows[] = {{"poisson", poisson_count(3.5), [](double n) { return poisson_chance(3.5, n); }},
              {"negative binomial", negative_binomial_count(2, 0.5),
               [](double n) { return negative_binomial_chance(2, 0.5, n); }},
              {"bernoulli", bernoulli_count(0.3),
               [](double n) { return n == 0   ? 0.7
                                     : n == 1 ? 0.3
                                              : 0.0; }},
              {"fixed", fixed_count(4), [](double n) { return n == 4 ? 1.0 : 0.0; }}};
  for (const auto& row : rows) {
    double total = 0, mean = 0, variance = 0, third = 0;
    for (double n = 0; n < 400; ++n) mean += n * row.chance(n);
    for (double n = 0; n < 400; ++n) {
      total += row.chance(n);
      variance += (n - mean) * (n - mean) * row.chance(n);
      third += std::pow(n - mean, 3) * row.chance(n);
    }
    EXPECT_NEAR(total, 1, 1e-12) << row.name;
    EXPECT_NEAR(row.moments.mean, mean, 1e-11) << row.name;
    EXPECT_NEAR(row.moments.variance, variance, 1e-10) << row.name;
    EXPECT_NEAR(row.moments.third, third, 1e-8) << row.name;
    EXPECT_NEAR(row.moments.p_zero, row.chance(0), 1e-14) << row.name;
  }
}

TEST(Frequency, RateAndChanceBothWays) {
  EXPECT_EQ(rate_of_once_in(50), 0.02);
  EXPECT_NEAR(chance_of_rate(rate_of_chance(0.3)), 0.3, 1e-15);
  EXPECT_EQ(rate_of_chance(0), 0);
  EXPECT_EQ(poisson_quantile(0, 0.99), 0);
  EXPECT_EQ(poisson_quantile(5, 0), 0);
  for (const double rate : {0.01, 1.0, 30.0, 1e6}) {
    const double k = poisson_quantile(rate, 0.9);
    EXPECT_GE(poisson_cdf(rate, k), 0.9);
    EXPECT_LT(poisson_cdf(rate, k - 1), 0.9);
  }
}

TEST(MixedPoisson, OfAGammaRateIsNegativeBinomial) {
  const CountMoments mixed = mixed_poisson_count(made("gamma shape=1.5 scale=2"));
  const CountMoments known = negative_binomial_count(3, 1.5);
  EXPECT_NEAR(mixed.mean, known.mean, 1e-12);
  EXPECT_NEAR(mixed.variance, known.variance, 1e-12);
  EXPECT_NEAR(mixed.third, known.third, 1e-9);
  EXPECT_NEAR(mixed.p_zero, known.p_zero, 1e-9);
}

TEST(MixedPoisson, ACertainFactorScalesTheRate) {
  const CountMoments once = mixed_poisson_count(made("2"), made("0.5"));
  EXPECT_DOUBLE_EQ(once.mean, 1);
  EXPECT_DOUBLE_EQ(once.variance, 1);
  EXPECT_DOUBLE_EQ(once.p_zero, std::exp(-1.0));
  const CountMoments pert = mixed_poisson_count(made("1..4..12"), made("1"));
  EXPECT_NEAR(pert.p_zero, mixed_poisson_count(made("1..4..12")).p_zero, 1e-9);
}

TEST(Compound, OfNothingIsZero) {  // edge case 1
  const LossMoments none = compound(poisson_count(0), moments_of(made("1..10")));
  EXPECT_EQ(none.mean, 0);
  EXPECT_EQ(none.sd, 0);
  EXPECT_FALSE(none.skew);
  EXPECT_EQ(none.p_zero, 1);
  EXPECT_FALSE(compound(fixed_count(3), moments_of(made("7"))).skew);
  EXPECT_EQ(compound(fixed_count(3), moments_of(made("7"))).mean, 21);
}

TEST(Compound, OfOneEventIsTheEvent) {
  const Marginal loss = made("gamma shape=2 scale=3");
  const LossMoments one = compound(fixed_count(1), moments_of(loss));
  EXPECT_DOUBLE_EQ(one.sd, std::sqrt(loss.variance()));
  EXPECT_NEAR(*one.skew, 2 / std::sqrt(2.0), 1e-12);
}

TEST(Compound, SumsOfFormsAddTheirCumulants) {
  const RawMoments both =
      sum_of(moments_of(made("1..10")), moments_of(made("uniform min=0 max=6")));
  const double third = both.third - 3 * both.first * both.second + 2 * std::pow(both.first, 3);
  const RawMoments alone = moments_of(made("1..10"));
  EXPECT_NEAR(both.variance(), alone.variance() + 3, 1e-12);
  EXPECT_NEAR(third, alone.third - 3 * alone.first * alone.second + 2 * std::pow(alone.first, 3),
              1e-9);
}

// A secondary loss drawn once a year against all years by hand: the chance is 0 or 1.
TEST(Compound, SecondaryOnceAYear) {
  const CountMoments two = fixed_count(2);
  const LossMoments once = compound_with_secondary(
      two, moments_of(made("10")), made("discrete 0=0.75 1=0.25"), moments_of(made("4")));
  EXPECT_DOUBLE_EQ(once.mean, 22);  // 20, or 28 in one year of four
  EXPECT_DOUBLE_EQ(once.sd, std::sqrt(0.1875) * 8);
  const LossMoments certain =
      compound_with_secondary(two, moments_of(made("10")), made("0.25"), moments_of(made("4")));
  EXPECT_DOUBLE_EQ(certain.sd, std::sqrt(2 * 0.1875) * 4);
  EXPECT_TRUE(certain.skew.has_value());
}

TEST(Oracle, AgreesWithTheSeries) {
  const oracle::PoissonExponential series{3, 1e5};
  const oracle::CompoundLoss grid(made("exponential mean=100000"), oracle::poisson_generating(3),
                                  200, 16);
  for (double x = 0; x < 3e6; x += 12'345)
    EXPECT_NEAR(grid.cdf(x), 1 - series.exceedance(x), 1e-6) << x;
}

TEST(Oracle, HasTheMomentsOfTheClosedForm) {
  const Marginal loss = made("lognormal mean=1 sd=0.6");
  const oracle::CompoundLoss grid(loss, oracle::negative_binomial_generating(2, 0.5), 0.005, 17);
  EXPECT_NEAR(grid.cdf(0), negative_binomial_count(2, 0.5).p_zero, 1e-12);
  double mean = 0, second = 0;  // E[L] is the area above the distribution
  for (double x = 0; x < 150; x += 0.005) {
    mean += (1 - grid.cdf(x + 0.0025)) * 0.005;
    second += 2 * (x + 0.0025) * (1 - grid.cdf(x + 0.0025)) * 0.005;
  }
  const LossMoments closed = compound(negative_binomial_count(2, 0.5), moments_of(loss));
  EXPECT_NEAR(mean, closed.mean, 1e-6);
  EXPECT_NEAR(std::sqrt(second - mean * mean), closed.sd, 1e-5);
}

}  // namespace
}  // namespace tiebeam::quant
