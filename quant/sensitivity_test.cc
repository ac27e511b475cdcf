#include "quant/sensitivity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace tiebeam::quant {
namespace {

TEST(Swing, OfTwentyPairsByHand) {
  std::vector<double> x(20), y(20);
  std::iota(x.begin(), x.end(), 1);
  for (std::size_t i = 0; i < 20; ++i) y[i] = 10 * x[i];
  const Swing swing = conditional_mean_swing(x, y);
  EXPECT_EQ(swing.low_mean, 15);
  EXPECT_EQ(swing.high_mean, 195);
  EXPECT_EQ(conditional_mean_swing(x, y, 0.125).low_mean, (10 + 20 + 0.5 * 30) / 2.5);
}

TEST(Swing, OrderOfTiesChangesNothing) {
  std::mt19937_64 rng(20240603);
  for (int round = 0; round < 100; ++round) {
    const std::size_t n = 1 + rng() % 50;
    std::vector<double> x(n), y(n);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = static_cast<double>(rng() % 4);
      y[i] = static_cast<double>(rng() % 100);
    }
    const Swing first = conditional_mean_swing(x, y);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), rng);
    std::vector<double> u, v;
    for (const std::size_t i : order) {
      u.push_back(x[i]);
      v.push_back(y[i]);
    }
    EXPECT_NEAR(conditional_mean_swing(u, v).swing(), first.swing(), 1e-9);
  }
}

TEST(Swing, OfAnInputThatNeverVariesIsZero) {
  const std::vector<double> x(7, 3), y = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
  EXPECT_EQ(conditional_mean_swing(x, y).swing(), 0);
}

// Y = 3 X1 + X2 with normal scores: E[Y | top decile of X1] is 3 phi(z90) / 0.1 = 5.2650.
TEST(Swing, OfNormalInputsIsTheClosedForm) {
  std::mt19937_64 rng(20240604);
  std::normal_distribution<double> normal;
  constexpr std::size_t n = 200'000;
  std::vector<double> x(n), y(n);
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = normal(rng);
    y[i] = 3 * x[i] + normal(rng);
  }
  EXPECT_NEAR(conditional_mean_swing(x, y).swing(), 2 * 3 * 1.7549833, 0.05);
}

TEST(Tornado, LongestBarFirst) {
  const auto bars = tornado(
      3, [](std::span<const double> z) { return 100 + z[0] - 5 * z[1] + 2 * z[2] * z[2] + z[2]; });
  ASSERT_EQ(bars.size(), 3U);
  EXPECT_EQ(bars[0].input, 1U);
  EXPECT_NEAR(bars[0].swing(), -10 * kZ90, 1e-12);
  EXPECT_EQ(bars[1].input, 0U);  // as long as input 2: by position
  EXPECT_NEAR(bars[2].low, 100 + 2 * kZ90 * kZ90 - kZ90, 1e-12);
  EXPECT_TRUE(tornado(0, [](std::span<const double>) { return 1.0; }).empty());
}

}  // namespace
}  // namespace tiebeam::quant
