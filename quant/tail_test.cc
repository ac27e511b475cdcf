// The definitions of docs/method/tail.md on samples small enough to do by hand.
#include "quant/tail.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace tiebeam::quant {
namespace {

std::vector<double> numbers(int to) {
  std::vector<double> out(static_cast<std::size_t>(to));
  std::iota(out.begin(), out.end(), 1);
  return out;
}

// docs/method/tail.md, worked example: ten years of loss.
TEST(TailValueAtRisk, TakesAFractionOfTheLastTrial) {
  const auto ten = numbers(10);
  EXPECT_EQ(value_at_risk({ten}, 0.85), 9);
  EXPECT_NEAR(tail_value_at_risk({ten}, 0.85), (10 + 0.5 * 9) / 1.5, 1e-12);
}

// docs/method/tail.md, worked example: 96 quiet years and 4 of 100.
TEST(TailValueAtRisk, AtAnAtomIsNotTheMeanOfAll) {  // edge case 13
  std::vector<double> all(96, 0.0);
  all.insert(all.end(), 4, 100.0);
  const std::vector<double> losses(4, 100.0);
  for (const SortedTrials trials : {SortedTrials{all}, SortedTrials{losses, 96}}) {
    EXPECT_EQ(value_at_risk(trials, 0.95), 0);
    EXPECT_NEAR(tail_value_at_risk(trials, 0.95), 80, 1e-12);
    EXPECT_EQ(value_at_risk(trials, 0.97), 100);
    EXPECT_EQ(exceedance(trials, 0).beyond, 4U);
    EXPECT_EQ(exceedance(trials, 100).beyond, 0U);
    EXPECT_EQ(exceedance(trials, -1).beyond, 100U);
    EXPECT_DOUBLE_EQ(exceedance(trials, 99.9).probability, 0.04);
  }
}

TEST(Tail, EndsAreDefined) {  // edge case 14
  const auto ten = numbers(10);
  EXPECT_EQ(value_at_risk({ten}, 0), 1);
  EXPECT_EQ(value_at_risk({ten}, 1), 10);
  EXPECT_NEAR(tail_value_at_risk({ten}, 0), 5.5, 1e-12);
  EXPECT_EQ(tail_value_at_risk({ten}, 1), 10);
  EXPECT_EQ(tail_value_at_risk({ten}, 0.99), 10);  // n (1 - q) = 0.1
  const std::vector<double> one = {7};
  for (const double q : {0.0, 0.3, 0.95, 1.0}) {
    EXPECT_EQ(value_at_risk({one}, q), 7);
    EXPECT_EQ(tail_value_at_risk({one}, q), 7);
  }
  EXPECT_EQ(mean_of_lowest({ten}, 0), 1);
  EXPECT_NEAR(mean_of_lowest({ten}, 0.15), (1 + 0.5 * 2) / 1.5, 1e-12);
  EXPECT_NEAR(mean_of_lowest({ten}, 1), 5.5, 1e-12);
}

TEST(Tail, NoLossAtAllIsZeroEverywhere) {  // edge case 1
  const SortedTrials nothing{{}, 1000};
  EXPECT_EQ(value_at_risk(nothing, 0.99), 0);
  EXPECT_EQ(tail_value_at_risk(nothing, 0.99), 0);
  EXPECT_EQ(exceedance(nothing, 0).probability, 0);
  EXPECT_EQ(exceedance(nothing, 0).low, 0);
  EXPECT_GT(exceedance(nothing, 0).high, 0);
  EXPECT_TRUE(has_value_at_risk(nothing, 0.9999));
  EXPECT_TRUE(has_tail_value_at_risk(nothing, 0.9999));
}

TEST(Tail, TooFewTrialsBeyondAreNotTold) {
  const auto many = numbers(1000);
  EXPECT_TRUE(has_value_at_risk({many}, 0.95));  // 50 beyond
  EXPECT_FALSE(has_value_at_risk({many}, 0.951));
  EXPECT_TRUE(has_tail_value_at_risk({many}, 0.95));
  EXPECT_FALSE(has_tail_value_at_risk({many}, 0.96));
  const std::vector<double> rare(10, 5.0);
  EXPECT_TRUE(has_value_at_risk({rare, 990}, 0.99));  // the 990 zeros cover it
  EXPECT_FALSE(has_value_at_risk({rare, 990}, 0.995));
}

TEST(Tail, NeverFallsWithTheShare) {
  std::mt19937_64 rng(20240601);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values(1 + rng() % 60);
    for (double& value : values) value = static_cast<double>(1 + rng() % 20);
    std::ranges::sort(values);
    const SortedTrials trials{values, rng() % 40};
    double var = 0, tvar = 0;
    for (double q = 0; q <= 1; q += 0.01) {
      EXPECT_GE(value_at_risk(trials, q), var);
      EXPECT_GE(tail_value_at_risk(trials, q), tvar - 1e-12);
      EXPECT_GE(tail_value_at_risk(trials, q), value_at_risk(trials, q) - 1e-12);
      var = value_at_risk(trials, q);
      tvar = tail_value_at_risk(trials, q);
    }
  }
}

// Twice the same trials say the same: the fraction is what makes it so.
TEST(TailValueAtRisk, DoesNotDependOnHowOftenEachTrialIsWritten) {
  const auto ten = numbers(10);
  std::vector<double> twice;
  for (const double value : ten) twice.insert(twice.end(), {value, value});
  for (double q = 0; q < 0.9; q += 0.013)
    EXPECT_NEAR(tail_value_at_risk({ten}, q), tail_value_at_risk({twice}, q), 1e-12);
}

TEST(ClosedTail, MeanOfAllAtZero) {
  EXPECT_EQ(normal_tail(3, 2, 0).tvar, 3);
  EXPECT_NEAR(lognormal_tail(1, 0.5, 0).tvar, std::exp(1.125), 1e-12);
  EXPECT_EQ(lognormal_tail(1, 0.5, 0).var, 0);
  EXPECT_EQ(bernoulli_lognormal_tail(0.1, 1, 0.5, 0.9).var, 0);  // 1 - 0.9 is below 0.1 in doubles
  EXPECT_GT(bernoulli_lognormal_tail(0.1, 1, 0.5, 0.91).var, 0);
}

}  // namespace
}  // namespace tiebeam::quant
