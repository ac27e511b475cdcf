// What is told of many years is what sorting all of them would tell; and it agrees with references
// that were not simulated.
#include "rooms/risk/engine/measures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

#include "base/text.h"
#include "quant/compound_oracle_test_support.h"
#include "quant/reference_test_support.h"
#include "quant/tail.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests
using quant::Marginal;

// Years that somebody else has drawn, counted as the engine counts its own.
struct Given {
  explicit Given(const std::vector<double>& loss)
      : column((loss.size() + quant::kBlock - 1) / quant::kBlock) {
    std::vector<double> block(quant::kBlock + quant::kPad);
    for (std::size_t b = 0; b < column.blocks(); ++b) {
      const std::size_t first = b * quant::kBlock, n = std::min(quant::kBlock, loss.size() - first);
      std::copy_n(loss.begin() + static_cast<std::ptrdiff_t>(first), n, block.begin());
      counted.totals.add(totals_of(block.data(), n, loss.front()));
      column.fill(b, block.data(), n);
    }
    column.count_into(counted.histogram);
    counted.column = &column;
  }
  LossColumn column;
  Counted counted;
};

void expect_as_sorted(const Measures& told, const std::vector<double>& loss) {
  const std::vector<double> all = sorted(loss);
  const quant::SortedTrials trials{all};
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    EXPECT_EQ(told.quantiles[i].has_value(), quant::has_value_at_risk(trials, kShares[i]))
        << kShares[i];
    if (told.quantiles[i]) {
      EXPECT_EQ(*told.quantiles[i], quant::value_at_risk(trials, kShares[i])) << kShares[i];
    }
  }
  for (std::size_t i = 0; i < kTails.size(); ++i) {
    EXPECT_EQ(told.tvar[i].has_value(), quant::has_tail_value_at_risk(trials, kTails[i]))
        << kTails[i];
    if (!told.tvar[i]) continue;
    const double tvar = quant::tail_value_at_risk(trials, kTails[i]);
    EXPECT_NEAR(*told.tvar[i], tvar, 1e-12 * tvar) << kTails[i];
  }
  const Sample sample = sample_of(loss);
  EXPECT_NEAR(told.ale, sample.mean, 1e-10 * sample.mean);
  if (loss.size() > 1) {
    EXPECT_NEAR(told.sd, sample.sd, 1e-9 * sample.sd);
  }
}

TEST(Measures, AreThoseOfAllTrialsSorted) {
  std::mt19937_64 rng(20261122);
  const auto unit = [&] { return static_cast<double>(rng() >> 11) * 0x1p-53; };
  const std::vector<std::function<double()>> kinds = {
      [&] { return unit() * 1e6; },
      [&] { return unit() < 0.9 ? 0 : unit() * 1e6; },
      [&] { return unit() < 0.97 ? 0 : 100.0; },                      // an atom
      [&] { return std::floor(unit() * 5) * 1000; },                  // few values
      [&] { return unit() < 0.5 ? 0 : std::exp(30 * unit() - 15); },  // from below to far above
      [&] { return std::exp(200 * unit()); }};                        // beyond the last bin
  for (const std::size_t n : {1u, 7u, 100u, 999u, 2048u, 5000u, 20'001u, 60'000u}) {
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      SCOPED_TRACE(testing::Message() << n << " years of kind " << kind);
      std::vector<double> loss(n);
      for (double& each : loss) each = kinds[kind]();
      const Given given(loss);
      expect_as_sorted(given.counted.measures(), loss);
      for (const double x : {0.0, 100.0, loss.back()}) {
        const auto beyond = std::ranges::count_if(loss, [&](double each) { return each > x; });
        EXPECT_EQ(exceedance(given.counted, x).value,
                  static_cast<double>(beyond) / static_cast<double>(n));
      }
    }
  }
}

TEST(Measures, OfASimulationAreThoseOfItsYears) {
  Scenario s = scenario("s", poisson("0.7"), "1000..50000");
  s.insurance = {{5000, 20'000}};
  for (const std::uint64_t trials : {999u, 50'000u}) {
    const auto loss = years(of({s}), 0, trials).before;
    expect_as_sorted(run(of({s}), trials).portfolio, loss);
    expect_as_sorted(run(of({s}), trials).scenarios[0].measures, loss);
  }
}

// Where years are too many to keep, percentiles come from counts: within half a bin, 0.4 %.
TEST(Measures, FromCountsAloneAreWithinFourTenthsOfAPercent) {
  std::vector<double> loss =
      years(of({scenario("s", poisson("1.5"), "1000..900000")}), 0, 200'000).before;
  Given given(loss);
  const Measures exact = given.counted.measures();
  given.counted.column = nullptr;
  const Measures counted = given.counted.measures();
  EXPECT_EQ(counted.ale, exact.ale);
  EXPECT_EQ(counted.p_zero, exact.p_zero);
  for (std::size_t i = 0; i < kShares.size(); ++i)
    EXPECT_NEAR(*counted.quantiles[i] / *exact.quantiles[i], 1, 0.004) << kShares[i];
  for (std::size_t i = 0; i < kTails.size(); ++i)
    EXPECT_NEAR(*counted.tvar[i] / *exact.tvar[i], 1, 0.001) << kTails[i];
}

// More than kMostKept trials run in ranges; their first ones are the same, their figures close.
TEST(Measures, OfMoreTrialsThanAreKeptAgreeWithTheFormula) {
  const Simulation found =
      run(of({scenario("s", poisson("0.4"), "gamma shape=2 scale=500")}), kMostKept + 5000);
  EXPECT_FALSE(found.exact);
  EXPECT_NEAR(found.portfolio.ale, 400, 5 * found.portfolio.se);
  EXPECT_NEAR(found.portfolio.p_zero, std::exp(-0.4), 5 * std::sqrt(0.22 / 4.2e6));
  EXPECT_EQ(found.portfolio.quantiles[0], 0);
  EXPECT_TRUE(found.portfolio.quantiles[5].has_value());
}

// Years against the exact distribution: Kolmogorov and Smirnov's distance stays below 1.63 /
// sqrt(n) in 99 of 100 samples; three seeds are tried.
TEST(Measures, TheDistributionIsThatOfTheFourierTransform) {
  const Marginal loss = *Marginal::create(said("10000..1000000"));
  constexpr std::uint64_t kTrials = 100'000;
  for (const double rate : {0.02, 0.5, 3.0}) {
    const quant::oracle::CompoundLoss exact(loss, quant::oracle::poisson_generating(rate), 250, 18);
    double least = 1;
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
      const Register one = of({scenario("s", poisson(shortest(rate)), "10000..1000000")});
      const double apart = distance(sorted(years(one, 0, kTrials, seed).before),
                                    [&](double x) { return exact.cdf(x); });
      least = std::min(least, apart);
      if (least < 1.63 / std::sqrt(kTrials)) break;
    }
    EXPECT_LT(least, 1.63 / std::sqrt(kTrials)) << rate;
  }
}

// The figures of a run and their standard errors: of a percentile sqrt(q (1 - q) / n) / f, with the
// density f from the years around it; of a TVaR the spread of what lies beyond (Chen 2008).
struct Wanted {
  std::string id, law, loss;
  double rate;
};
void expect_close(const Wanted& wanted, const quant::reference::Entry& entry) {
  constexpr std::uint64_t kTrials = 500'000;
  Frequency frequency =
      wanted.law == "bernoulli" ? bernoulli(shortest(wanted.rate)) : poisson(shortest(wanted.rate));
  const Register one = of({scenario("s", std::move(frequency), wanted.loss)});
  const Simulation found = run(one, kTrials, 7);
  const auto all = sorted(years(one, 0, kTrials, 7).before);
  const quant::SortedTrials trials{all};
  const auto error_of = [&](double q) {
    const double half = std::min(0.002, (1 - q) / 5);
    const double density =
        2 * half /
        (quant::value_at_risk(trials, q + half) - quant::value_at_risk(trials, q - half));
    return std::sqrt(q * (1 - q) / kTrials) / density;
  };
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    const std::string name = "expected.var" + shortest(kShares[i] * 100);
    if (!entry.numbers.contains(name)) continue;
    const double exact = entry.at(name);
    if (exact == 0) {
      EXPECT_EQ(*found.portfolio.quantiles[i], 0) << name;
    } else {
      EXPECT_NEAR(*found.portfolio.quantiles[i], exact, 5 * error_of(kShares[i])) << name;
    }
  }
  for (std::size_t i = 0; i < kTails.size(); ++i) {
    const std::string name = "expected.tvar" + shortest(kTails[i] * 100);
    if (!entry.numbers.contains(name)) continue;
    const double q = kTails[i], at = quant::value_at_risk(trials, q);
    std::vector<double> beyond;
    for (const double x : all) beyond.push_back(std::max(0.0, x - at));
    EXPECT_NEAR(*found.portfolio.tvar[i], entry.at(name), 5 * sample_of(beyond).se / (1 - q))
        << name;
  }
}

TEST(Measures, AgreeWithTheReferencesOfCompoundLosses) {
  const auto entries =
      quant::reference::read_all(TIEBEAM_SOURCE_DIR "/quant/reference_values.json");
  const std::string exponential = "gamma shape=1 scale=100000", lognormal = "10000..1000000";
  for (const Wanted& each :
       {Wanted{"compound_poisson_exponential_0.5", "poisson", exponential, 0.5},
        Wanted{"compound_poisson_exponential_3.0", "poisson", exponential, 3},
        Wanted{"compound_poisson_lognormal_quantiles_0.5", "poisson", lognormal, 0.5},
        Wanted{"compound_poisson_lognormal_quantiles_3.0", "poisson", lognormal, 3},
        Wanted{"tvar_bernoulli_lognormal", "bernoulli", lognormal, 0.05}}) {
    SCOPED_TRACE(each.id);
    expect_close(each, entries.at(each.id));
  }
}

}  // namespace
}  // namespace tiebeam::risk
