#include "quant/frequency.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "quant/incomplete.h"

namespace tiebeam::quant {

double rate_of_once_in(double years) { return 1 / years; }
double rate_of_chance(double p) { return -std::log1p(-p); }
double chance_of_rate(double rate) { return -std::expm1(-rate); }

double poisson_chance(double rate, double k) {
  if (rate == 0) return k == 0 ? 1 : 0;
  return std::exp(k * std::log(rate) - rate - std::lgamma(k + 1));
}

double poisson_cdf(double rate, double k) {
  if (k < 0) return 0;
  return rate == 0 ? 1 : gamma_tails(k + 1, rate).q;
}

double poisson_quantile(double rate, double q) {
  TB_CHECK(q >= 0 && q < 1, "a quantile of a count needs a share below 1");
  double high = std::ceil(rate) + 1;
  while (poisson_cdf(rate, high) < q) high *= 2;
  double low = -1;  // not enough
  while (high - low > 1) {
    const double middle = std::floor(low + (high - low) / 2);
    (poisson_cdf(rate, middle) < q ? low : high) = middle;
  }
  return high;
}

double negative_binomial_chance(double mean, double k, double n) {
  if (mean == 0) return n == 0 ? 1 : 0;
  return std::exp(std::lgamma(k + n) - std::lgamma(k) - std::lgamma(n + 1) -
                  k * std::log1p(mean / k) - n * std::log1p(k / mean));
}

CountMoments fixed_count(double count) { return {count, 0, 0, count > 0 ? 0.0 : 1.0}; }

CountMoments bernoulli_count(double p) {
  return {p, p * (1 - p), p * (1 - p) * (1 - 2 * p), 1 - p};
}

CountMoments poisson_count(double rate) { return {rate, rate, rate, std::exp(-rate)}; }

CountMoments negative_binomial_count(double mean, double k) {
  const double w = mean / k;
  return {mean, mean * (1 + w), mean * (1 + w) * (1 + 2 * w), std::exp(-k * std::log1p(w))};
}

namespace {

// E[g(T(Z))] by the trapezoid rule over the normal score: g and T smooth.
template <class F>
double expected(const Marginal& marginal, double step, F g) {
  double sum = 0;
  for (const auto& [value, chance] : marginal.jumps()) sum += chance * g(value);
  if (!marginal.continuous()) return sum;
  constexpr double kFar = 9;
  for (double z = -kFar; z <= kFar; z += step) sum += normal_density(z) * g(marginal.at(z)) * step;
  return sum;
}

// A Poisson given a rate with these raw moments: its factorial moments are theirs.
CountMoments mixed(double m1, double m2, double m3, double p_zero) {
  const double variance = m2 - m1 * m1, third = m3 - 3 * m1 * m2 + 2 * m1 * m1 * m1;
  return {m1, m1 + variance, m1 + 3 * variance + third, p_zero};
}

}  // namespace

CountMoments mixed_poisson_count(const Marginal& rate) {
  const double p_zero = expected(rate, 1.0 / 64, [](double lambda) { return std::exp(-lambda); });
  return mixed(rate.raw_moment(1), rate.raw_moment(2), rate.raw_moment(3), p_zero);
}

CountMoments mixed_poisson_count(const Marginal& rate, const Marginal& factor) {
  constexpr double kStep = 1.0 / 16;
  const double p_zero = expected(rate, kStep, [&](double lambda) {
    return expected(factor, kStep, [&](double share) { return std::exp(-lambda * share); });
  });
  return mixed(rate.raw_moment(1) * factor.raw_moment(1), rate.raw_moment(2) * factor.raw_moment(2),
               rate.raw_moment(3) * factor.raw_moment(3), p_zero);
}

}  // namespace tiebeam::quant
