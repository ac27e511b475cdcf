// The same register and seed give the same years, whoever computes them and whatever else is in
// the register. docs/method/simulation.md.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <bit>

#include "quant/philox.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

// Everything at once: mixed and plain rates, secondary losses, insurance, causes, drivers,
// controls.
Register mixed_register() {
  std::vector<Scenario> all;
  for (int i = 0; i < 12; ++i) {
    const std::string id = fmt::format("s{:02}", i);
    Scenario s = scenario(id, i % 2 == 0 ? poisson("pert min=0.1 mode=0.5 max=3") : poisson("0.8"),
                          i % 3 == 0 ? "pert min=100 mode=2000 max=90000" : "1000..80000");
    if (i % 3 == 1) {
      s.secondary_probability = said("pert min=0.1 mode=0.2 max=0.5");
      s.secondary = {{"", said("5000..300000")}};
    }
    if (i % 4 == 2) s.insurance = {{10'000, 50'000}};
    if (i % 4 < 2) s.drivers = {{"attackers", 0.5}};
    if (i % 5 == 0) s.severity_drivers = {{"inflation", 0.3}};
    if (i % 6 == 5) s.common_cause = "vendor";
    all.push_back(std::move(s));
  }
  all.push_back(scenario("many", poisson("1500"), "gamma shape=2 scale=10"));
  Register out = of(std::move(all));
  out.common_causes = {{"vendor", poisson("0.3"), {{"attackers", 0.4}}}};
  out.controls = {control("backup", "2000..9000", {smaller(0, "pert min=0.3 mode=0.6 max=0.8")}),
                  control("filter", "3000", {fewer(1, "0.5"), fewer(4, "0.2")})};
  out.control_budget = 10'000;
  return out;
}

std::string text_of(const quant::Mix& mix) {
  return fmt::format("{:016x}{:016x}", mix.high, mix.low);
}

// All that a run says which could show a difference.
std::string everything(const Simulation& found) {
  std::string out = text_of(found.digest);
  const auto add = [&](double x) {
    out += fmt::format(" {:016x}", std::bit_cast<std::uint64_t>(x));
  };
  const auto add_all = [&](const Measures& m) {
    for (const double each : {m.ale, m.se, m.sd, m.p_zero}) add(each);
    for (const auto& each : m.quantiles) add(each.value_or(-1));
    for (const auto& each : m.tvar) add(each.value_or(-1));
  };
  add_all(found.portfolio);
  for (const ScenarioResult& each : found.scenarios) {
    out += "\n" + each.id + text_of(each.digest);
    add_all(each.measures);
    add(each.tail_share.value_or(-1));
  }
  for (const CurvePoint& each : found.curve) add(each.probability.low);
  for (const SetResult& each : found.controls) {
    for (const double x : {each.reduction.value, each.reduction.low, each.p05, each.p50, each.p95,
                           each.cost, each.p_worth})
      add(x);
    add_all(each.residual);
  }
  return out;
}

TEST(Determinism, ThreadsAndVectorsChangeNoBit) {
  const Register all = mixed_register();
  std::string first;
  for (const char* widest : {"none", "avx2", "avx512"}) {
    if (!quant::limit_vectors(widest)) continue;
    for (const unsigned threads : {1u, 2u, 4u}) {
      auto found =
          simulate(all, {.trials = 9001, .seed = 5, .threads = threads, .contributions = true});
      ASSERT_TRUE(found.has_value());
      const std::string here = everything(*found);
      if (first.empty()) first = here;
      EXPECT_EQ(here, first) << widest << ", " << threads << " threads";
    }
  }
  for (const char* widest : {"avx2", "avx512"}) quant::limit_vectors(widest);  // as wide as it goes
}

TEST(Determinism, AnotherSeedGivesOtherYears) {
  const Register all = mixed_register();
  EXPECT_NE(run(all, 5000, 1).digest, run(all, 5000, 2).digest);
  EXPECT_EQ(run(all, 5000, 2).digest, run(all, 5000, 2).digest);
}

// Edge case 22: more trials are the same trials and then more.
TEST(Determinism, TheFirstTrialsDoNotDependOnHowManyFollow) {
  const Register all = mixed_register();
  const Simulation whole = run(all, 8192);
  for (std::size_t s = 0; s < all.scenarios.size(); ++s) {
    const auto few = years(all, s, 10'000).before;
    auto many = years(all, s, 20'000).before;
    many.resize(few.size());
    EXPECT_EQ(few, many) << s;
    // 8,192 trials are four whole blocks: what simulate tells of them is made of the same years.
    std::vector<double> part(few.begin(), few.begin() + 8192);
    part.resize(part.size() + quant::kPad);
    quant::Mix mix;
    for (std::size_t block = 0; block < 4; ++block)
      mix = quant::combine(mix, quant::mix_of(part.data() + block * quant::kBlock, quant::kBlock));
    EXPECT_EQ(whole.scenarios[s].digest, mix) << s;
  }
}

// Edge case 21: what one scenario says does not depend on the others or on their order.
TEST(Determinism, OrderAdditionAndRemovalLeaveTheOtherScenariosAlone) {
  Register all = mixed_register();
  all.controls.clear();
  all.control_budget.reset();
  const Simulation before = run(all, 10'000);
  Register turned = all;
  std::ranges::reverse(turned.scenarios);
  std::swap(turned.scenarios[2], turned.scenarios[7]);
  const Simulation after = run(turned, 10'000);
  EXPECT_EQ(before.digest, after.digest);
  EXPECT_EQ(before.portfolio.ale, after.portfolio.ale);
  EXPECT_EQ(before.portfolio.quantiles, after.portfolio.quantiles);
  const auto same = [&](const Register& other) {
    const Simulation found = run(other, 10'000);
    for (std::size_t i = 0; i < other.scenarios.size(); ++i) {
      const auto here =
          std::ranges::find(before.scenarios, other.scenarios[i].id, &ScenarioResult::id);
      if (here == before.scenarios.end()) continue;
      EXPECT_EQ(found.scenarios[i].digest, here->digest) << here->id;
      EXPECT_EQ(found.scenarios[i].measures.ale, here->measures.ale) << here->id;
      EXPECT_EQ(found.scenarios[i].measures.tvar, here->measures.tvar) << here->id;
    }
  };
  same(turned);
  Register fewer_ones = all;
  fewer_ones.scenarios.erase(fewer_ones.scenarios.begin() + 3);
  same(fewer_ones);
  Register more = all;
  Scenario added = scenario("aaa", poisson("2"), "5..50");
  added.drivers = {{"a driver before all others", 0.5}};
  more.scenarios.insert(more.scenarios.begin(), added);
  same(more);
}

TEST(Determinism, TwoScenariosOfTheSameWordsAreTwoDifferentFates) {
  const Register two =
      of({scenario("a", poisson("1"), "10..40"), scenario("b", poisson("1"), "10..40")});
  const auto a = years(two, 0, 10'000).before, b = years(two, 1, 10'000).before;
  double both = 0, sum = 0;
  for (std::size_t t = 0; t < a.size(); ++t) {
    both += a[t] > 0 && b[t] > 0 ? 1 : 0;
    sum += a[t] == b[t] && a[t] > 0 ? 1 : 0;
  }
  const double p = std::pow(1 - std::exp(-1), 2), n = static_cast<double>(a.size());
  EXPECT_NEAR(both / n, p, 5 * std::sqrt(p * (1 - p) / n));
  EXPECT_EQ(sum, 0);
}

// Edge case 23: beyond 2^32 the high word of the trial counts on.
TEST(Determinism, TrialsBeyondFourThousandMillionAreNewYears) {
  const Register one = of({scenario("s", poisson("1"), "10..40")});
  const std::uint64_t far = (std::uint64_t{1} << 32) / (quant::kBlock / 2);  // counter 2^32
  const auto near_years = years(one, 0, quant::kBlock).before;
  const auto far_years = years(one, 0, quant::kBlock, 1, {}, far).before;
  EXPECT_NE(near_years, far_years);
  EXPECT_EQ(far_years, years(one, 0, quant::kBlock, 1, {}, far).before);
  EXPECT_NEAR(sample_of(far_years).mean, sample_of(near_years).mean,
              5 * 2 * sample_of(near_years).se);
  const auto last = years(one, 0, quant::kBlock, 1, {}, kMostTrials / quant::kBlock).before;
  EXPECT_NE(last, far_years);
}

// Edge case 20: any number of trials, whatever the width of vectors and blocks.
TEST(Determinism, OddNumbersOfTrialsAreTheFirstOfTheBlock) {
  const Register one = of({scenario("s", fixed(1), "10..40")});
  const auto all = years(one, 0, 4096).before;
  for (const std::uint64_t trials : {1u, 2u, 7u, 8u, 9u, 63u, 2047u, 2048u, 2049u, 4095u}) {
    const Simulation found = run(one, trials);
    double sum = 0;
    for (std::size_t t = 0; t < trials; ++t) sum += all[t];
    const auto n = static_cast<double>(trials);
    EXPECT_NEAR(found.portfolio.ale, sum / n, 1e-9 * sum) << trials;
    EXPECT_EQ(found.portfolio.p_zero, 0) << trials;
    if (trials == 1) {
      EXPECT_EQ(found.portfolio.sd, 0);
    }
  }
}

// Edge case 25: who stops a run gets nothing of it.
TEST(Determinism, AStoppedRunLeavesNothing) {
  const Register all = mixed_register();
  double told = 0;
  Settings settings{.trials = 10'000, .progress = [&](double share) {
                      told = share;
                      return false;
                    }};
  const auto stopped = simulate(all, settings);
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().code, "risk.cancelled");
  EXPECT_FALSE(stopped.error().hint.empty());
  EXPECT_GT(told, 0);
  settings.progress = [&](double share) {
    EXPECT_GE(share, told * 0);
    told = share;
    return true;
  };
  const auto whole = simulate(all, settings);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(told, 1);
  EXPECT_EQ(whole->digest, run(all, 10'000).digest);
}

}  // namespace
}  // namespace tiebeam::risk
