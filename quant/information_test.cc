#include "quant/information.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tiebeam::quant {
namespace {

constexpr std::size_t kTrials = 20'000;

// What an action is worth beside doing nothing.
Utilities beside_nothing(std::vector<double> worth) {
  return {std::vector<double>(worth.size(), 0.0), std::move(worth)};
}

TEST(Information, OfFourTrialsByHand) {
  // Means 0, 1 and 0.5: the second is best; knowing all takes 0, 4, 3, 2 instead of -2, 4, 0, 2.
  const Utilities utilities = {{0, 0, 0, 0}, {-2, 4, 0, 2}, {-1, 0, 3, 0}};
  Information information(utilities, 1);
  EXPECT_EQ(information.best(), 1u);
  EXPECT_DOUBLE_EQ(information.evpi(), (0 + 4 + 3 + 2) / 4.0 - 1);
}

TEST(Information, IsWorthNothingWhereOneWayIsAlwaysBest) {
  const Utilities utilities = {{0, 0, 0}, {1, 2, 3}, {4, 2, 3}};
  Information information(utilities, 1);
  EXPECT_EQ(information.evpi(), 0);
  const std::vector<double> x = {3, 1, 2};
  EXPECT_EQ(information.evppi(x), 0);
}

TEST(Information, OfTwoNormalActionsIsTheReference) {
  const double mean = 1e6, sd = 2e6;
  const double expected = 395593.11480261205;  // reference_values.json, evpi_two_action_normal
  std::mt19937_64 rng(20261122);
  std::normal_distribution<double> normal(mean, sd);
  std::vector<double> worth(kTrials);
  for (double& x : worth) x = normal(rng);
  // The loss of a trial is max(0, -x); its spread is below sd.
  EXPECT_NEAR(evpi(beside_nothing(worth)), expected, 4 * sd / std::sqrt(double{kTrials}));
}

TEST(Information, OfOneOfTwoNormalInputsIsTheReference) {
  // reference_values.json, evppi_linear
  const double sd1 = 1.5e6, sd2 = 1322875.6555322953, first = 226679.47073660546,
               second = 171747.01698788648;
  std::mt19937_64 rng(20261123);
  std::normal_distribution<double> normal;
  std::vector<double> x(kTrials), y(kTrials), noise(kTrials), worth(kTrials);
  for (std::size_t i = 0; i < kTrials; ++i) {
    x[i] = sd1 * normal(rng);
    y[i] = sd2 * normal(rng);
    noise[i] = normal(rng);
    worth[i] = 1e6 + x[i] + y[i];
  }
  Utilities utilities = beside_nothing(worth);
  Information information(utilities, 1);
  // Means of trials: 4 standard errors of the larger input.
  const double error = 4 * sd1 / std::sqrt(double{kTrials});
  EXPECT_NEAR(information.evppi(x), first, error);
  EXPECT_NEAR(information.evppi(y), second, error);
  EXPECT_LT(information.evppi(noise), error / 4) << "what moves nothing is worth nothing";
}

TEST(Information, OfAllIsNeverLessThanOfOneAndNeverBelowNothing) {
  std::mt19937_64 rng(20261124);
  std::normal_distribution<double> normal;
  for (int round = 0; round < 60; ++round) {
    const std::size_t n = 1 + rng() % 3000, actions = 1 + rng() % 4;
    Utilities utilities(actions, std::vector<double>(n));
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = round % 3 == 0 ? std::floor(3 * normal(rng)) : normal(rng);
      for (std::size_t a = 0; a < actions; ++a)
        utilities[a][i] =
            static_cast<double>(a) * x[i] + normal(rng) - 0.5 * static_cast<double>(round % 5);
    }
    Information information(utilities, 7);
    const double one = information.evppi(x);
    EXPECT_GE(one, 0);
    EXPECT_LE(one, information.evpi());
    if (actions == 1) {
      EXPECT_EQ(information.evpi(), 0);
    }
  }
}

TEST(Information, OrderOfTrialsWithEqualInputsChangesNothing) {
  Utilities utilities = {{0, 0, 0, 0, 0, 0}, {-3, 5, 1, -2, 4, -6}};
  const std::vector<double> x = {1, 2, 2, 1, 2, 1};
  Information first(utilities, 3);
  Utilities turned = {{0, 0, 0, 0, 0, 0}, {-2, 1, 5, -3, 4, -6}};
  Information second(turned, 3);
  EXPECT_DOUBLE_EQ(first.evpi(), second.evpi());
}

TEST(Information, IsTheSameForTheSameSeed) {
  std::mt19937_64 rng(20261125);
  std::normal_distribution<double> normal;
  std::vector<double> x(5000), worth(5000);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = normal(rng);
    worth[i] = 0.3 * x[i] + normal(rng);
  }
  const Utilities utilities = beside_nothing(worth);
  EXPECT_EQ(Information(utilities, 5).evppi(x), Information(utilities, 5).evppi(x));
}

}  // namespace
}  // namespace tiebeam::quant
