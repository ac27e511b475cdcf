// What holds of every valuation: order, neighbours, more trials, threads and vectors change
// nothing.
#include <gtest/gtest.h>

#include <stop_token>

#include "quant/kernels/kernels.h"
#include "rooms/investment/engine/block.h"
#include "rooms/investment/engine/case_value.h"
#include "rooms/investment/value_test_support.h"

namespace tiebeam::investment {
namespace {

const CaseValue& named(const Valuation& valuation, std::string_view id) {
  return *std::ranges::find(valuation.initiatives, id, &CaseValue::id);
}

// Edge case 21.
TEST(InitiativeValue, OfOneDependsOnNoOther) {
  const Valuation all = value(cases_of(three({0, 1, 2})));
  const Valuation turned = value(cases_of(three({2, 0, 1})));
  EXPECT_EQ(all.digest, turned.digest);
  EXPECT_EQ(all.portfolio.summary, turned.portfolio.summary);
  EXPECT_EQ(turned.initiatives.front().id, "rules") << "the answer keeps the order of the file";
  for (const std::size_t i : {0u, 1u, 2u}) {
    const Valuation alone = value(cases_of(three({i})));
    EXPECT_EQ(named(all, only(alone).id).digest, only(alone).digest);
    EXPECT_EQ(named(all, only(alone).id).npv.summary, only(alone).npv.summary);
    EXPECT_EQ(named(turned, only(alone).id).digest, only(alone).digest);
  }
}

TEST(InitiativeValue, OrderOfDriversAndEffectsDoesNotMatter) {
  std::string text = three({0});
  const std::string drivers = R"("drivers":["demand","wages"])";
  text.replace(text.find(drivers), drivers.size(), R"("drivers":["wages","demand"])");
  EXPECT_EQ(value(cases_of(text)).digest, value(cases_of(three({0}))).digest);
}

// Edge case 22.
TEST(InitiativeValue, FirstTrialsStayWhenThereAreMore) {
  const Cases cases = cases_of(three({0, 1}));
  for (const BusinessCase& initiative : cases.initiatives) {
    const auto trials_of = [&](std::uint64_t n) {
      const Settings settings = settings_of(cases, 1, n);
      return value_case(cases, initiative, draw_shared(cases, settings), settings)->npv;
    };
    const auto few = trials_of(10'000), many = trials_of(20'000);
    for (std::size_t i = 0; i < 10'000; ++i) ASSERT_EQ(few[i], many[i]) << i;
  }
}

TEST(InitiativeValue, IsTheSameOnAnyNumberOfThreads) {
  const Cases cases = cases_of(three({0, 1, 2}));
  const Valuation one = value(cases, {.threads = 1});
  for (const int threads : {2, 4, 64}) {
    const Valuation more = value(cases, {.threads = threads});
    EXPECT_EQ(one.digest, more.digest);
    EXPECT_EQ(one.portfolio_digest, more.portfolio_digest);
    EXPECT_EQ(one.initiatives[0].swing[0].input, more.initiatives[0].swing[0].input);
  }
}

TEST(InitiativeValue, IsTheSameOnEveryWidthOfVectors) {
  const Cases cases = cases_of(three({0, 1, 2}));
  std::vector<quant::Mix> seen;
  for (const char* widest : {"none", "avx2", "neon", "avx512"}) {
    if (quant::limit_vectors(widest)) seen.push_back(value(cases).digest);
  }
  ASSERT_FALSE(seen.empty());
  for (const quant::Mix& digest : seen) EXPECT_EQ(digest, seen.front());
}

// Edge case 20.
TEST(InitiativeValue, TakesAnyNumberOfTrials) {
  for (const std::uint64_t trials : {1u, 7u, 2047u, 2048u, 2049u}) {
    const Valuation found = value(cases_of(three({0, 1, 2})), {.trials = trials});
    EXPECT_EQ(found.trials, trials);
    for (const CaseValue& each : found.initiatives) {
      EXPECT_TRUE(std::isfinite(each.npv.summary.mean));
      EXPECT_LE(each.npv.summary.p05, each.npv.summary.p50);
      EXPECT_LE(each.npv.summary.cvar5, each.npv.summary.p50);
    }
  }
}

// Edge case 25.
TEST(InitiativeValue, CancelledGivesNothingAtAll) {
  std::stop_source source;
  source.request_stop();
  const auto found = value_of(cases_of(three({0})), {.stop = source.get_token()});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, "investment.cancelled");
}

TEST(InitiativeValue, OtherSeedsGiveOtherDrawsOfTheSameValue) {
  const Cases cases = cases_of(three({0}));
  const Valuation one = value(cases, {.seed = 1}), two = value(cases, {.seed = 2});
  EXPECT_NE(one.digest, two.digest);
  const MoneySummary &a = only(one).npv.summary, &b = only(two).npv.summary;
  EXPECT_LT(std::abs(a.mean - b.mean), 5 * std::hypot(a.standard_error, b.standard_error));
}

// Edge case 12.
TEST(InitiativeValue, InputsAtRankOneMoveTogetherBitForBit) {
  const Cases cases =
      cases_of(file_of("", R"({"id":"x","one_off_cost":{"kind":"lognormal","p05":1,"p95":9},
              "run_cost_a_year":{"kind":"lognormal","p05":1,"p95":9},
              "exit_cost":{"kind":"lognormal","p05":1,"p95":9},
              "correlations":[{"inputs":["one_off_cost","run_cost_a_year"],"rank":1},
                              {"inputs":["exit_cost","run_cost_a_year"],"rank":1},
                              {"inputs":["exit_cost","one_off_cost"],"rank":1}]})"));
  const Settings settings = settings_of(cases, 1, 2048);
  const PreparedCase prepared = prepare(cases, cases.initiatives[0], 1);
  Workspace work;
  work.draw(prepared, draw_shared(cases, settings), 0, 2048);
  const double *cost = work.row(prepared, place_of(Input::one_off_cost)),
               *run = work.row(prepared, place_of(Input::run_cost_a_year)),
               *exit = work.row(prepared, place_of(Input::exit_cost));
  for (std::size_t i = 0; i < 2048; ++i) {
    ASSERT_EQ(cost[i], run[i]);
    ASSERT_EQ(cost[i], exit[i]);
  }
}

TEST(InitiativeValue, RanksMoveTogetherAsAsked) {
  const Cases cases = cases_of(three({1}));
  const Settings settings = settings_of(cases, 1, 2048);
  const PreparedCase prepared = prepare(cases, cases.initiatives[0], 1);
  Workspace work;
  work.draw(prepared, draw_shared(cases, settings), 0, 2048);
  const auto ranks = [&](Input input) {
    const double* x = work.row(prepared, place_of(input));
    std::vector<std::size_t> order(2048);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return x[i]; });
    std::vector<double> rank(2048);
    for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i);
    return rank;
  };
  const auto a = ranks(Input::one_off_cost), b = ranks(Input::duration);
  double square = 0;
  for (std::size_t i = 0; i < 2048; ++i) square += (a[i] - b[i]) * (a[i] - b[i]);
  const double n = 2048, spearman = 1 - 6 * square / (n * (n * n - 1));
  EXPECT_NEAR(spearman, 0.6, 4 / std::sqrt(n));
}

TEST(InitiativeValue, MoreTimeNeverRaisesIt) {
  double before = 1e300;
  for (const char* duration : {"0", "30", "300", "900", "1824", "1825", "1826", "4000"}) {
    const Cases cases =
        cases_of(file_of(R"({"id":"gain","value_per_unit":{"kind":"lognormal","p05":10,"p95":40}})",
                         std::string(R"({"id":"x","one_off_cost":5,"duration":)") + duration +
                             R"(,"effects":[{"kpi":"gain","change":1}]})"));
    const double mean = only(value(cases)).npv.summary.mean;
    EXPECT_LE(mean, before);
    before = mean;
  }
  EXPECT_EQ(before, -5) << "what comes after the horizon is worth nothing";
}

}  // namespace
}  // namespace tiebeam::investment
