#include "rooms/investment/engine/whatif.h"

#include <gtest/gtest.h>

#include <random>

#include "quant/tail.h"
#include "rooms/investment/value_test_support.h"

namespace tiebeam::investment {
namespace {

void expect_same(const WhatIf& a, const WhatIf& b) {
  EXPECT_EQ(a.portfolio(), b.portfolio());
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a.npv(i), b.npv(i)) << i;
    EXPECT_EQ(a.payback(i), b.payback(i)) << i;
  }
  const auto x = a.portfolio_trials(), y = b.portfolio_trials();
  for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(x[i], y[i]) << i;
}

// Many alike with other ids: more leaves than a power of two has.
Cases many(std::size_t count) {
  Cases cases = cases_of(three({0, 1, 2}));
  const std::vector<BusinessCase> kinds = cases.initiatives;
  cases.initiatives.clear();
  for (std::size_t i = 0; i < count; ++i) {
    cases.initiatives.push_back(kinds[i % kinds.size()]);
    cases.initiatives.back().id += std::to_string(i);
  }
  return cases;
}

TEST(WhatIf, StartsFromWhatTheValuationSays) {
  const Cases cases = many(7);
  const WhatIf held(cases, 3, 5'000);
  const Valuation valued = value(cases, {.seed = 3, .trials = 5'000});
  EXPECT_EQ(held.portfolio(), valued.portfolio.summary);
  for (std::size_t i = 0; i < held.size(); ++i) {
    EXPECT_EQ(held.npv(i), valued.initiatives[i].npv.summary);
    EXPECT_EQ(held.payback(i), valued.initiatives[i].payback);
  }
}

TEST(WhatIf, AChangeEqualsComputingAllAgainBitForBit) {
  Cases cases = many(13);
  WhatIf held(cases, 1, 3'000);
  const Estimate cost = *parse_estimate("500000..900000"),
                 share = *parse_estimate("pert min=0.1 mode=0.2 max=0.9");
  ASSERT_TRUE(held.change(9, "one_off_cost", cost));
  ASSERT_TRUE(held.change(6, "adoption", share));
  ASSERT_TRUE(held.change(3, "calls.change", Estimate::point(-100)));
  ASSERT_TRUE(held.change_p_success(4, 0.25));
  cases.initiatives[9].one_off_cost = cost;
  cases.initiatives[6].adoption = share;
  cases.initiatives[3].effects[0].change = Estimate::point(-100);
  cases.initiatives[4].p_success = 0.25;
  expect_same(held, WhatIf(cases, 1, 3'000));
}

TEST(WhatIf, TakingOutAndPuttingBackLeavesNothingBehind) {
  const Cases cases = many(13);
  WhatIf held(cases, 1, 3'000);
  const WhatIf fresh(cases, 1, 3'000);
  std::mt19937_64 rng(5);
  std::vector<bool> in(cases.initiatives.size(), true);
  for (int step = 0; step < 200; ++step) {
    const std::size_t i = rng() % in.size();
    in[i] = !in[i];
    held.put_in(i, in[i]);
  }
  WhatIf anew(cases, 1, 3'000);
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (!in[i]) anew.put_in(i, false);
  }
  expect_same(held, anew);
  anew.compute_all();
  anew.summarise_all();
  expect_same(held, anew);
  for (std::size_t i = 0; i < in.size(); ++i) held.put_in(i, true);
  expect_same(held, fresh);
}

TEST(WhatIf, AllOutIsWorthNothing) {
  WhatIf held(many(3), 1, 100);
  for (std::size_t i = 0; i < held.size(); ++i) held.put_in(i, false);
  EXPECT_EQ(held.portfolio().mean, 0);
  EXPECT_EQ(held.portfolio().p_loss, 0);
}

TEST(WhatIf, RefusesWhatCannotStandThereAndKeepsWhatWas) {
  WhatIf held(many(3), 1, 500);
  const MoneySummary before = held.portfolio();
  EXPECT_EQ(held.change(0, "one_of_cost", Estimate::point(1)).error().code,
            "investment.unknown_input");
  EXPECT_EQ(held.change(0, "adoption", Estimate::point(1.7)).error().code,
            "investment.not_a_share");
  EXPECT_EQ(held.change(0, "one_off_cost", Estimate::point(-1)).error().code,
            "investment.below_zero");
  EXPECT_EQ(held.change_p_success(0, 5).error().code, "investment.not_a_share");
  EXPECT_EQ(held.portfolio(), before);
}

// The effect of a change is known far better than the value itself: the same draws on both sides.
TEST(WhatIf, ShowsTheChangeNotChance) {
  Cases cases = many(30);
  WhatIf held(cases, 1, 2'000);
  const double before = held.portfolio().mean;
  const MoneySummary own = held.npv(0);
  ASSERT_TRUE(
      held.change(0, "run_cost_a_year", *parse_estimate("pert min=61200 mode=81600 max=142800")));
  const double moved = held.portfolio().mean - before;
  EXPECT_NEAR(moved, held.npv(0).mean - own.mean, 1e-6 * std::abs(before));
  EXPECT_LT(std::abs(moved), held.portfolio().standard_error)
      << "less than chance could tell apart";
  EXPECT_LT(moved, 0);
}

TEST(Summariser, AgreesWithSorting) {
  std::mt19937_64 rng(17);
  for (const std::size_t n : {1u, 2u, 19u, 20u, 21u, 1000u, 4097u}) {
    for (const int kind : {0, 1, 2, 3}) {
      std::vector<double> x(n);
      for (double& each : x) {
        const double u = static_cast<double>(rng() % 100000) / 100000;
        each = kind == 0   ? u - 0.3
               : kind == 1 ? std::exp(20 * u) - 100
               : kind == 2 ? std::floor(4 * u) - 1
                           : -7;
      }
      std::vector<double> sorted = x;
      std::ranges::sort(sorted);
      Summariser summariser;
      const MoneySummary found = summariser.money(x);
      const quant::SortedTrials trials{sorted};
      EXPECT_EQ(found.p05, quant::value_at_risk(trials, 0.05));
      EXPECT_EQ(found.p50, quant::value_at_risk(trials, 0.5));
      EXPECT_EQ(found.p95, quant::value_at_risk(trials, 0.95));
      const double scale = std::abs(sorted.front()) + std::abs(sorted.back()) + 1e-300;
      if (n >= 20) EXPECT_NEAR(found.cvar5, quant::mean_of_lowest(trials, 0.05), 1e-12 * scale);
      double mean = 0, missing = 0, below = 0;
      for (const double each : sorted)
        mean += each, missing -= std::min(0.0, each), below += each < 0;
      const auto size = static_cast<double>(n);
      EXPECT_NEAR(found.mean, mean / size, 1e-12 * scale);
      EXPECT_NEAR(found.shortfall, missing / size, 1e-12 * scale);
      EXPECT_EQ(found.p_loss, below / size);
      for (const std::size_t rank : {std::size_t{1}, n / 2 + 1, n})
        EXPECT_EQ(summariser.at_rank(x, rank), sorted[rank - 1]);
    }
  }
}

TEST(SumTree, EqualsTheSumRowByRow) {
  std::mt19937_64 rng(3);
  for (std::size_t leaves = 1; leaves <= 20; ++leaves) {
    std::vector<std::vector<double>> rows(leaves, std::vector<double>(5));
    SumTree tree(leaves, 5);
    for (std::size_t i = 0; i < leaves; ++i) {
      for (double& x : rows[i]) x = std::exp(static_cast<double>(rng() % 40)) / 7;
      tree.set_leaf(i, rows[i].data());
      tree.finish_leaf(i);
    }
    const auto total_by_rows = [&] {
      PairwiseSum sum;
      for (const auto& row : rows) sum.add(row);
      return sum.take();
    };
    const auto same = [&] {
      const auto expected = total_by_rows();
      return std::ranges::equal(tree.total(), expected);
    };
    EXPECT_TRUE(same()) << leaves;
    for (int step = 0; step < 20; ++step) {
      const std::size_t i = rng() % leaves;
      rows[i][rng() % 5] *= -3;
      tree.update(i);
      EXPECT_TRUE(same()) << leaves;
    }
  }
}

}  // namespace
}  // namespace tiebeam::investment
