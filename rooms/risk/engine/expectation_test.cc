// What trials say on average against what formulas say: 200 random scenarios, ten seeds.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>
#include <random>

#include "quant/frequency.h"
#include "rooms/risk/engine/closed_form.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using quant::Marginal;
using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

constexpr double kMostErrors = 5;

// Draws of what a person might write down. The spread of losses stays within two decades, so that
// the mean of some thousand events is close to normal and its standard error means something.
class Random {
 public:
  explicit Random(std::uint64_t seed) : rng_(seed) {}

  std::size_t below(std::size_t n) { return rng_() % n; }
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(rng_() >> 11) * 0x1p-53;
  }
  // Any shape there is, about `size`.
  std::string amount(double size, std::size_t shape) {
    const double a = size * between(0.2, 0.6), b = size * between(0.8, 1.5),
                 c = size * between(2, 5);
    switch (shape % 13) {
      case 0:
        return fmt::format("{}", b);
      case 1:
        return fmt::format("lognormal p05={} p95={}", a, c);
      case 2:
        return fmt::format("lognormal mean={} sd={}", b, a);
      case 3:
        return fmt::format("normal mean={} sd={}", b, b / 5);
      case 4:
        return fmt::format("normal p10={} p90={}", b, 3 * b);  // cut at 0
      case 5:
        return fmt::format("pert min={} mode={} max={}", a, b, c);
      case 6:
        return fmt::format("triangular min={} mode={} max={}", a, b, c);
      case 7:
        return fmt::format("uniform min={} max={}", a, c);
      case 8:
        return fmt::format("gamma shape={} scale={}", between(0.7, 4), a);
      case 9:
        return fmt::format("exponential mean={}", b);
      case 10:
        return fmt::format("discrete {}=0.5 {}=0.3 {}=0.2", a, b, c);
      case 11:
        return fmt::format("empirical {} {} {} {}", a, b, (b + c) / 2, c);
      default:
        return fmt::format("metalog p10={} p50={} p90={} min=0 max={}", a, b, c, 12 * size);
    }
  }
  std::string share(std::size_t shape) {
    const double a = between(0.02, 0.1), b = between(0.15, 0.3), c = between(0.4, 0.8);
    switch (shape % 6) {
      case 0:
        return fmt::format("{}", b);
      case 1:
        return fmt::format("pert min={} mode={} max={} lambda={}", a, b, c, between(1, 9));
      case 2:
        return fmt::format("beta alpha={} beta={}", 1 + 8 * b, 2 + 9 * c);
      case 3:
        return fmt::format("uniform min={} max={}", a, c);
      case 4:
        return fmt::format("triangular min={} mode={} max={}", a, b, c);
      default:
        return fmt::format("discrete {}=0.25 {}=0.75", a, b);
    }
  }
  Frequency frequency(std::size_t kind, std::size_t shape) {
    switch (kind % 6) {
      case 0:
        return poisson(amount(between(0.1, 3), shape));
      case 1:
        return poisson(amount(between(1, 8), shape), share(shape));
      case 2:
        return bernoulli(share(shape));
      case 3:
        return negative_binomial(between(0.1, 4), between(0.3, 5));
      case 4:
        return fixed(static_cast<std::uint32_t>(1 + below(3)));
      default:
        return poisson(fmt::format("{}", between(0.05, 40)));
    }
  }

 private:
  std::mt19937_64 rng_;
};

Register random_register(std::uint64_t seed) {
  Random random(seed);
  Register out = of({});
  out.common_causes = {{"vendor", poisson("0.3"), {{"season", 0.5}}},
                       {"flood", bernoulli("0.1"), {}}};
  for (std::size_t i = 0; i < 200; ++i) {
    const std::string loss = random.amount(std::pow(10, random.between(2, 7)), i);
    Scenario s = scenario(fmt::format("s{}", i), random.frequency(i / 2, i / 3), loss);
    if (i % 5 == 1)
      s.primary = {{"response", said(loss)}, {"reputation", said(random.amount(500, i / 7))}};
    if (i % 4 == 2) {
      s.secondary_probability = said(random.share(i / 4));
      s.secondary = {{"", said(random.amount(3e4, i / 5))}};
    } else if (i % 4 == 3 && i % 5 != 1) {
      s.insurance = {{random.between(0, 2e5), random.between(1e4, 1e6)}};
    }
    if (i % 6 == 0) s.drivers = {{"season", random.between(-0.6, 0.6)}, {"attackers", 0.5}};
    if (i % 7 == 0) s.severity_drivers = {{"inflation", 0.4}};
    if (i % 9 == 4) s.common_cause = i % 2 == 0 ? "vendor" : "flood";
    if (i % 27 == 4) s.frequency.reset();
    out.scenarios.push_back(std::move(s));
  }
  return out;
}

// P(no event in a year). Losses are above 0, so it is also that of a year without loss.
double no_event(const Frequency& f) {
  const auto law = [&](std::size_t i) {
    const Marginal made = *Marginal::create(f.factors[i]);
    return made.least() < 0 ? made.cut_at_zero().value_or(made) : made;
  };
  switch (f.law) {
    case CountLaw::fixed:
      return f.count == 0 ? 1 : 0;
    case CountLaw::bernoulli:
      return 1 - law(0).mean();
    case CountLaw::negative_binomial:
      return quant::negative_binomial_chance(f.mean, f.size, 0);
    case CountLaw::poisson:
      return f.factors.size() == 1 ? quant::mixed_poisson_count(law(0)).p_zero
                                   : quant::mixed_poisson_count(law(0), law(1)).p_zero;
  }
  return 1;
}

double no_event(const Register& all, const Scenario& s) {
  double out = s.frequency ? no_event(*s.frequency) : 1;
  for (const CommonCause& cause : all.common_causes)
    if (cause.id == s.common_cause) out *= no_event(cause.frequency);
  return out;
}

TEST(Simulate, TwoHundredRandomScenariosAgreeWithTheFormulaForTenSeeds) {
  constexpr std::uint64_t kTrials = 20'000;
  const Register all = random_register(20261122);
  std::vector<double> none;
  std::size_t exact = 0;
  for (const Scenario& s : all.scenarios) none.push_back(no_event(all, s));
  double squares = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Simulation found = run(all, kTrials, seed);
    ASSERT_EQ(found.scenarios.size(), all.scenarios.size());
    for (std::size_t i = 0; i < found.scenarios.size(); ++i) {
      SCOPED_TRACE(fmt::format("scenario {} seed {}", i, seed));
      const ScenarioResult& each = found.scenarios[i];
      const double p = none[i];
      EXPECT_NEAR(each.measures.p_zero, p,
                  kMostErrors * std::sqrt(p * (1 - p) / kTrials) + 2.0 / kTrials);
      if (!each.ale_exact) continue;
      ++exact;
      EXPECT_NEAR(each.measures.ale, *each.ale_exact,
                  kMostErrors * each.measures.se + 1e-9 * *each.ale_exact);
      if (each.measures.se > 0)
        squares += std::pow((each.measures.ale - *each.ale_exact) / each.measures.se, 2);
    }
  }
  EXPECT_GT(exact, 1900u);                                    // nearly all of them have a formula
  EXPECT_NEAR(squares / static_cast<double>(exact), 1, 0.2);  // and errors are of the size told
}

// quant/reference_values.json, fair_full: every factor of a loss uncertain at once.
TEST(Simulate, AFarTailLeavesTheMeanOfWhatWasDrawn) {
  // The expected loss, 3e64, lies beyond any year that 1,000 trials show.
  const Scenario s = scenario("a", {.law = CountLaw::fixed, .count = 7},
                              "lognormal p05=0.00000000000000001 p95=190000200");
  const Simulation found = run(of({s}), 1000);
  EXPECT_GT(*found.scenarios[0].ale_exact, 1e60);
  const Measures& told = found.scenarios[0].measures;
  EXPECT_GT(told.ale, *told.quantiles[0] / 2);
  EXPECT_LT(told.ale, 1e40);
  EXPECT_GT(told.sd, told.ale);
  EXPECT_LE(told.sd, told.ale * std::sqrt(1000) * (1 + 1e-9));  // one year can make all of it
}

TEST(Simulate, TheFullTreeOfFactorsHasItsMeanAndItsSpread) {
  Scenario s =
      scenario("fair", poisson("pert min=1 mode=4 max=12", "pert min=0.1 mode=0.2 max=0.5"),
               "lognormal p05=10000 p95=100000");
  s.secondary_probability = said("pert min=0.05 mode=0.1 max=0.3");
  s.secondary = {{"", said("lognormal p05=50000 p95=500000")}};
  const Simulation found = run(of({s}), 1'000'000);
  ASSERT_TRUE(found.ale_exact.has_value());
  EXPECT_NEAR(*found.ale_exact, 74038.84618270671, 1e-4);
  EXPECT_NEAR(found.portfolio.ale, 74038.84618270671, kMostErrors * found.portfolio.se);
  EXPECT_NEAR(found.portfolio.sd / 127814.23055738615, 1, 0.01);
}

TEST(ExpectedLoss, HasNoFormulaWhereThereIsNone) {
  Scenario s = scenario("s", poisson("uniform min=1 max=2"), "10..40");
  const auto formula = [&] { return expected_loss(of({s}), s); };
  EXPECT_TRUE(formula().has_value());
  s.insurance = {{5, 10}};
  EXPECT_TRUE(formula().has_value());
  s.insurance = {{5, 10}, {20, 10}};  // the second pays for what the first leaves
  EXPECT_FALSE(formula().has_value());
  s.insurance = {{5, 10}};
  s.primary.push_back({"response", said("3..9")});  // a layer on a sum
  EXPECT_FALSE(formula().has_value());
  s.insurance.clear();
  s.drivers = {{"season", 0.5}};
  s.severity_drivers = {{"season", 0.5}};  // how often and how much move together
  EXPECT_FALSE(formula().has_value());
  s.severity_drivers = {{"inflation", 0.5}};
  EXPECT_TRUE(formula().has_value());
}

// A driver that moves both raises the mean above the product of the means.
TEST(Simulate, OneDriverOnHowOftenAndHowMuchRaisesTheMean) {
  Scenario s = scenario("s", poisson("0.5..4"), "1000..10000");
  const double apart = run(of({s}), 100'000).portfolio.ale;
  s.drivers = {{"season", 0.9}};
  s.severity_drivers = {{"season", 0.9}};
  const Simulation together = run(of({s}), 100'000);
  EXPECT_FALSE(together.ale_exact.has_value());
  // exp(sigma_rate sigma_loss 0.81) for lognormals whose scores correlate by 0.9^2.
  const double width = std::log(8) / 3.2897072539029444, loss = std::log(10) / 3.2897072539029444;
  EXPECT_NEAR(together.portfolio.ale / apart, std::exp(width * loss * 0.81), 0.03);
}

}  // namespace
}  // namespace tiebeam::risk
