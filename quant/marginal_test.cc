// Every estimate as a map of a standard normal: monotone, the inverse of its own distribution in
// both tails, with the moments that integration of the map itself gives.
#include "quant/marginal.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace tiebeam::quant {
namespace {

Marginal made(std::string_view text) {
  const auto estimate = parse_estimate(text);
  EXPECT_TRUE(estimate.has_value()) << text << ": " << estimate.error().message;
  auto marginal = Marginal::create(estimate.value_or(Estimate::point(0)));
  EXPECT_TRUE(marginal.has_value()) << text << ": " << marginal.error().message;
  return *marginal;
}

void expect_near(double value, double expected, double tolerance, const std::string& what) {
  EXPECT_NEAR(value, expected, tolerance * std::max(std::abs(expected), 1e-300)) << what;
}

const char* const kContinuous[] = {
    "lognormal p05=10 p95=1000",
    "lognormal mean=5 sd=2",
    "lognormal p01=3 p99=3.0001",
    "normal p05=-5 p95=120",
    "normal p25=1 p75=2",
    "0..0.1..1",
    "10..20..60",
    "0..0..1",
    "0..1..1",
    "pert p05=60 mode=150 p95=300",
    "pert p05=-3 mode=-3 p95=4",
    "pert p05=0 mode=0 p95=9",
    "pert min=-3 mode=2 max=4 lambda=0.1",
    "pert min=-3 mode=2 max=4 lambda=50",
    "triangular min=0 mode=1 max=4",
    "triangular min=1 mode=1 max=4",
    "triangular min=0 mode=4 max=4",
    "uniform min=2 max=10",
    "beta alpha=0.5 beta=0.3",
    "beta alpha=200 beta=3",
    "beta mean=0.39 sd=0.1",
    "gamma shape=0.4 scale=2",
    "gamma shape=30 scale=2",
    "exponential mean=7",
    "metalog p10=10 p50=20 p90=60",
    "metalog p05=10 p50=20 p95=35",
    "metalog p10=10 p50=20 p90=45 min=0",
    "metalog p10=10 p50=20 p90=25 max=40",
    "metalog p25=10 p50=20 p75=35 min=0 max=60",
};
const char* const kJumping[] = {"40", "discrete 0=0.95 100=0.05", "empirical 3 5 8 8 1", "5..5..5"};

TEST(Marginal, NeverFalls) {
  for (const char* text : kContinuous) {
    const Marginal marginal = made(text);
    double before = -std::numeric_limits<double>::infinity();
    for (double z = -8.3; z <= 8.3; z += 0.01) {
      const double x = marginal.at(z);
      ASSERT_TRUE(std::isfinite(x)) << text << " at " << z;
      ASSERT_GE(x, before) << text << " at " << z;
      ASSERT_GE(x, marginal.least()) << text;
      ASSERT_LE(x, marginal.most()) << text;
      before = x;
    }
  }
}

TEST(Marginal, QuantileAndDistributionAreInverse) {
  for (const char* text : kContinuous) {
    const Marginal marginal = made(text);
    for (const double p : {1e-6, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999}) {
      const double x = marginal.quantile(p);
      const double width = marginal.slope(normal_score(tails_of(p)));
      // The rounding of x alone moves the probability by its size over the width there.
      const double tolerance = 1e-11 + 1e-15 * std::abs(x) / width;
      EXPECT_NEAR(marginal.cdf(x), p, tolerance) << text;
      expect_near(marginal.at(normal_score(tails_of(p))), x, 1e-11, text);
    }
  }
}

// The slope is the derivative of the map: against a central difference.
TEST(Marginal, SlopeIsTheDerivative) {
  for (const char* text : kContinuous) {
    const Marginal marginal = made(text);
    for (double z = -4.95; z < 5; z += 0.3) {
      constexpr double h = 1e-4;
      const double difference = (marginal.at(z + h) - marginal.at(z - h)) / (2 * h);
      const double tolerance =
          2e-6 * std::abs(difference) + 1e-11 * std::abs(marginal.at(z)) + 1e-300;
      // A triangle has a corner at its mode.
      if (std::string_view(text).starts_with("triangular") &&
          std::abs(normal_tails(z).p - 0.25) < 1e-3)
        continue;
      EXPECT_NEAR(marginal.slope(z), difference, tolerance) << text << " at " << z;
    }
  }
}

// E[T(Z)^k] by the trapezoid rule over z, an independent way to every moment.
double integrated(const Marginal& marginal, int k) {
  double sum = 0;
  constexpr double h = 1.0 / 128;
  for (double z = -36; z <= 36; z += h) sum += std::pow(marginal.at(z), k) * normal_density(z);
  return sum * h;
}
TEST(Marginal, MomentsAreThoseOfTheMap) {
  for (const char* text : kContinuous) {
    const Marginal marginal = made(text);
    for (int k = 1; k <= 3; ++k) {
      if (!std::isfinite(marginal.raw_moment(k))) continue;
      const bool has_corner = std::string_view(text).starts_with("triangular");
      const double tolerance = has_corner ? 1e-6 : 1e-9;
      expect_near(marginal.raw_moment(k), integrated(marginal, k), tolerance,
                  std::string(text) + " k=" + std::to_string(k));
    }
    EXPECT_GT(marginal.variance(), 0) << text;
    EXPECT_TRUE(marginal.continuous());
    EXPECT_FALSE(marginal.cdf(marginal.at(0)) == 0);
  }
}

TEST(Marginal, LimitedMeanIsTheMeanOfWhatIsCut) {
  for (const char* text : kContinuous) {
    const Marginal marginal = made(text);
    for (const double z : {-3.0, -1.0, 0.0, 0.7, 2.0, 4.0}) {
      const double cap = marginal.at(z);
      const auto limited = marginal.limited_mean(cap);
      if (std::string_view(text).starts_with("metalog")) {
        EXPECT_FALSE(limited.has_value());
        continue;
      }
      // E[min(X, c)] = E[X; X <= c] + c P(X > c), over z with Simpson's rule up to the kink.
      double below = 0;
      constexpr int n = 5'000;
      const double h = (z + 12) / n;
      for (int i = 0; i <= n; ++i) {
        const double at = -12 + i * h;
        const int weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
        below += weight * marginal.at(at) * normal_density(at) * h / 3;
      }
      const double expected = below + cap * normal_tails(z).q;
      EXPECT_NEAR(*limited, expected, 1e-6 * (std::abs(expected) + std::sqrt(marginal.variance())))
          << text << " cap " << cap;
    }
    if (const auto all = marginal.limited_mean(1e12))
      expect_near(*all, marginal.mean(), 1e-12, text);
  }
}

TEST(Marginal, KindsWithAClosedMap) {
  const Marginal point = made("40"), normal = made("normal mean=3 sd=2");
  EXPECT_EQ(point.kind(), Marginal::Kind::point);
  EXPECT_EQ(point.a(), 40);
  EXPECT_EQ(normal.kind(), Marginal::Kind::normal);
  EXPECT_EQ(normal.a(), 3);
  EXPECT_EQ(normal.b(), 2);
  const Marginal lognormal = made("1..10");
  EXPECT_EQ(lognormal.kind(), Marginal::Kind::lognormal);
  EXPECT_EQ(std::exp(lognormal.a() + lognormal.b() * 1.5), lognormal.at(1.5));
  EXPECT_EQ(made("0..1..2").kind(), Marginal::Kind::other);
}

TEST(Marginal, LeastLikelyMostAlikeIsAConstant) {  // edge case 2
  for (const char* text : {"5..5..5", "triangular min=5 mode=5 max=5", "discrete 5=1",
                           "discrete 5=0.5 5=0.5", "discrete 4=0 5=1", "empirical 5 5"}) {
    const Marginal marginal = made(text);
    EXPECT_EQ(marginal.kind(), Marginal::Kind::point) << text;
    EXPECT_EQ(marginal.at(-7), 5) << text;
    EXPECT_EQ(marginal.quantile(0), 5) << text;
    EXPECT_EQ(marginal.mean(), 5) << text;
    EXPECT_EQ(marginal.variance(), 0) << text;
    EXPECT_FALSE(marginal.continuous()) << text;
  }
}

TEST(Marginal, APertByItsNineInTenHasThemAndItsMode) {
  std::mt19937_64 random(20);
  std::uniform_real_distribution<double> place(0, 1);
  for (int i = 0; i < 500; ++i) {
    const double low = -1000 + 900 * place(random), high = low + 1 + 1000 * place(random);
    const double mode = i % 10 == 0 ? low : i % 10 == 1 ? high : low + (high - low) * place(random);
    const std::string text = fmt::format("pert p05={} mode={} p95={}", low, mode, high);
    const Marginal marginal = made(text);
    const double width = high - low;
    EXPECT_NEAR(marginal.quantile(0.05), low, 1e-9 * width) << text;
    EXPECT_NEAR(marginal.quantile(0.95), high, 1e-9 * width) << text;
    const BetaLaw& law = *marginal.if_beta();
    EXPECT_NEAR(law.from + (law.to - law.from) * (law.alpha - 1) / 4, mode, 1e-9 * width) << text;
  }
}

TEST(Marginal, APertWhoseLowEndIsNotBelowZeroNeverIs) {
  std::mt19937_64 random(21);
  std::uniform_real_distribution<double> place(0, 1);
  int cut = 0;
  for (int i = 0; i < 500; ++i) {
    const double low = i % 5 == 0 ? 0 : 20 * place(random), high = low + 1 + 100 * place(random);
    const double mode = i % 7 == 0 ? low : low + (high - low) * place(random);
    const std::string text = fmt::format("pert p05={} mode={} p95={}", low, mode, high);
    const Marginal marginal = made(text);
    EXPECT_GE(marginal.least(), 0) << text;
    EXPECT_NEAR(marginal.quantile(0.95), high, 1e-9 * high) << text;
    const BetaLaw& law = *marginal.if_beta();
    EXPECT_NEAR(law.from + (law.to - law.from) * (law.alpha - 1) / 4, mode, 1e-9 * high) << text;
    // One that was cut passes its low end less often than was said, never more often.
    EXPECT_LE(marginal.cdf(low), 0.05 + 1e-9) << text;
    if (marginal.least() == 0) ++cut;
  }
  EXPECT_GT(cut, 100);
  EXPECT_LT(cut, 450);
}

TEST(Marginal, WeightedValuesJumpWhereTheySay) {
  const Marginal marginal = made("discrete 100=0.05 0=0.95");
  EXPECT_EQ(marginal.quantile(0.95), 0);
  EXPECT_EQ(marginal.quantile(0.950001), 100);
  EXPECT_EQ(marginal.at(1.6448), 0);
  EXPECT_EQ(marginal.at(1.6449), 100);
  EXPECT_EQ(marginal.cdf(-1), 0);
  EXPECT_EQ(marginal.cdf(0), 0.95);
  EXPECT_EQ(marginal.cdf(100), 1);
  EXPECT_NEAR(marginal.mean(), 5, 1e-12);
  EXPECT_NEAR(marginal.variance(), 475, 1e-9);
  EXPECT_NEAR(*marginal.limited_mean(40), 2, 1e-12);
  EXPECT_EQ(marginal.least(), 0);
  EXPECT_EQ(marginal.most(), 100);
  EXPECT_EQ(marginal.slope(1), 0);
  ASSERT_EQ(marginal.jumps().size(), 2U);
  EXPECT_EQ(marginal.jumps()[1].value, 100);
  EXPECT_EQ(marginal.jumps()[1].chance, 0.05);
  EXPECT_TRUE(made("1..10").jumps().empty());
}

TEST(Marginal, ARareLastValueKeepsItsPlace) {
  const Marginal marginal = made("discrete 0=0.9999999999999 7=0.0000000000001");
  EXPECT_EQ(marginal.at(7.34), 0);  // P(Z > 7.3488) = 1e-13
  EXPECT_EQ(marginal.at(7.36), 7);
}

TEST(Marginal, ObservedValuesAreEquallyLikely) {
  const Marginal marginal = made("empirical 8 3 5 8 1");
  EXPECT_EQ(marginal.quantile(0.2), 1);
  EXPECT_EQ(marginal.quantile(0.4), 3);
  EXPECT_EQ(marginal.quantile(0.6), 5);
  EXPECT_EQ(marginal.quantile(0.61), 8);
  EXPECT_EQ(marginal.mean(), 5);
}

TEST(Marginal, InsuranceLayersPayBetweenDeductibleAndLimit) {
  const Marginal marginal = made("uniform min=0 max=10");
  EXPECT_NEAR(*marginal.layer_mean(4, 3), (1.0 / 10) * (3 * 3 / 2.0) + 3 * 0.3, 1e-12);
  EXPECT_NEAR(*marginal.layer_mean(0, 10), 5, 1e-12);
  EXPECT_EQ(*marginal.layer_mean(10, 5), 0);
}

// A metalog runs through the points it was given, whatever its bounds.
TEST(Metalog, RunsThroughItsPoints) {
  std::mt19937_64 rng(20240611);
  const auto share = [&] { return static_cast<double>(rng() >> 11) * 0x1p-53; };
  int kept = 0;
  for (int round = 0; round < 600; ++round) {
    const double low = 1 + 10 * share(), middle = low + 10 * share(), high = middle + 10 * share();
    Estimate estimate{
        Estimate::Shape::metalog, {{"p10", low}, {"p50", middle}, {"p90", high}}, {}, {}};
    if (rng() % 2) estimate.parameters.emplace_back("min", low - 1);
    if (rng() % 2) estimate.parameters.emplace_back("max", high + 1);
    const auto marginal = Marginal::create(estimate);
    if (!marginal) continue;
    ++kept;
    EXPECT_NEAR(marginal->quantile(0.1), low, 1e-9);
    EXPECT_NEAR(marginal->quantile(0.5), middle, 1e-9);
    EXPECT_NEAR(marginal->quantile(0.9), high, 1e-9);
    for (double z = -8; z < 8; z += 0.25)
      EXPECT_GE(marginal->slope(z), 0) << format_estimate(estimate);
  }
  EXPECT_GT(kept, 150);
}

TEST(Metalog, SaysWhereTheTailIsTooHeavy) {
  const char* heavy = "metalog p10=10 p50=20 p90=60 min=0";
  EXPECT_TRUE(std::isfinite(made(heavy).mean()));
  EXPECT_EQ(made(heavy).variance(), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(warning_of(*parse_estimate(heavy)).value_or("").contains("no spread"));
  const char* worse = "metalog p10=1 p50=20 p90=6000 min=0";
  EXPECT_EQ(made(worse).mean(), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(warning_of(*parse_estimate(worse)).value_or("").contains("no mean"));
  const char* below = "metalog p10=-6000 p50=-20 p90=-1 max=0";
  EXPECT_EQ(made(below).mean(), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(made(below).raw_moment(2), std::numeric_limits<double>::infinity());
  EXPECT_EQ(made(below).raw_moment(3), -std::numeric_limits<double>::infinity());
}

TEST(Marginal, RefusesWithTheFieldAndAllFaults) {
  const Estimate bad{
      Estimate::Shape::pert, {{"min", 5}, {"mode", 1}, {"max", -0.0}, {"lambda", 0}}, {}, {}};
  const auto refused = Marginal::create(bad);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, Kind::invalid);
  EXPECT_EQ(refused.error().field, "/max");
  EXPECT_TRUE(refused.error().detail.contains("(/lambda)")) << refused.error().detail;
  EXPECT_TRUE(refused.error().detail.contains("(/mode)"));
  EXPECT_GE(Marginal::faults_of(bad).size(), 4U);
}

TEST(Marginal, RefusesWhatCannotBeComputed) {
  const struct {
    const char *text, *code, *field;
  } rows[] = {{"1e-100..1e100", "estimate.too_wide", "/p95"},
              {"gamma shape=1e9 scale=1", "estimate.out_of_reach", "/shape"},
              {"beta alpha=1e-9 beta=1", "estimate.out_of_reach", "/alpha"},
              {"beta mean=0.5 sd=1e-9", "estimate.out_of_reach", "/sd"}};
  for (const auto& row : rows) {
    const auto refused = Marginal::create(*parse_estimate(row.text));
    ASSERT_FALSE(refused.has_value()) << row.text;
    EXPECT_EQ(refused.error().code, row.code) << row.text;
    EXPECT_EQ(refused.error().field, row.field) << row.text;
  }
}

TEST(Warning, HeavyTailsAreToldNotHidden) {  // edge case 10
  EXPECT_FALSE(warning_of(*parse_estimate("1..1000")).has_value());
  const auto warned = warning_of(*parse_estimate("1..100000"));
  ASSERT_TRUE(warned.has_value());
  EXPECT_TRUE(warned->contains("1e+05")) << *warned;
  // sigma = 10: the mean is e^50 times the median, and still a number.
  const double ten = 10 * 1.6448536269514722;
  const Estimate wild{
      Estimate::Shape::lognormal, {{"p05", std::exp(-ten)}, {"p95", std::exp(ten)}}, {}, {}};
  const auto marginal = Marginal::create(wild);
  ASSERT_TRUE(marginal.has_value());
  expect_near(marginal->mean(), std::exp(50.0), 1e-9, "sigma 10");
  EXPECT_TRUE(std::isfinite(marginal->at(8.3)));
}

TEST(Marginal, JumpingShapesAgreeWithTheirOwnDistribution) {
  for (const char* text : kJumping) {
    const Marginal marginal = made(text);
    for (double z = -3; z <= 3; z += 0.1) {
      const double x = marginal.at(z);
      EXPECT_GE(marginal.cdf(x), normal_tails(z).p - 1e-15) << text;
      EXPECT_LT(marginal.cdf(std::nextafter(x, -1e300)), normal_tails(z).p) << text;
    }
  }
}

TEST(Marginal, ANormalIsCutAtZeroByRescalingNotByClipping) {
  const Marginal whole = *Marginal::create(*parse_estimate("normal mean=100 sd=60"));
  const Marginal cut = *whole.cut_at_zero();
  // By numerical integration of the density above 0.
  EXPECT_NEAR(cut.mean(), 106.268187202, 1e-8);
  EXPECT_NEAR(cut.variance(), 2933.89110899, 1e-6);
  EXPECT_EQ(cut.least(), 0);
  EXPECT_GE(cut.at(-8), 0);
  EXPECT_NEAR(cut.cdf(cut.at(-1.5)), 0.06680720126885807, 1e-12);
  EXPECT_NEAR(cut.cdf(cut.at(1)), 0.8413447460685429, 1e-12);
  EXPECT_FALSE(Marginal::create(*parse_estimate("normal mean=10 sd=60"))->cut_at_zero());
}

}  // namespace
}  // namespace tiebeam::quant
