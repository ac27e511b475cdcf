#include "quant/half_samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>

namespace tiebeam::quant {
namespace {

TEST(HalfSamples, EachIsTheQuantileOfItsHalf) {
  std::mt19937_64 rng(20240301);  // fixed: a failure must reproduce
  for (int round = 0; round < 60; ++round) {
    std::vector<std::int64_t> values(kHalfSampleValues + rng() % 1500);
    for (auto& value : values) value = static_cast<std::int64_t>(rng() % 300);  // many ties
    const PairedGroups groups(values);
    for (const double p : {0.05, 0.5, 0.85, 1.0}) {
      const auto halves = groups.of_halves(p);
      for (std::size_t half = 0; half < kHalfSamples; ++half) {
        std::vector<std::int64_t> kept;
        for (std::size_t i = 0; i < values.size(); ++i) {
          const std::size_t group = i % (2 * kPairs), pair = group / 2;
          const bool odd = std::popcount(half & (pair + 1)) % 2 == 1;
          if ((group % 2 == 1) == odd) kept.push_back(values[i]);
        }
        std::ranges::sort(kept);
        ASSERT_EQ(halves[half], inverse_ecdf(std::span<const std::int64_t>(kept), p));
      }
    }
  }
}

// Every group is in half of the half-samples, and every two groups of different pairs in a quarter.
TEST(HalfSamples, AreBalanced) {
  for (std::size_t a = 0; a < kPairs; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      int both = 0;
      for (std::size_t half = 0; half < kHalfSamples; ++half)
        both += std::popcount(half & (a + 1)) % 2 == 1 && std::popcount(half & (b + 1)) % 2 == 1;
      ASSERT_EQ(both, 8);
    }
  }
}

TEST(HalfSamples, NothingChangedMovesNothing) {
  std::vector<std::int64_t> values(200);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int64_t>(i * i);
  const auto shift = quantile_shift(PairedGroups(values), PairedGroups(values), 0.85);
  ASSERT_TRUE(shift.has_value());
  EXPECT_EQ(shift->value, 0);
  EXPECT_EQ(shift->low, 0);
  EXPECT_EQ(shift->high, 0);
}

TEST(HalfSamples, TooFewValuesGiveNoInterval) {
  const std::vector<std::int64_t> values(kHalfSampleValues - 1, 3);
  EXPECT_FALSE(quantile_shift(PairedGroups(values), PairedGroups(values), 0.5).has_value());
}

double exponential(std::mt19937_64& rng) {
  return -std::log((static_cast<double>(rng() >> 11) + 0.5) / 9007199254740992.0);
}
// P(sum of two exponentials <= x) = 1 - e^-x (1 + x)
double sum_line(double p) {
  double low = 0, high = 50;
  for (int i = 0; i < 100; ++i) {
    const double x = (low + high) / 2;
    (1 - std::exp(-x) * (1 + x) < p ? low : high) = x;
  }
  return low;
}

// Flow time = a queue + the rest, both exponential; the queue vanishes. The truth is known: the p
// line of a sum of two exponentials less that of one. About nine in ten intervals have to hold it.
TEST(HalfSamples, NineInTenIntervalsHoldTheTruth) {
  std::mt19937_64 rng(7);  // fixed: a failure must reproduce
  constexpr double kUnit = 1e6;
  constexpr int kRounds = 600;
  const double four_errors = 4 * std::sqrt(0.9 * 0.1 / kRounds);
  for (const double p : {0.5, 0.85}) {
    const double truth = (sum_line(p) + std::log(1 - p)) * kUnit;
    int held = 0;
    for (int round = 0; round < kRounds; ++round) {
      std::vector<std::int64_t> before, after;
      for (int i = 0; i < 300; ++i) {
        const double rest = exponential(rng);
        before.push_back(std::llround((rest + exponential(rng)) * kUnit));
        after.push_back(std::llround(rest * kUnit));
      }
      const auto shift = quantile_shift(PairedGroups(before), PairedGroups(after), p);
      held += shift->low <= truth && truth <= shift->high;
    }
    EXPECT_NEAR(static_cast<double>(held) / kRounds, 0.9, four_errors) << p;
  }
}

}  // namespace
}  // namespace tiebeam::quant
