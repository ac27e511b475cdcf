// Years with more events than are drawn one by one: their sum is drawn, and is right to a
// thousandth.
#include <gtest/gtest.h>

#include <cmath>

#include "quant/compound_oracle_test_support.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

// The sum's quantile as the engine draws it against the exact one: no trials, no chance.
TEST(SumsOfManyEvents, AreWithinAThousandthOfTheExactQuantiles) {
  struct Row {
    const char* loss;
    double events, step;
    int bits;
  };
  for (const Row& row :
       {Row{"lognormal mean=100 sd=80", 1500, 4, 17}, Row{"lognormal mean=100 sd=150", 2000, 5, 17},
        Row{"exponential mean=100", 1025, 4, 17}, Row{"uniform min=0 max=200", 1025, 2, 17}}) {
    SCOPED_TRACE(row.loss);
    const quant::Marginal law = *quant::Marginal::create(said(row.loss));
    const double mean = law.mean(), square = law.raw_moment(2), cube = law.raw_moment(3);
    // A Poisson count: cumulants of the sum are rate x raw moments of one loss.
    const quant::oracle::CompoundLoss exact(law, quant::oracle::poisson_generating(row.events),
                                            row.step, row.bits);
    const quant::EventMoments each{mean, square, cube};
    for (const double q : {0.5, 0.75, 0.9, 0.95, 0.99}) {
      const double z = quant::Marginal::create(said("normal mean=0 sd=1"))->quantile(q);
      const double drawn = quant::sum_quantile(row.events, each, z);
      EXPECT_NEAR(drawn / exact.quantile(q), 1, 0.001) << q;
    }
  }
}

// The same of whole runs, with the count drawn first: chance is beside the thousandth.
TEST(SumsOfManyEvents, OfASimulationAgreeWithTheFourierTransform) {
  constexpr std::uint64_t kTrials = 100'000;
  const char* loss = "lognormal mean=100 sd=80";
  const quant::oracle::CompoundLoss exact(*quant::Marginal::create(said(loss)),
                                          quant::oracle::poisson_generating(1500), 4, 17);
  const Register all = of({scenario("s", poisson("1500"), loss)});
  const Years found = years(all, 0, kTrials);
  EXPECT_TRUE(found.sums);
  EXPECT_LT(distance(sorted(found.before), [&](double x) { return exact.cdf(x); }),
            1.63 / std::sqrt(kTrials));
  const Simulation told = run(all, 20'000);
  EXPECT_TRUE(told.scenarios[0].aggregated);
  EXPECT_NEAR(told.portfolio.ale, *told.ale_exact, 5 * told.portfolio.se);
}

// Just below the limit every event is drawn, just above none is; both tell the same.
TEST(SumsOfManyEvents, TellTheSameAsEventByEventAtTheLimit) {
  const auto at = [](const char* rate) {
    Scenario s = scenario("s", poisson(rate), "lognormal mean=100 sd=80");
    s.secondary_probability = said("0.1");
    s.secondary = {{"", said("lognormal mean=300 sd=200")}};
    s.insurance = {{80, 400}};
    Register all = of({s});
    all.controls = {control("c", "0", {fewer(0, "0.5"), smaller(0, "0.4")})};
    return years(all, 0, 20'000, 1, {{0}});
  };
  const Years single = at("1023.9"), sum = at("1024.1");
  EXPECT_FALSE(single.sums);
  EXPECT_TRUE(sum.sums);
  const auto close = [](const std::vector<double>& a, const std::vector<double>& b) {
    const Sample x = sample_of(a), y = sample_of(b);
    EXPECT_NEAR(x.mean, y.mean, 5 * std::hypot(x.se, y.se) + 0.0004 * x.mean);
    EXPECT_NEAR(x.sd / y.sd, 1, 0.04);
    const auto xs = sorted(a), ys = sorted(b);
    for (const double q : {0.05, 0.5, 0.95, 0.99}) {
      const auto rank = static_cast<std::size_t>(q * 20'000);
      EXPECT_NEAR(xs[rank] / ys[rank], 1, 0.005) << q;
    }
  };
  close(single.before, sum.before);
  close(single.after[0], sum.after[0]);
}

// Edge case 8: a rate whose exponential is nothing does not loop.
TEST(SumsOfManyEvents, OfAMillionEventsTakeNoTime) {
  Register all = of({scenario("million", poisson("1e6"), "lognormal mean=100 sd=80"),
                     scenario("uncertain", poisson("lognormal p05=1e5 p95=1e7"), "10..40"),
                     scenario("clustered", negative_binomial(1e6, 0.5), "10..40"),
                     scenario("fixed", fixed(4'000'000'000U), "0.01"),
                     scenario("seven hundred", poisson("760"), "10..40")});
  const Simulation found = run(all, 3000), again = run(all, 3000);
  EXPECT_EQ(found.digest, again.digest);
  for (std::size_t i = 0; i < 5; ++i) {
    const ScenarioResult& each = found.scenarios[i];
    EXPECT_NEAR(each.measures.ale, *each.ale_exact, 5 * each.measures.se + 1e-9 * *each.ale_exact)
        << each.id;
    EXPECT_EQ(each.aggregated, i < 4) << each.id;
  }
}

TEST(SumsOfManyEvents, CannotBeMovedByADriverOfSeverity) {
  Scenario s = scenario("s", poisson("5000"), "10..40");
  s.severity_drivers = {{"inflation", 0.5}};
  const auto refused = simulate(of({s}), {.trials = 10});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "risk.too_many_events");
  EXPECT_EQ(refused.error().field, "/scenarios/0/severity_drivers");
  s.frequency = poisson("lognormal p05=100 p95=5000");  // in some years only
  EXPECT_FALSE(simulate(of({s}), {.trials = 10}).has_value());
  s.frequency = poisson("100..200");
  EXPECT_TRUE(simulate(of({s}), {.trials = 10}).has_value());
}

// A negative binomial beyond the table: its shape is refused where no Gamma of it can be computed,
// not run with another rate.
TEST(SumsOfManyEvents, OfAClusteringThatCannotBeComputedAreRefused) {
  EXPECT_FALSE(
      simulate(of({scenario("s", negative_binomial(100, 1e8), "1")}), {.trials = 10}).has_value());
  const Simulation found = run(of({scenario("s", negative_binomial(100, 1e6), "1")}), 5000);
  EXPECT_NEAR(found.portfolio.ale, 100, 5 * found.portfolio.se);
}

}  // namespace
}  // namespace tiebeam::risk
