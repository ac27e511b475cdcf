#include "quant/survival.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace tiebeam::quant {
namespace {

Spell done(std::int64_t exit, std::int64_t entry = 0) { return {entry, exit, Ending::done}; }
Spell open(std::int64_t exit, std::int64_t entry = 0) { return {entry, exit, Ending::open}; }
Spell cancelled(std::int64_t exit, std::int64_t entry = 0) {
  return {entry, exit, Ending::cancelled};
}

// Worked by hand in docs/method/flow-time.md.
TEST(Survival, WorkedExample) {
  const Curve curve = survival_curve({done(2), open(3), done(4), done(4), open(5), done(9)});
  ASSERT_EQ(curve.steps.size(), 3U);
  EXPECT_DOUBLE_EQ(curve.steps[0].not_done, 5.0 / 6);          // at 2: 1 of 6
  EXPECT_DOUBLE_EQ(curve.steps[1].not_done, 5.0 / 6 * 2 / 4);  // at 4: 2 of 4
  EXPECT_DOUBLE_EQ(curve.steps[2].not_done, 0);                // at 9: 1 of 1
  EXPECT_EQ(survival_value(curve, 0.5), 4);
  EXPECT_EQ(survival_value(curve, 0.85), 9);
  // Greenwood at 4: S^2 x (1/(6 x 5) + 2/(4 x 2))
  const double s = curve.steps[1].not_done;
  EXPECT_NEAR(curve.steps[1].error, s * std::sqrt(1.0 / 30 + 1.0 / 4), 1e-12);
}

// Freireich 1963, 6-MP arm (n = 21): the textbook example. S(6) .857, S(10) .753, S(13) .690, S(23)
// .448.
TEST(Survival, FreireichTextbookExample) {
  std::vector<Spell> spells;
  for (const int t : {6, 6, 6, 7, 10, 13, 16, 22, 23}) spells.push_back(done(t));
  for (const int t : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) spells.push_back(open(t));
  const Curve curve = survival_curve(spells);
  EXPECT_NEAR(curve.not_done_at(6), 0.8571, 5e-5);
  EXPECT_NEAR(curve.not_done_at(10), 0.7529, 5e-5);
  EXPECT_NEAR(curve.not_done_at(15), 0.6902, 5e-5);
  EXPECT_NEAR(curve.not_done_at(23), 0.4482, 5e-5);
  EXPECT_EQ(survival_value(curve, 0.5), 23);
  EXPECT_FALSE(survival_value(curve, 0.85));
  EXPECT_NEAR(curve.steps.back().error, 0.1346, 5e-5);
}

TEST(Survival, WithoutCensoringIsTheType1Quantile) {
  std::mt19937_64 rng(20240301);
  for (int round = 0; round < 300; ++round) {
    std::vector<Spell> spells;
    std::vector<std::int64_t> values;
    const std::size_t n = 1 + rng() % 400;
    for (std::size_t i = 0; i < n; ++i) {
      values.push_back(static_cast<std::int64_t>(rng() % (1 + rng() % 1000)));
      spells.push_back(done(values.back()));
    }
    std::ranges::sort(values);
    const Curve curve = survival_curve(spells);
    for (const double p : {0.05, 0.1, 0.25, 0.5, 0.75, 0.85, 0.9, 0.95, 0.99}) {
      ASSERT_EQ(survival_value(curve, p), inverse_ecdf<std::int64_t>(values, p)) << n << ' ' << p;
    }
  }
}

TEST(Survival, OrderDoesNotMatter) {
  std::mt19937_64 rng(7);
  std::vector<Spell> spells;
  for (int i = 0; i < 200; ++i) {
    const auto entry = static_cast<std::int64_t>(rng() % 50);
    spells.push_back(
        {entry, entry + static_cast<std::int64_t>(rng() % 90), static_cast<Ending>(rng() % 3)});
  }
  const Curve before = survival_curve(spells);
  std::ranges::shuffle(spells, rng);
  const Curve after = survival_curve(spells);
  ASSERT_EQ(before.steps.size(), after.steps.size());
  for (std::size_t i = 0; i < before.steps.size(); ++i) {
    EXPECT_EQ(before.steps[i].not_done, after.steps[i].not_done);
    EXPECT_EQ(before.steps[i].error, after.steps[i].error);
  }
}

// Entered at 5, so at 4 only two are at risk.
TEST(Survival, DelayedEntryJoinsTheRiskSetLate) {
  const Curve curve = survival_curve({done(4), done(10), done(7, 5)});
  ASSERT_EQ(curve.steps.size(), 3U);
  EXPECT_EQ(curve.steps[0].at_risk, 2);
  EXPECT_DOUBLE_EQ(curve.steps[0].not_done, 0.5);
  EXPECT_EQ(curve.steps[1].at_risk, 2);
  EXPECT_DOUBLE_EQ(curve.steps[1].not_done, 0.25);
}

// Exponential life of mean 1000, watched from a random age to a random age: the curve finds the
// truth.
TEST(Survival, DelayedEntryAndCensoringAreUnbiased) {
  std::mt19937_64 rng(11);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<Spell> spells;
  while (spells.size() < 20'000) {
    const double life = -1000 * std::log(1 - unit(rng));
    const double entry = unit(rng) < 0.5 ? 0 : 800 * unit(rng);
    const double limit = entry + 2500 * unit(rng);
    if (life < entry) continue;  // never seen
    spells.push_back({static_cast<std::int64_t>(entry),
                      static_cast<std::int64_t>(std::min(life, limit)),
                      life <= limit ? Ending::done : Ending::open});
  }
  const Curve curve = survival_curve(spells);
  for (const std::int64_t age : {200, 700, 1500}) {
    const auto at = std::ranges::upper_bound(curve.steps, age, {}, &Curve::Step::age) - 1;
    EXPECT_NEAR(at->not_done, std::exp(-static_cast<double>(age) / 1000), 4 * at->error + 1e-3)
        << age;
  }
}

// Aalen-Johansen by hand: 4 items, done at 1, cancelled at 2, done at 3, open at 4.
TEST(Survival, CancellationCompetes) {
  const Curve curve = survival_curve({done(1), cancelled(2), done(3), open(4)});
  ASSERT_EQ(curve.steps.size(), 3U);
  EXPECT_DOUBLE_EQ(1 - curve.steps[0].not_done, 0.25);
  EXPECT_DOUBLE_EQ(curve.steps[1].cancelled, 0.25);               // S(1) x 1/3
  EXPECT_DOUBLE_EQ(1 - curve.steps[2].not_done, 0.25 + 0.5 / 2);  // + S(2) x 1/2
  EXPECT_DOUBLE_EQ(curve.share_cancelled(), 0.25);
  // As censoring it would claim more: 1 - 3/4 x 1/2 = 0.625.
  EXPECT_LT(1 - curve.not_done_at(3), 0.625);
}

// Everything ends one way or the other: the shares are the plain proportions.
TEST(Survival, SharesAddUpWhenNothingIsOpen) {
  std::mt19937_64 rng(3);
  std::vector<Spell> spells;
  std::size_t given_up = 0;
  for (int i = 0; i < 500; ++i) {
    const bool is_done = rng() % 5 != 0;
    given_up += is_done ? 0 : 1;
    spells.push_back(
        {0, static_cast<std::int64_t>(rng() % 200), is_done ? Ending::done : Ending::cancelled});
  }
  const Curve curve = survival_curve(spells);
  EXPECT_NEAR(curve.share_cancelled(), static_cast<double>(given_up) / 500, 1e-12);
  EXPECT_NEAR(1 - curve.steps.back().not_done, 1 - static_cast<double>(given_up) / 500, 1e-12);
  // Variance of a proportion: p (1 - p) / n.
  const double p = static_cast<double>(given_up) / 500;
  EXPECT_NEAR(curve.steps.back().error, std::sqrt(p * (1 - p) / 500), 2e-3);
}

TEST(Survival, QuantileIntervalHoldsTheTruthAsOftenAsItSays) {
  std::mt19937_64 rng(99);
  std::uniform_real_distribution<double> unit(0, 1);
  int held = 0;
  constexpr int kRounds = 600;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<Spell> spells;
    for (int i = 0; i < 150; ++i) {
      const double life = -1e6 * std::log(1 - unit(rng));
      const double limit = 4e6 * unit(rng);
      spells.push_back({0, static_cast<std::int64_t>(std::min(life, limit)),
                        life <= limit ? Ending::done : Ending::open});
    }
    const SurvivalQuantile found = survival_quantile(survival_curve(spells), 0.5);
    const double truth = 1e6 * std::log(2.0);
    ASSERT_TRUE(found.value && found.low);
    const bool below = !found.high || truth <= static_cast<double>(*found.high);
    held += static_cast<double>(*found.low) <= truth && below ? 1 : 0;
  }
  // 4 standard errors of a share of 0.9 over 600 rounds.
  EXPECT_NEAR(static_cast<double>(held) / kRounds, 0.9, 4 * std::sqrt(0.9 * 0.1 / kRounds));
}

TEST(Survival, EmptyAndImpossibleSpells) {
  EXPECT_TRUE(survival_curve({}).steps.empty());
  EXPECT_EQ(survival_curve({}).not_done_at(5), 1);
  EXPECT_EQ(survival_curve({done(3, 9)}).spells, 0U);
  EXPECT_FALSE(survival_quantile(survival_curve({open(5)}), 0.5).value);
}

}  // namespace
}  // namespace tiebeam::quant
