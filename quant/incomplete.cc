#include "quant/incomplete.h"

// Nothing throws, not even the root finders inside, which take no policy of ours. The only
// file that includes Boost.Math, so that this holds everywhere.
#define BOOST_MATH_DOMAIN_ERROR_POLICY ignore_error
#define BOOST_MATH_POLE_ERROR_POLICY ignore_error
#define BOOST_MATH_OVERFLOW_ERROR_POLICY ignore_error
#define BOOST_MATH_UNDERFLOW_ERROR_POLICY ignore_error
#define BOOST_MATH_DENORM_ERROR_POLICY ignore_error
#define BOOST_MATH_ROUNDING_ERROR_POLICY ignore_error
#define BOOST_MATH_EVALUATION_ERROR_POLICY ignore_error
#define BOOST_MATH_INDETERMINATE_RESULT_ERROR_POLICY ignore_error

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace tiebeam::quant {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_float<false>,
                                             boost::math::policies::promote_double<false>>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

Tails normal_tails(double z) {
  const double x = z / std::numbers::sqrt2;
  return {std::erfc(-x) / 2, std::erfc(x) / 2};
}

double normal_density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }

double log_normal_cdf(double z) {
  if (z > -30) return z > 0 ? std::log1p(-normal_tails(z).q) : std::log(normal_tails(z).p);
  // Abramowitz and Stegun 26.2.12; at -30 the next term is 1e-9 of the last.
  const double w = 1 / (z * z);
  const double series = 1 - w * (1 - 3 * w * (1 - 5 * w * (1 - 7 * w)));
  return -z * z / 2 - std::log(-z * std::sqrt(2 * std::numbers::pi)) + std::log(series);
}

double normal_score(Tails tails) {
  if (tails.p == 0 || tails.q == 0) return tails.p == 0 ? -kInfinity : kInfinity;
  const double size =
      std::numbers::sqrt2 * boost::math::erfc_inv(2 * std::min(tails.p, tails.q), Policy());
  return tails.p < tails.q ? -size : size;
}

Tails tails_of(double p) { return {p, 1 - p}; }

Tails beta_tails(double a, double b, double x) {
  return {boost::math::ibeta(a, b, x, Policy()), boost::math::ibetac(a, b, x, Policy())};
}

namespace {

// The x of a small p by the first two terms of the series, I_x = x^a / (a B(a, b)) (1 + a (1 - b) x
// / (a + 1)), where the third is below rounding; else 0. Boost 1.81 loses its way there for small a
// and for b near 1. Source: DLMF 8.17.7.
double first_terms(double a, double b, double p) {
  const double ratio = boost::math::tgamma_delta_ratio(b, a, Policy());  // G(b) / G(a + b)
  const double log_ratio =
      ratio > 1e-300 && ratio < 1e300 ? std::log(ratio) : std::lgamma(b) - std::lgamma(a + b);
  const double x = std::exp((std::log(p) + std::lgamma(a + 1) + log_ratio) / a);
  return x * (b + 1) < 1e-8 ? x * (1 - (1 - b) * x / (a + 1)) : 0;
}

}  // namespace

Tails beta_quantile(double a, double b, Tails tails) {
  if (tails.p == 0) return {0, 1};
  if (tails.q == 0) return {1, 0};
  if (tails.p < 1e-3 || a < 0.1) {
    if (const double x = first_terms(a, b, tails.p); x > 0) return {x, 1 - x};
  }
  if (tails.q < 1e-3 || b < 0.1) {
    if (const double x = first_terms(b, a, tails.q); x > 0) return {1 - x, x};
  }
  double rest = 0;
  const double x = tails.p < tails.q ? boost::math::ibeta_inv(a, b, tails.p, &rest, Policy())
                                     : boost::math::ibetac_inv(a, b, tails.q, &rest, Policy());
  return {x, rest};
}

double beta_density(double a, double b, Tails x) {
  return x.p < x.q ? boost::math::ibeta_derivative(a, b, x.p, Policy())
                   : boost::math::ibeta_derivative(b, a, x.q, Policy());
}

Tails gamma_tails(double shape, double x) {
  return {boost::math::gamma_p(shape, x, Policy()), boost::math::gamma_q(shape, x, Policy())};
}

double gamma_quantile(double shape, Tails tails) {
  if (tails.p == 0) return 0;
  if (tails.q == 0) return kInfinity;
  return tails.p < tails.q ? boost::math::gamma_p_inv(shape, tails.p, Policy())
                           : boost::math::gamma_q_inv(shape, tails.q, Policy());
}

double gamma_density(double shape, double x) {
  return boost::math::gamma_p_derivative(shape, x, Policy());
}

Tails student_tails(double t, double degrees) {
  const double square = t * t;
  const double far =
      square < degrees
          ? boost::math::ibetac(0.5, degrees / 2, square / (degrees + square), Policy()) / 2
          : boost::math::ibeta(degrees / 2, 0.5, degrees / (degrees + square), Policy()) / 2;
  return t > 0 ? Tails{1 - far, far} : Tails{far, 1 - far};
}

}  // namespace tiebeam::quant
