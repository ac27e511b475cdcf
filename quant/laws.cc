#include "quant/laws.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace tiebeam::quant {
namespace {
// phi(z) / f(T(z)), 0 where the density is infinite.
double slope_of(double z, double density) { return normal_density(z) / density; }
}  // namespace

double raw_from_central(int k, double mean, double variance, double third) {
  TB_CHECK(k >= 1 && k <= 3, "three moments are known");
  if (k == 1) return mean;
  if (k == 2) return variance + mean * mean;
  return third + 3 * mean * variance + mean * mean * mean;
}

double PointLaw::raw_moment(int k) const { return raw_from_central(k, value, 0, 0); }
std::optional<double> PointLaw::limited_mean(double cap) const { return std::min(value, cap); }

double NormalLaw::cdf(double x) const { return normal_tails((x - mean) / sd).p; }
double NormalLaw::raw_moment(int k) const { return raw_from_central(k, mean, sd * sd, 0); }
std::optional<double> NormalLaw::limited_mean(double cap) const {
  const double z = (cap - mean) / sd;
  const Tails tails = normal_tails(z);
  return mean * tails.p - sd * normal_density(z) + cap * tails.q;
}

double CutNormalLaw::quantile(Tails tails) const {
  return std::max(0.0, mean + sd * normal_score({1 - kept + kept * tails.p, kept * tails.q}));
}
double CutNormalLaw::slope(double z) const {
  const double x = at(z);
  return kept * normal_density(z) * sd / normal_density((x - mean) / sd);
}
double CutNormalLaw::cdf(double x) const {
  return x < 0 ? 0 : 1 - normal_tails((x - mean) / sd).q / kept;
}
// By parts: E[X^k] = (k - 1) sd^2 E[X^(k-2)] + mean E[X^(k-1)] for k >= 2.
double CutNormalLaw::raw_moment(int k) const {
  const double first = mean + sd * normal_density(mean / sd) / kept;
  const double second = sd * sd + mean * first;
  return k == 1 ? first : k == 2 ? second : 2 * sd * sd * first + mean * second;
}
double CutNormalLaw::variance() const {
  const double first = raw_moment(1);
  return raw_moment(2) - first * first;
}
std::optional<double> CutNormalLaw::limited_mean(double cap) const {
  if (cap <= 0) return cap;
  const NormalLaw whole{mean, sd};
  return (*whole.limited_mean(cap) - *whole.limited_mean(0)) / kept;
}

double LognormalLaw::at(double z) const { return std::exp(mu + sigma * z); }
double LognormalLaw::cdf(double x) const {
  return x <= 0 ? 0 : normal_tails((std::log(x) - mu) / sigma).p;
}
double LognormalLaw::raw_moment(int k) const {
  TB_CHECK(k >= 1 && k <= 3, "three moments are known");
  return std::exp(k * mu + k * k * sigma * sigma / 2);
}
double LognormalLaw::variance() const {
  return std::expm1(sigma * sigma) * std::exp(2 * mu + sigma * sigma);
}
// Source: Klugman, Panjer, Willmot 2012, appendix A.5.1.1.
std::optional<double> LognormalLaw::limited_mean(double cap) const {
  if (cap <= 0) return cap;
  const double z = (std::log(cap) - mu) / sigma;
  return raw_moment(1) * normal_tails(z - sigma).p + cap * normal_tails(z).q;
}

double UniformLaw::quantile(Tails tails) const {
  return tails.p < tails.q ? min + (max - min) * tails.p : max - (max - min) * tails.q;
}
double UniformLaw::cdf(double x) const { return std::clamp((x - min) / (max - min), 0.0, 1.0); }
double UniformLaw::variance() const { return (max - min) * (max - min) / 12; }
double UniformLaw::raw_moment(int k) const {
  return raw_from_central(k, min + (max - min) / 2, variance(), 0);
}
std::optional<double> UniformLaw::limited_mean(double cap) const {
  if (cap <= min) return cap;
  if (cap >= max) return raw_moment(1);
  return cap - (cap - min) * (cap - min) / (2 * (max - min));
}

double TriangularLaw::quantile(Tails tails) const {
  const double width = max - min;
  return tails.p * width <= mode - min ? min + std::sqrt(tails.p * width * (mode - min))
                                       : max - std::sqrt(tails.q * width * (max - mode));
}
double TriangularLaw::slope(double z) const {
  const Tails tails = normal_tails(z);
  const double width = max - min;
  const bool rises = tails.p * width <= mode - min;
  const double run = rises ? mode - min : max - mode;
  return normal_density(z) * std::sqrt(width * run / (rises ? tails.p : tails.q)) / 2;
}
double TriangularLaw::cdf(double x) const {
  if (x <= min) return 0;
  if (x >= max) return 1;
  const double width = max - min;
  return x <= mode ? (x - min) * (x - min) / (width * (mode - min))
                   : 1 - (max - x) * (max - x) / (width * (max - mode));
}
double TriangularLaw::variance() const {
  const double a = mode - min, b = max - mode;
  return (a * a + a * b + b * b) / 18;
}
double TriangularLaw::raw_moment(int k) const {
  const double a = mode - min, b = max - mode;
  // The third central moment of (0, a, a + b); Kotz and van Dorp 2004, section 1.3.
  const double third = (2 * b + a) * (b - a) * (2 * a + b) / 270;
  return raw_from_central(k, min + (2 * a + b) / 3, variance(), third);
}
std::optional<double> TriangularLaw::limited_mean(double cap) const {
  if (cap <= min) return cap;
  const double mean = raw_moment(1), width = max - min;
  if (cap >= max) return mean;
  // The area under F up to the cap is what the cap exceeds the limited mean by.
  if (cap <= mode) return cap - std::pow(cap - min, 3) / (3 * width * (mode - min));
  return mean - std::pow(max - cap, 3) / (3 * width * (max - mode));
}

double BetaLaw::quantile(Tails tails) const {
  const Tails x = beta_quantile(alpha, beta, tails);
  return x.p < x.q ? from + (to - from) * x.p : to - (to - from) * x.q;
}
double BetaLaw::slope(double z) const {
  return (to - from) *
         slope_of(z, beta_density(alpha, beta, beta_quantile(alpha, beta, normal_tails(z))));
}
double BetaLaw::cdf(double x) const {
  if (x <= from) return 0;
  return x >= to ? 1 : beta_tails(alpha, beta, (x - from) / (to - from)).p;
}
double BetaLaw::variance() const {
  const double sum = alpha + beta, width = to - from;
  return width * width * (alpha / sum) * (beta / sum) / (sum + 1);
}
// Johnson, Kotz, Balakrishnan 1995, 25.15.
double BetaLaw::raw_moment(int k) const {
  const double sum = alpha + beta, width = to - from;
  const double third = 2 * (beta - alpha) * width * variance() / (sum * (sum + 2));
  return raw_from_central(k, from + width * (alpha / sum), variance(), third);
}
std::optional<double> BetaLaw::limited_mean(double cap) const {
  if (cap <= from) return cap;
  const double mean = raw_moment(1);
  if (cap >= to) return mean;
  const double x = (cap - from) / (to - from);
  return from + (mean - from) * beta_tails(alpha + 1, beta, x).p +
         (cap - from) * beta_tails(alpha, beta, x).q;
}

double GammaLaw::quantile(Tails tails) const { return scale * gamma_quantile(shape, tails); }
double GammaLaw::slope(double z) const {
  return scale * slope_of(z, gamma_density(shape, gamma_quantile(shape, normal_tails(z))));
}
double GammaLaw::cdf(double x) const { return x <= 0 ? 0 : gamma_tails(shape, x / scale).p; }
double GammaLaw::raw_moment(int k) const {
  return raw_from_central(k, shape * scale, variance(), 2 * variance() * scale);
}
std::optional<double> GammaLaw::limited_mean(double cap) const {
  if (cap <= 0) return cap;
  const double x = cap / scale;
  return raw_moment(1) * gamma_tails(shape + 1, x).p + cap * gamma_tails(shape, x).q;
}

double ExponentialLaw::slope(double z) const {
  return scale * std::exp(-z * z / 2 - log_normal_cdf(-z)) * normal_density(0);
}
double ExponentialLaw::quantile(Tails tails) const {
  return -scale * (tails.p < tails.q ? std::log1p(-tails.p) : std::log(tails.q));
}
double ExponentialLaw::cdf(double x) const { return x <= 0 ? 0 : -std::expm1(-x / scale); }
double ExponentialLaw::raw_moment(int k) const {
  return raw_from_central(k, scale, variance(), 2 * variance() * scale);
}
std::optional<double> ExponentialLaw::limited_mean(double cap) const {
  return cap <= 0 ? cap : -scale * std::expm1(-cap / scale);
}

}  // namespace tiebeam::quant
