#include "quant/quantile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "quant/special.h"

namespace tiebeam::quant {
namespace {

TEST(Special, KnownValues) {
  EXPECT_NEAR(normal_quantile(0.95), 1.6448536269514722, 1e-12);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
  EXPECT_NEAR(student_quantile(0.95, 12), 1.7822875556493196, 1e-9);  // Student's table
  EXPECT_NEAR(student_quantile(0.95, 1), 6.313751514675043, 1e-8);
  EXPECT_NEAR(incomplete_beta(2, 3, 0.4), 0.5248, 1e-12);  // 1 - 0.6^4 - 4 x 0.4 x 0.6^3
  EXPECT_NEAR(binomial_cdf(3, 10, 0.5), 176.0 / 1024, 1e-12);
  EXPECT_EQ(binomial_cdf(-1, 10, 0.5), 0);
  EXPECT_EQ(binomial_cdf(10, 10, 0.5), 1);
}

// Either side of the switch from halving to the expansion.
TEST(Special, StudentIsSmoothWhereTheMethodChanges) {
  for (const double p : {0.6, 0.95, 0.999}) {
    EXPECT_NEAR(student_quantile(p, 200 - 1e-7), student_quantile(p, 200), 1e-9) << p;
  }
  EXPECT_NEAR(student_quantile(0.95, 1000), 1.6463788172854639, 1e-9);
}

TEST(Special, BinomialMatchesTheSumOfItsTerms) {
  for (const int n : {1, 7, 40, 300}) {
    for (const double p : {0.05, 0.5, 0.85, 0.95}) {
      double sum = 0;
      for (int k = 0; k < n; ++k) {
        sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                        k * std::log(p) + (n - k) * std::log1p(-p));
        EXPECT_NEAR(binomial_cdf(k, n, p), sum, 1e-10) << n << ' ' << p << ' ' << k;
      }
    }
  }
}

struct RankCase {
  const char* name;
  std::size_t n;
  double p;
  std::size_t rank;
};
class Rank : public ::testing::TestWithParam<RankCase> {};
TEST_P(Rank, IsTheLeastThatReachesTheShare) {
  EXPECT_EQ(rank_of(GetParam().n, GetParam().p), GetParam().rank);
}
INSTANTIATE_TEST_SUITE_P(
    Table, Rank,
    ::testing::Values(RankCase{"one", 1, 0.5, 1}, RankCase{"even_half", 10, 0.5, 5},
                      RankCase{"odd_half", 11, 0.5, 6}, RankCase{"exact_85", 20, 0.85, 17},
                      RankCase{"above_85", 21, 0.85, 18}, RankCase{"exact_95", 100, 0.95, 95},
                      RankCase{"all", 7, 1.0, 7}, RankCase{"tiny", 7, 1e-9, 1}),
    [](const auto& each) { return std::string(each.param.name); });

// Worked by hand in docs/method/percentiles.md.
TEST(Quantile, WorkedExample) {
  const std::vector<double> days = {1, 2, 2, 3, 5, 8, 9, 12, 20, 41};
  EXPECT_EQ(inverse_ecdf<double>(days, 0.5), 5);
  EXPECT_EQ(inverse_ecdf<double>(days, 0.85), 20);
  const auto bounds = rank_bounds(10, 0.5);
  ASSERT_TRUE(bounds);
  EXPECT_EQ(days[bounds->low - 1], 2);    // rank 2: P(B <= 1) = 11/1024
  EXPECT_EQ(days[bounds->high - 1], 20);  // rank 9
  EXPECT_FALSE(rank_bounds(10, 0.85));    // 0.85^10 = 0.20 > 0.05
}

TEST(Quantile, UpperBoundsExistFrom5And19And59) {
  EXPECT_EQ(values_needed(0.5), 5U);
  EXPECT_EQ(values_needed(0.85), 19U);
  EXPECT_EQ(values_needed(0.95), 59U);
  for (const auto& [p, n] : {std::pair{0.5, 5U}, {0.85, 19U}, {0.95, 59U}}) {
    EXPECT_FALSE(rank_bounds(n - 1, p));
    EXPECT_TRUE(rank_bounds(n, p));
  }
}

TEST(Quantile, BoundsHoldAtLeastTheirLevel) {
  for (const double p : {0.5, 0.85, 0.95}) {
    for (std::size_t n = values_needed(p); n < 400; n += 7) {
      const auto bounds = rank_bounds(n, p);
      ASSERT_TRUE(bounds);
      const auto size = static_cast<double>(n);
      EXPECT_LE(bounds->low, rank_of(n, p));
      EXPECT_GE(bounds->high, rank_of(n, p));
      EXPECT_LE(binomial_cdf(static_cast<double>(bounds->low) - 1, size, p), 0.05 + 1e-12);
      EXPECT_GT(binomial_cdf(static_cast<double>(bounds->low), size, p), 0.05);
      EXPECT_GE(binomial_cdf(static_cast<double>(bounds->high) - 1, size, p), 0.95 - 1e-12);
      EXPECT_LT(binomial_cdf(static_cast<double>(bounds->high) - 2, size, p), 0.95);
    }
  }
}

TEST(Mean, HasStudentsInterval) {
  const std::vector<double> values = {2, 4, 6};
  const Spread spread = mean_of(values);
  EXPECT_EQ(spread.value, 4);
  EXPECT_NEAR(spread.high - 4, 2.9199855803537251 * 2 / std::sqrt(3.0), 1e-8);  // t(0.95, 2)
  const std::vector<double> one = {3};
  EXPECT_EQ(mean_of(one).low, 3);
}

// Spec, section 9: 9 of 10 kept is 60-98 % at 95 %.
TEST(Shares, KnownIntervals) {
  const Spread wilsons = wilson(9, 10, 0.95);
  EXPECT_NEAR(wilsons.low, 0.596, 5e-4);
  EXPECT_NEAR(wilsons.high, 0.982, 5e-4);
  const Spread exact = clopper_pearson(9, 10, 0.95);
  EXPECT_NEAR(exact.low, 0.5550, 5e-5);
  EXPECT_NEAR(exact.high, 0.9975, 5e-5);
  EXPECT_EQ(wilson(0, 10).low, 0);
  EXPECT_EQ(wilson(10, 10).high, 1);
  EXPECT_EQ(clopper_pearson(0, 10).low, 0);
  EXPECT_NEAR(clopper_pearson(0, 10).high, 1 - std::pow(0.05, 0.1), 1e-9);
}

TEST(Ratio, IsOfSumsNotAMeanOfRatios) {
  const std::vector<double> part = {1, 0};
  const std::vector<double> whole = {1, 9};
  const auto ratio = ratio_of_sums(part, whole);
  ASSERT_TRUE(ratio);
  EXPECT_DOUBLE_EQ(ratio->value, 0.1);
  EXPECT_LE(ratio->low, 0.1);
  EXPECT_GE(ratio->high, 0.1);
  EXPECT_FALSE(ratio_of_sums({}, {}));
}

}  // namespace
}  // namespace tiebeam::quant
