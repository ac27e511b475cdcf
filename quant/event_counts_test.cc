#include "quant/event_counts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "quant/special.h"

namespace tiebeam::quant {
namespace {

TEST(EventCounts, ThresholdsAreTheDistributionFunction) {
  const CountThresholds five = poisson_thresholds(5);
  EXPECT_EQ(five.least, 0u);
  EXPECT_NEAR(five.above[0], 0.006737946999085467, 1e-15);
  EXPECT_NEAR(five.above[10], 0.9863047314016171, 1e-14);
  EXPECT_NEAR(poisson_thresholds(0.02).above[0], 0.9801986733067553, 1e-15);
  const CountThresholds half = negative_binomial_thresholds(2, 0.5);
  EXPECT_NEAR(half.above[0], 0.4472135954999579, 1e-14);
  EXPECT_NEAR(half.above[1] - half.above[0], 0.17888543819998318, 1e-14);
}

TEST(EventCounts, NoRateGivesNoEvent) {
  EXPECT_TRUE(poisson_thresholds(0).above.empty());
  EXPECT_EQ(poisson_draw(1 - 0x1p-53, 0), 0);
}

TEST(EventCounts, ARateWhoseExponentialIsNothingStillHasAMiddle) {
  const CountThresholds many = poisson_thresholds(1000);
  EXPECT_GT(many.least, 600u);
  double n = many.least;
  for (const double each : many.above) n += each <= 0.5 ? 1 : 0;
  EXPECT_EQ(n, poisson_draw(0.5, 1000));
  EXPECT_EQ(poisson_draw(0.5, 1e6), 1e6);
  EXPECT_NEAR(poisson_draw(0.975, 1e12), 1e12 + 1.959963984540054e6, 2);
}

TEST(EventCounts, SumsOfManyLossesHaveTheMomentsGiven) {
  // 2,000 exponential losses of mean 1: the sum is Gamma(2000), which is matched exactly.
  const EventMoments each{1, 1, 2};
  EXPECT_NEAR(sum_quantile(2000, each, 0), 1999.6666864, 1e-4);
  EXPECT_NEAR(sum_quantile(2000, each, 2.3263478740408408), 2105.4, 0.5);
  EXPECT_EQ(sum_quantile(2000, {3, 0, 0}, 1), 6000);
}

}  // namespace
}  // namespace tiebeam::quant
