// How many events a year: laws of counts as thresholds on a uniform or a normal score, and the
// Poisson quantile for any rate. docs/method/simulation.md.
#pragma once

#include <cstdint>
#include <vector>

namespace tiebeam::quant {

// N = least + how many of `above` are <= u. `above` holds P(N <= least), P(N <= least + 1), ...,
// rising, all below 1 as far as a number of 53 bits tells them apart.
struct CountThresholds {
  std::uint32_t least = 0;
  std::vector<double> above = {};
  std::size_t usual = 0;  // how many of `above` 255 of 256 trials do not go beyond
};
// Probabilities are summed from the smaller end, so that none is lost.
// REQUIRES: 0 <= rate <= 2,000.
[[nodiscard]] CountThresholds poisson_thresholds(double rate);
// Mean m and size k: variance m + m^2 / k. REQUIRES: 0 <= mean <= 64, size > 0.
[[nodiscard]] CountThresholds negative_binomial_thresholds(double mean, double size);
[[nodiscard]] CountThresholds bernoulli_thresholds(double p);
// The same thresholds for a normal score instead of a uniform.
[[nodiscard]] CountThresholds on_scores(CountThresholds thresholds);

// The least n with P(N <= n) > u. Source: a Cornish-Fisher start, made exact by the incomplete
// gamma function, P(N <= n) = Q(n + 1, rate) (DLMF 8.4.10). REQUIRES: 0 < u < 1,
// 0 <= rate <= 1e15.
[[nodiscard]] double poisson_draw(double u, double rate);

// The sum of n independent losses of mean m, variance v and third central moment c, n >= about a
// thousand, at normal score z: a Gamma moved so that three moments agree. Within 0.1 % of the
// sum's quantiles from 1 to 99 of 100 (docs/method/simulation.md).
struct EventMoments {
  double mean = 0;
  double variance = 0;
  double third = 0;  // central
};
[[nodiscard]] double sum_quantile(double n, const EventMoments& each, double z);

}  // namespace tiebeam::quant
