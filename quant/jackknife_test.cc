#include "quant/jackknife.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace tiebeam::quant {
namespace {

TEST(Jackknife, LeavingAGroupOutIsTheQuantileOfTheRest) {
  std::mt19937_64 rng(20240301);  // fixed: a failure must reproduce
  for (int round = 0; round < 300; ++round) {
    std::vector<std::int64_t> values(kJackknifeValues + rng() % 90);
    for (auto& value : values) value = static_cast<std::int64_t>(rng() % 30);  // many ties
    const GroupedValues grouped(values);
    for (const double p : {0.05, 0.5, 0.85, 0.95, 1.0}) {
      const auto without = grouped.without_each_group(p);
      for (std::size_t g = 0; g < kJackknifeGroups; ++g) {
        std::vector<std::int64_t> rest;
        for (std::size_t i = 0; i < values.size(); ++i) {
          if (i % kJackknifeGroups != g) rest.push_back(values[i]);
        }
        std::ranges::sort(rest);
        ASSERT_EQ(without[g], inverse_ecdf(std::span<const std::int64_t>(rest), p));
      }
    }
  }
}

TEST(Jackknife, NothingChangedMovesNothing) {
  std::vector<std::int64_t> values(200);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int64_t>(i * i);
  const auto shift = quantile_shift(GroupedValues(values), GroupedValues(values), 0.85);
  ASSERT_TRUE(shift.has_value());
  EXPECT_EQ(shift->value, 0);
  EXPECT_EQ(shift->low, 0);
  EXPECT_EQ(shift->high, 0);
}

TEST(Jackknife, TooFewValuesGiveNoInterval) {
  const std::vector<std::int64_t> values(kJackknifeValues - 1, 3);
  EXPECT_FALSE(quantile_shift(GroupedValues(values), GroupedValues(values), 0.5).has_value());
}

// Flow time = a queue + the rest, both exponential; the queue vanishes. The truth is known: the p line
// of a sum of two exponentials less that of one. Nine in ten intervals have to hold it.
TEST(Jackknife, NineInTenIntervalsHoldTheTruth) {
  std::mt19937_64 rng(7);  // fixed: a failure must reproduce
  const auto exponential = [&] {
    const double u = (static_cast<double>(rng() >> 11) + 0.5) / 9007199254740992.0;
    return -std::log(u);
  };
  constexpr double kUnit = 1e6;
  // P(sum of two <= x) = 1 - e^-x (1 + x)
  const auto sum_line = [](double p) {
    double low = 0, high = 50;
    for (int i = 0; i < 100; ++i) {
      const double x = (low + high) / 2;
      (1 - std::exp(-x) * (1 + x) < p ? low : high) = x;
    }
    return low;
  };
  constexpr int kRounds = 600;
  for (const double p : {0.5, 0.85}) {
    const double truth = (sum_line(p) + std::log(1 - p)) * kUnit;
    int held = 0;
    for (int round = 0; round < kRounds; ++round) {
      std::vector<std::int64_t> before, after;
      for (int i = 0; i < 300; ++i) {
        const double rest = exponential();
        before.push_back(std::llround((rest + exponential()) * kUnit));
        after.push_back(std::llround(rest * kUnit));
      }
      const auto shift = quantile_shift(GroupedValues(before), GroupedValues(after), p);
      held += shift->low <= truth && truth <= shift->high;
    }
    const double four_errors = 4 * std::sqrt(0.9 * 0.1 / kRounds);
    EXPECT_NEAR(static_cast<double>(held) / kRounds, 0.9, four_errors) << p;
  }
}

}  // namespace
}  // namespace tiebeam::quant
