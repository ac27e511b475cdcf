#include "quant/metalog.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "quant/laws.h"

namespace tiebeam::quant {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// M at log odds u, where centre = y - 1/2.
double curve(const MetalogLaw& law, double u, double centre) {
  return law.a1 + u * (law.a2 + law.a3 * centre);
}
double centre_of(double u) { return std::tanh(u / 2) / 2; }
double odds_of(double z) { return log_normal_cdf(z) - log_normal_cdf(-z); }

// From the scale of the curve to that of the quantity.
double onto_quantity(const MetalogLaw& law, double t) {
  if (law.min && law.max) {
    const double width = *law.max - *law.min;
    return t < 0 ? *law.min + width / (1 + std::exp(-t)) : *law.max - width / (1 + std::exp(t));
  }
  if (law.min) return *law.min + std::exp(t);
  return law.max ? *law.max - std::exp(-t) : t;
}
double onto_curve(const std::optional<double>& min, const std::optional<double>& max, double x) {
  if (min && max) return std::log((x - *min) / (*max - x));
  if (min) return std::log(x - *min);
  return max ? -std::log(*max - x) : x;
}

struct Central {
  double mean = 0, variance = 0, third = 0;
};
Central central_of(double first, double second, double third) {
  return {first, second - first * first, third - 3 * first * second + 2 * first * first * first};
}

// Moments of f(u) over the logistic density of u, by the trapezoid rule on the line: the integrand
// is analytic in a strip and falls off like an exponential, so that the rule converges
// geometrically (Trefethen and Weideman 2014, theorem 5.1).
template <class F>
Central moments(double step, double from, double to, F f) {
  double sums[3] = {};
  for (double n = std::ceil(from / step); n * step <= to; ++n) {
    const double u = n * step, e = std::exp(-std::abs(u));
    const double density = e / ((1 + e) * (1 + e)), x = f(u);
    sums[0] += density * x;
    sums[1] += density * x * x;
    sums[2] += density * x * x * x;
  }
  return central_of(sums[0] * step, sums[1] * step, sums[2] * step);
}

constexpr double kFar = 60;  // e^-60 of the cases lie beyond: less than the last bit of any sum

// A quantity above 0 whose logarithm is the curve: its k-th moment exists while k s < 1, s the
// slope of the curve far above. Just below, it stands on cases rarer than anything; we call it
// infinite too.
Central moments_of_exponential(const MetalogLaw& law) {
  constexpr double kLeastFall = 1e-3;
  const double s = law.a2 + law.a3 / 2;
  const double step = 1 / (16 * std::max(1.0, law.a2 + std::abs(law.a3)));
  const auto from_median = [&](double u) {
    return std::expm1(u * (law.a2 + law.a3 * centre_of(u)));
  };
  Central out{kInfinity, kInfinity, kInfinity};
  const double unit = std::exp(law.a1);
  for (int k = 1; k <= 3 && 1 - k * s > kLeastFall; ++k) {
    const Central got = moments(step, -kFar, kFar / std::min(1.0, 1 - k * s), from_median);
    if (k == 1) out.mean = unit * (1 + got.mean);
    if (k == 2) out.variance = unit * unit * got.variance;
    if (k == 3) out.third = unit * unit * unit * got.third;
  }
  return out;
}

Central moments_of(const MetalogLaw& law) {
  if (law.min && law.max) {
    const double steep = law.a2 + std::abs(law.a3);
    const double step = 1 / (32 * std::clamp(steep, 1.0, 4096.0));
    const double median = onto_quantity(law, law.a1);
    Central out = moments(step, -kFar, kFar, [&](double u) {
      return onto_quantity(law, curve(law, u, centre_of(u))) - median;
    });
    out.mean += median;
    return out;
  }
  if (law.min) {
    Central out = moments_of_exponential(law);
    out.mean += *law.min;
    return out;
  }
  if (law.max) {  // its mirror image lies above 0
    const Central mirror = moments_of_exponential({-law.a1, law.a2, -law.a3, 0.0, {}});
    return {*law.max - mirror.mean, mirror.variance, -mirror.third};
  }
  Central out = moments(1.0 / 16, -kFar, kFar,
                        [&](double u) { return u * (law.a2 + law.a3 * centre_of(u)); });
  out.mean += law.a1;
  return out;
}

}  // namespace

MetalogLaw metalog_of(double alpha, double low, double median, double high,
                      std::optional<double> min, std::optional<double> max) {
  const double from = onto_curve(min, max, low), middle = onto_curve(min, max, median);
  const double width = onto_curve(min, max, high) - from;
  const double odds = std::log((1 - alpha) / alpha);
  const double r = (middle - from) / width;
  MetalogLaw law{middle, width / (2 * odds), (1 - 2 * r) * width / ((1 - 2 * alpha) * odds), min,
                 max};
  const Central central = moments_of(law);
  law.mean = central.mean;
  law.spread = central.variance;
  law.third = central.third;
  return law;
}

double MetalogLaw::at(double z) const {
  const double centre = z > 0 ? 0.5 - normal_tails(z).q : normal_tails(z).p - 0.5;
  return onto_quantity(*this, curve(*this, odds_of(z), centre));
}

double MetalogLaw::slope(double z) const {
  const Tails tails = normal_tails(z);
  const double centre = z > 0 ? 0.5 - tails.q : tails.p - 0.5, u = odds_of(z);
  const double rise = (a2 + a3 * centre) *
                          std::exp(-z * z / 2 - log_normal_cdf(z) - log_normal_cdf(-z)) *
                          normal_density(0) +
                      a3 * u * normal_density(z);
  const double t = curve(*this, u, centre);
  if (min && max) return rise * (*max - *min) / (2 + std::exp(t) + std::exp(-t));
  if (min) return rise * std::exp(t);
  return max ? rise * std::exp(-t) : rise;
}

double MetalogLaw::quantile(Tails tails) const {
  const double u = tails.p < tails.q ? std::log(tails.p) - std::log1p(-tails.p)
                                     : std::log1p(-tails.q) - std::log(tails.q);
  return onto_quantity(*this, curve(*this, u, centre_of(u)));
}

double MetalogLaw::cdf(double x) const {
  if (min && x <= *min) return 0;
  if (max && x >= *max) return 1;
  const double t = onto_curve(min, max, x);
  double low = -1000, high = 1000;  // of the log odds; beyond, the cdf is 0 or 1 in every digit
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (curve(*this, middle, centre_of(middle)) < t ? low : high) = middle;
  }
  return 1 / (1 + std::exp(-low));
}

double MetalogLaw::raw_moment(int k) const {
  if (k == 2 && std::isinf(spread)) return spread;
  if (k == 3 && std::isinf(third)) return third;
  return raw_from_central(k, mean, spread, third);
}

}  // namespace tiebeam::quant
