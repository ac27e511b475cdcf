// What controls take away: layers that multiply, years compared with themselves, the best set.
#include "rooms/risk/engine/control_sets.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <random>

#include "quant/compound_oracle_test_support.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

ControlSet every_control(const Register& all) {
  ControlSet out(all.controls.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

double mean_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t t = 0; t < a.size(); ++t) sum += a[t] - b[t];
  return sum / static_cast<double>(a.size());
}

// Edge case 15: a control that does nothing takes exactly nothing away, in every year.
TEST(Controls, OfNoEffectLeaveEveryYearBitForBit) {
  Scenario plain = scenario("plain", poisson("uniform min=0.2 max=4"), "1000..90000");
  plain.secondary_probability = said("pert min=0.1 mode=0.2 max=0.5");
  plain.secondary = {{"", said("5000..300000")}};
  plain.insurance = {{5000, 100'000}};
  Scenario many = scenario("many", poisson("3000"), "10..40");
  Scenario shared = scenario("shared", poisson("0.2"), "gamma shape=2 scale=700");
  shared.common_cause = "vendor";
  Register all = of({plain, many, shared});
  all.common_causes = {{"vendor", poisson("0.4"), {}}};
  for (std::size_t s = 0; s < 3; ++s) {
    all.controls.push_back(control(fmt::format("fewer {}", s), "0", {fewer(s, "0")}));
    all.controls.push_back(control(fmt::format("smaller {}", s), "0", {smaller(s, "0")}));
  }
  for (std::size_t s = 0; s < 3; ++s) {
    const Years found = years(all, s, 20'000, 3, {{2 * s}, {2 * s + 1}, {2 * s, 2 * s + 1}});
    for (const auto& after : found.after) EXPECT_EQ(after, found.before) << s;
  }
  for (const SetResult& each : run(all, 20'000).controls) {
    EXPECT_EQ(each.reduction.value, 0);
    EXPECT_EQ(each.reduction.low, 0);
    EXPECT_EQ(each.reduction.high, 0);
    EXPECT_EQ(each.p_worth, 0);
    EXPECT_FALSE(each.rosi.has_value());  // no cost: no return on it, rather than infinity
  }
}

TEST(Controls, OfFullEffectLeaveNothing) {
  Register all =
      of({scenario("s", poisson("2"), "1000..90000"), scenario("many", poisson("3000"), "10..40")});
  all.controls = {control("a", "10", {fewer(0, "1"), fewer(1, "1")}),
                  control("b", "10", {smaller(0, "1"), smaller(1, "1")})};
  for (std::size_t s = 0; s < 2; ++s) {
    const Years found = years(all, s, 10'000, 1, {{0}, {1}});
    for (const auto& after : found.after)
      EXPECT_TRUE(std::ranges::all_of(after, [](double x) { return x == 0; }));
  }
  const Simulation found = run(all, 10'000);
  EXPECT_NEAR(found.controls[0].reduction.value / found.portfolio.ale, 1, 1e-12);
  EXPECT_EQ(found.controls[0].residual.ale, 0);
  EXPECT_NEAR(*found.controls[0].rosi, (found.portfolio.ale - 10) / 10, 1e-6 * found.portfolio.ale);
}

// quant/reference_values.json, poisson_thinning: a quarter of 4 a year is a Poisson of 1.
TEST(Controls, ThatPreventEventsLeaveThePoissonOfTheThinnedRate) {
  Register all = of({scenario("s", poisson("4"), "10000..1000000")});
  all.controls = {control("c", "0", {fewer(0, "0.75")})};
  constexpr std::uint64_t kTrials = 100'000;
  const auto left = sorted(years(all, 0, kTrials, 1, {{0}}).after[0]);
  const quant::oracle::CompoundLoss exact(*quant::Marginal::create(said("10000..1000000")),
                                          quant::oracle::poisson_generating(1), 250, 18);
  EXPECT_LT(distance(left, [&](double x) { return exact.cdf(x); }), 1.63 / std::sqrt(kTrials));
  const auto none = std::ranges::count(left, 0.0);
  EXPECT_NEAR(static_cast<double>(none) / kTrials, 0.36787944117144233,
              5 * std::sqrt(0.2325 / kTrials));
}

// quant/reference_values.json, controls_combine: 0.79, not 1.2.
TEST(Controls, LayersMultiplyWhatRemains) {
  Register all = of({scenario("s", poisson("5"), "1000..9000")});
  for (const char* by : {"0.5", "0.4", "0.3"}) {
    all.controls.push_back(control(std::string("fewer ") + by, "1", {fewer(0, by)}));
    all.controls.push_back(control(std::string("smaller ") + by, "1", {smaller(0, by)}));
  }
  const Years found = years(all, 0, 400'000, 1, {{0, 2, 4}, {1, 3, 5}});
  const Sample before = sample_of(found.before);
  EXPECT_NEAR(sample_of(found.after[0]).mean / before.mean, 0.21, 5 * before.se / before.mean);
  for (std::size_t t = 0; t < 1000; ++t)
    EXPECT_NEAR(found.after[1][t], 0.21 * found.before[t], 1e-12 * found.before[t]);
}

// Smaller losses meet the insurance again: what is left is not a share of what was left before.
TEST(Controls, OnTheSizeComeBeforeInsurance) {
  Scenario s = scenario("s", fixed(1), "1000");
  s.insurance = {{400, 500}};  // leaves 400 + 100
  Register all = of({s});
  all.controls = {control("half", "0", {smaller(0, "0.5")})};  // 500 leaves 400
  const Years found = years(all, 0, 10, 1, {{0}});
  EXPECT_EQ(found.before[0], 500);
  EXPECT_EQ(found.after[0][0], 400);
}

// The reason to compare a year with itself: the same question asked of two different sets of years.
TEST(Controls, PairedYearsTellWhatUnpairedOnesCannot) {
  Register all = of({scenario("s", poisson("0.5"), "10000..1000000")});
  all.controls = {control("c", "0", {smaller(0, "0.1")})};
  constexpr std::uint64_t kTrials = 100'000;
  const Years one = years(all, 0, kTrials, 1, {{0}});
  const Years other = years(all, 0, kTrials, 2, {{0}});
  std::vector<double> paired, unpaired;
  for (std::size_t t = 0; t < kTrials; ++t) {
    paired.push_back(one.before[t] - one.after[0][t]);
    unpaired.push_back(one.before[t] - other.after[0][t]);
  }
  const Sample sure = sample_of(paired), unsure = sample_of(unpaired);
  RecordProperty("variance_ratio", fmt::format("{:.0f}", std::pow(unsure.sd / sure.sd, 2)));
  EXPECT_NEAR(sure.mean, 13319.9, 5 * sure.se);
  EXPECT_GT(std::pow(unsure.sd / sure.sd, 2), 100);
  // Two runs of the very same register differ by chance alone; by as much as the control is worth.
  EXPECT_NE(mean_difference(one.before, other.before), 0);
  EXPECT_GT(2 * unsure.se, 0.2 * sure.mean);
}

TEST(Controls, SaySignificantThingsOfSingleYears) {
  Register all = of({scenario("s", poisson("0.5"), "10000..1000000")});
  all.controls = {control("c", "5000..20000", {fewer(0, "uniform min=0.5 max=0.9")})};
  const Simulation found = run(all, 100'000);
  const SetResult& c = found.controls[0];
  EXPECT_NEAR(c.reduction.value, 0.7 * 133199.0, 5 * (c.reduction.high - c.reduction.low) / 3.29);
  EXPECT_NEAR(c.cost, 10921, 100);  // mean of the lognormal 5,000 to 20,000
  EXPECT_EQ(c.p50, 0);              // most years nothing would have happened anyway
  EXPECT_GT(c.p95, c.p50);
  // It is worth its cost in the years in which at least one event is prevented and that is dearer.
  EXPECT_GT(c.p_worth, 0.2);
  EXPECT_LT(c.p_worth, 1 - std::exp(-0.35));
  EXPECT_NEAR(c.residual.ale, found.portfolio.ale - c.reduction.value, 1e-6 * found.portfolio.ale);
}

// A register of four controls small enough to try every set by simulation.
Register four_controls() {
  Scenario insured = scenario("insured", poisson("3"), "10000..100000");
  insured.insurance = {{20'000, 40'000}};
  Register all = of({scenario("a", poisson("2"), "20000..80000"), insured});
  all.controls = {control("fewer", "20000", {fewer(0, "0.5"), fewer(1, "0.1")}),
                  control("smaller", "15000", {smaller(0, "0.4"), smaller(1, "0.5")}),
                  control("both", "30000..50000", {fewer(0, "0.6"), smaller(1, "0.2")}),
                  control("dear", "90000", {fewer(1, "0.8")})};
  return all;
}

TEST(BestSet, IsTheBestOfAllSetsTriedBySimulation) {
  const Register all = four_controls();
  std::vector<ControlSet> sets(16);
  for (std::size_t bits = 0; bits < 16; ++bits)
    for (std::size_t c = 0; c < 4; ++c)
      if ((bits >> c & 1) != 0) sets[bits].push_back(c);
  const double costs[] = {20000, 15000, 39385, 90000};
  std::vector<double> worth(16, 0);
  for (std::size_t s = 0; s < 2; ++s) {
    const Years found = years(all, s, 200'000, 1, sets);
    for (std::size_t v = 0; v < 16; ++v) worth[v] += mean_difference(found.before, found.after[v]);
  }
  const auto cost = [&](std::size_t v) {
    double sum = 0;
    for (const std::size_t c : sets[v]) sum += costs[c];
    return sum;
  };
  for (const double budget : {0.0, 16'000.0, 36'000.0, 60'000.0, 75'000.0, 200'000.0}) {
    std::size_t best = 0;
    for (std::size_t v = 0; v < 16; ++v)
      if (cost(v) <= budget && worth[v] - cost(v) > worth[best] - cost(best)) best = v;
    const BestSet found = best_set(*prepare(all, 1), budget, {}, every_control(all));
    EXPECT_EQ(found.controls, sets[best]) << budget;
    EXPECT_TRUE(found.proven);
  }
}

TEST(BestSet, OfControlsThatAreNotWorthTheirCostIsNone) {
  Register all = four_controls();
  for (Control& each : all.controls) each.cost_a_year = Estimate::point(1e7);
  all.control_budget = 1e9;
  const Simulation found = run(all, 5000);
  EXPECT_TRUE(found.best->controls.empty());
  EXPECT_EQ(found.best->reduction.value, 0);
  EXPECT_FALSE(found.best->rosi.has_value());
}

// Beyond what can be tried, adding whichever helps most is the least that is reached.
TEST(BestSet, OfManyControlsIsNeverWorseThanTheGreedyOne) {
  std::mt19937_64 rng(7);
  const auto unit = [&] { return static_cast<double>(rng() >> 11) * 0x1p-53; };
  for (int round = 0; round < 6; ++round) {
    Register all = of({scenario("a", fixed(1), "1e6"), scenario("b", fixed(1), "2e6"),
                       scenario("c", fixed(1), "5e5")});
    std::vector<double> cost, by;
    std::vector<std::size_t> on;
    for (std::size_t c = 0; c < kExhaustive + 4; ++c) {
      cost.push_back(std::floor(20'000 + 200'000 * unit()));
      by.push_back(0.05 + 0.5 * unit());
      on.push_back(c % 3);
      all.controls.push_back(control(fmt::format("c{}", c), fmt::format("{}", cost[c]),
                                     {smaller(on[c], fmt::format("{}", by[c]))}));
    }
    const double budget = 600'000;
    const double size[] = {1e6, 2e6, 5e5};
    const auto worth = [&](const ControlSet& set) {
      double left[] = {1, 1, 1}, spent = 0, out = 0;
      for (const std::size_t c : set) {
        left[on[c]] *= 1 - by[c];
        spent += cost[c];
      }
      for (std::size_t s = 0; s < 3; ++s) out += size[s] * (1 - left[s]);
      return spent > budget ? -1 : out - spent;
    };
    ControlSet greedy;
    for (bool more = true; more;) {
      more = false;
      ControlSet best = greedy;
      for (std::size_t c = 0; c < all.controls.size(); ++c) {
        if (std::ranges::find(greedy, c) != greedy.end()) continue;
        ControlSet with = greedy;
        with.push_back(c);
        if (worth(with) > worth(best)) best = with;
      }
      more = best.size() > greedy.size();
      greedy = best;
    }
    const BestSet found = best_set(*prepare(all, 1), budget, {}, every_control(all));
    EXPECT_FALSE(found.proven);
    EXPECT_GE(worth(found.controls), worth(greedy) * (1 - 1e-9));
  }
}

}  // namespace
}  // namespace tiebeam::risk
