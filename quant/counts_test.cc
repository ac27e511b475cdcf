#include "quant/counts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace tiebeam::quant {
namespace {

using Weeks = std::vector<std::uint32_t>;

Weeks any_weeks(std::mt19937_64& rng, std::size_t most, std::uint32_t largest) {
  Weeks out(1 + rng() % most);
  for (std::uint32_t& week : out) week = static_cast<std::uint32_t>(rng() % (largest + 1));
  return out;
}

// P(S_h < n) by going through all |history|^h ways.
double brute_below(const Weeks& history, std::size_t n, std::size_t weeks) {
  std::size_t ways = 1;
  for (std::size_t i = 0; i < weeks; ++i) ways *= history.size();
  std::size_t below = 0;
  for (std::size_t way = 0; way < ways; ++way) {
    std::size_t rest = way, sum = 0;
    for (std::size_t i = 0; i < weeks; ++i, rest /= history.size())
      sum += history[rest % history.size()];
    below += sum < n;
  }
  return static_cast<double>(below) / static_cast<double>(ways);
}

TEST(Counts, ExactSumsAreTheBruteForce) {
  std::mt19937_64 rng(20240301);  // fixed: a failure must reproduce
  for (int round = 0; round < 200; ++round) {
    const Weeks history = any_weeks(rng, 4, 5);
    const std::size_t n = rng() % 13;
    const std::vector<double> exact = chances_below(history, n, 6);
    for (std::size_t h = 1; h <= 6; ++h) {
      ASSERT_NEAR(exact[h - 1], brute_below(history, n, h), 1e-12);
      ASSERT_NEAR(sum_of_weeks(history, h).below(n), exact[h - 1], 1e-12);
    }
  }
}

TEST(Counts, LaterIsNeverLessAndMoreWorkNeverSooner) {
  std::mt19937_64 rng(7);
  for (int round = 0; round < 100; ++round) {
    const Weeks history = any_weeks(rng, 30, 20);
    std::vector<double> before(20, 0.0);
    for (std::size_t n = 0; n < 60; n += 3) {
      const std::vector<double> below = chances_below(history, n, 20);
      for (std::size_t h = 0; h < 20; ++h) {
        if (h > 0) {
          ASSERT_LE(below[h], below[h - 1] + 1e-12);
        }
        ASSERT_GE(below[h], before[h] - 1e-12);
      }
      before = below;
    }
  }
}

// A simulation of 200 000 trials agrees within 4 standard errors.
TEST(Counts, ExactSumsAgreeWithSimulation) {
  std::mt19937_64 rng(20250101);
  const Weeks history = {0, 3, 5, 5, 7, 8, 9, 12, 13, 20, 2, 6};
  constexpr std::size_t kItems = 60, kWeeks = 12;
  constexpr int kTrials = 200'000;
  std::vector<int> below(kWeeks, 0);
  for (int trial = 0; trial < kTrials; ++trial) {
    std::size_t sum = 0;
    for (std::size_t h = 0; h < kWeeks; ++h) {
      sum += history[rng() % history.size()];
      below[h] += sum < kItems;
    }
  }
  const std::vector<double> exact = chances_below(history, kItems, kWeeks);
  for (std::size_t h = 0; h < kWeeks; ++h) {
    const double error = std::sqrt(exact[h] * (1 - exact[h]) / kTrials);
    EXPECT_NEAR(static_cast<double>(below[h]) / kTrials, exact[h], 4 * error + 1e-12);
  }
}

TEST(Counts, NegativeBinomialHasItsMeanVarianceAndClosedForm) {
  // r = 4, p = 0.4: P(0) = 0.4^4, P(1) = 4 x 0.6 x 0.4^4; mean 6, variance 15.
  const Counts small = counts_of({.mean = 6, .variance = 15}, 400);
  EXPECT_NEAR(small.chance[0], 0.0256, 1e-12);
  EXPECT_NEAR(small.chance[1], 4 * 0.6 * 0.0256, 1e-12);
  for (const NegativeBinomial law : {NegativeBinomial{6, 15}, NegativeBinomial{0.3, 0.31},
                                     NegativeBinomial{2000, 90'000}, NegativeBinomial{900, 900}}) {
    const Counts counts = counts_of(law, 8000);
    double mean = 0, square = 0;
    for (std::size_t k = 0; k < counts.chance.size(); ++k) {
      const auto at = static_cast<double>(k);
      mean += at * counts.chance[k], square += at * at * counts.chance[k];
    }
    EXPECT_NEAR(counts.mass(), 1, 1e-7);
    EXPECT_NEAR(mean, law.mean, 1e-6 * law.mean);
    EXPECT_NEAR(square - mean * mean, law.variance, 2e-4 * law.variance);
    for (const std::size_t n : {0UZ, 1UZ, 5UZ, 900UZ, 2100UZ, 4000UZ})
      EXPECT_NEAR(below(law, n), counts.below(n), 1e-7) << law.mean << " " << n;
  }
}

TEST(Counts, SummedAndContinuedFractionAgreeWhereTheyMeet) {
  const NegativeBinomial law{.mean = 2000, .variance = 60'000};
  EXPECT_NEAR(below(law, 2049) - below(law, 2048), counts_of(law, 3000).chance[2048], 1e-10);
}

TEST(Counts, AtomsRoundHalfUp) {
  const std::vector<double> values{2.5, 0.49, -3, 7}, weights(4, 3);
  const Atoms atoms(values, weights);
  EXPECT_DOUBLE_EQ(atoms.below(0), 0);
  EXPECT_DOUBLE_EQ(atoms.below(1), 0.5);  // 0 and -3
  EXPECT_DOUBLE_EQ(atoms.below(3), 0.5);  // 2.5 is 3
  EXPECT_DOUBLE_EQ(atoms.below(4), 0.75);
  EXPECT_DOUBLE_EQ(atoms.below(8), 1);
  const Counts counts = atoms.counts(5);
  EXPECT_DOUBLE_EQ(counts.mass(), 0.75);
  for (std::size_t n = 0; n <= 5; ++n) EXPECT_DOUBLE_EQ(counts.below(n), atoms.below(n));
}

// Against the plain sum, at every count that could round either way.
TEST(Counts, AtomsOfAnySizeAreFound) {
  std::vector<double> values, weights;
  for (std::size_t i = 0; i < 3000; ++i) {
    const auto at = static_cast<double>(i);
    values.push_back(std::exp(12 * std::sin(at)) - 1);
    weights.push_back(1 + std::cos(at));
  }
  const Atoms atoms(values, weights);
  double all = 0;
  for (const double weight : weights) all += weight;
  double last = 0;
  for (std::size_t n = 0; n < 200'000; n += 1 + n / 7) {
    double below = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double rounded = std::floor(std::max(0.0, values[i]) + 0.5);
      below += rounded < static_cast<double>(n) ? weights[i] : 0;
    }
    const double found = atoms.below(n);
    EXPECT_NEAR(found, below / all, 1e-12) << n;
    EXPECT_GE(found, last) << n;
    last = found;
  }
  EXPECT_EQ(atoms.below(1'000'000), 1);
  EXPECT_EQ(atoms.largest(), *std::ranges::max_element(values));
}

TEST(Counts, QuantileIsTheInverseOfTheCdfWithTolerance) {
  const Counts twenty =
      any_of(Weeks{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
  EXPECT_EQ(quantile(twenty, 0.85), 17U);
  EXPECT_EQ(quantile(twenty, 0.05), 1U);
  EXPECT_EQ(quantile(Counts{{0.5, 0.2}}, 0.7), 1U);
  EXPECT_FALSE(quantile(Counts{{0.5, 0.2}}, 0.71).has_value());
}

// By hand: F = 0.25, 0.75, 1; came = 1: 0.25^2 + 0.25^2 + 0 = 0.125.
TEST(Counts, ScoreByHand) {
  const Counts counts{{0.25, 0.5, 0.25}};
  EXPECT_DOUBLE_EQ(crps(counts, 1), 0.125);
  EXPECT_DOUBLE_EQ(crps(counts, 5), 0.0625 + 0.5625 + 1 + 2);
  EXPECT_DOUBLE_EQ(crps(exactly(4), 4), 0);
  EXPECT_DOUBLE_EQ(crps(exactly(4), 9), 5);  // a sure answer is off by its distance
  EXPECT_DOUBLE_EQ(crps(exactly(9), 4), 5);
}

TEST(Counts, SumsAndMixturesKeepTheirMass) {
  const Counts a = any_of(Weeks{0, 1, 4}), b = any_of(Weeks{2, 2, 3});
  EXPECT_NEAR(sum(a, b, 100).mass(), 1, 1e-15);
  EXPECT_NEAR(sum(a, b, 100).chance[7], 1.0 / 9, 1e-15);
  EXPECT_NEAR(sum(a, b, 4).mass(), sum(a, b, 100).below(4), 1e-15);
  const Counts half = mixed(0.5, a, b);
  EXPECT_NEAR(half.mass(), 1, 1e-15);
  EXPECT_NEAR(half.chance[2], 1.0 / 3, 1e-15);
}

}  // namespace
}  // namespace tiebeam::quant
