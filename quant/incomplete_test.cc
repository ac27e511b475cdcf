#include "quant/incomplete.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "quant/quadrature.h"

namespace tiebeam::quant {
namespace {

class Draw {
 public:
  double share() { return static_cast<double>(rng_() >> 11) * 0x1p-53; }
  double log_between(double low, double high) { return low * std::pow(high / low, share()); }

 private:
  std::mt19937_64 rng_{20240612};
};

// How far the nearer tail of `got` may be off: 1e-9, or what the last bit of x brings about.
void expect_back(Tails got, Tails wanted, double bit, const char* what, double a, double b) {
  const bool low = wanted.p < wanted.q;
  const double near = low ? wanted.p : wanted.q;
  EXPECT_NEAR(low ? got.p : got.q, near, 1e-9 * near + 10 * bit) << what << " " << a << " " << b;
}

TEST(BetaQuantile, LeadsBackInBothTails) {
  Draw draw;
  for (int round = 0; round < 150; ++round) {
    const double a = draw.log_between(1e-3, 1e6), b = draw.log_between(1e-3, 1e6);
    Tails before{0, 1};
    for (double z = -8.5; z <= 8.5; z += 0.5) {
      const Tails wanted = normal_tails(z), x = beta_quantile(a, b, wanted);
      ASSERT_TRUE(x.p >= before.p && x.q <= before.q && x.p <= 1 && x.q >= 0) << a << " " << b;
      before = x;
      if (x.p < 1e-290 || x.q < 1e-290) continue;
      const Tails swapped = beta_tails(b, a, x.q);
      const Tails back = x.p < x.q ? beta_tails(a, b, x.p) : Tails{swapped.q, swapped.p};
      const double bit = beta_density(a, b, x) * std::min(x.p, x.q) * 1e-15;
      expect_back(back, wanted, bit, "beta", a, b);
    }
  }
}

TEST(GammaQuantile, LeadsBackInBothTails) {
  Draw draw;
  for (int round = 0; round < 150; ++round) {
    const double shape = draw.log_between(1e-3, 1e6);
    double before = 0;
    for (double z = -8.5; z <= 8.5; z += 0.5) {
      const Tails wanted = normal_tails(z);
      const double x = gamma_quantile(shape, wanted);
      ASSERT_TRUE(x >= before && std::isfinite(x)) << shape;
      before = x;
      if (x < 1e-290) continue;
      expect_back(gamma_tails(shape, x), wanted, gamma_density(shape, x) * x * 1e-15, "gamma",
                  shape, 0);
    }
  }
}

TEST(Extremes, AreNumbersAndNeverThrow) {
  for (const double a : {1e-3, 0.5, 1.0, 1.4, 50.0, 1e6}) {
    for (const double b : {1e-3, 0.5, 1.0, 4.6, 1e6}) {
      for (const double z : {-400.0, -38.0, -37.0, -30.0, 30.0, 37.0, 38.0, 400.0}) {
        const Tails x = beta_quantile(a, b, normal_tails(z));
        EXPECT_TRUE(x.p >= 0 && x.p <= 1 && x.q >= 0 && x.q <= 1) << a << " " << b << " " << z;
        EXPECT_GE(gamma_quantile(a, normal_tails(z)), 0) << a << " " << z;
      }
    }
  }
  EXPECT_EQ(beta_quantile(2, 3, {0, 1}).p, 0);
  EXPECT_EQ(beta_quantile(2, 3, {1, 0}).q, 0);
  EXPECT_TRUE(std::isnan(beta_tails(-1, 2, 0.5).p));
}

TEST(NormalScore, IsExactInBothTails) {
  // mpmath 1.2.1, 50 digits.
  EXPECT_NEAR(normal_score(tails_of(0x1p-53)), -8.209536151601387, 5e-15);
  EXPECT_NEAR(normal_score(tails_of(1e-10)), -6.361340902404057, 5e-15);
  EXPECT_NEAR(normal_score(tails_of(0.975)), 1.959963984540054, 5e-15);
  EXPECT_EQ(normal_score({1, 1e-300}), -normal_score({1e-300, 1}));
  EXPECT_EQ(normal_score({1, 0}), std::numeric_limits<double>::infinity());
  for (double z = -37; z <= 37; z += 0.25) {
    EXPECT_NEAR(normal_score(normal_tails(z)), z, 2e-14 * std::max(1.0, std::abs(z)));
    EXPECT_NEAR(log_normal_cdf(z), std::log(normal_tails(z).p),
                1e-12 * std::abs(log_normal_cdf(z)) + 1e-16);
  }
}

TEST(Student, AgreesWithClosedForms) {
  for (double t = -6; t <= 6; t += 0.5) {
    EXPECT_NEAR(student_tails(t, 1).p, 0.5 + std::atan(t) / M_PI, 1e-14);
    EXPECT_NEAR(student_tails(t, 2).p, 0.5 + t / (2 * std::sqrt(2 + t * t)), 1e-14);
  }
}

TEST(Integrate, OfWhatIsKnown) {
  EXPECT_NEAR(integrate(0, 1, [](double x) { return std::exp(x); }), std::exp(1) - 1, 1e-14);
  EXPECT_NEAR(integrate(1, 0, [](double x) { return std::exp(x); }), 1 - std::exp(1), 1e-14);
  EXPECT_NEAR(integrate(0, 1, [](double x) { return std::log(x); }), -1, 1e-13);
  EXPECT_NEAR(integrate(-1, 1, [](double x) { return std::sqrt(1 - x * x); }), M_PI / 2, 1e-13);
  EXPECT_EQ(integrate(2, 2, [](double) { return 1.0; }), 0);
}

}  // namespace
}  // namespace tiebeam::quant
