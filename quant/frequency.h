// How often something happens in a year: rates, chances, and the counts they lead to. Exact and
// slow; moments and the chance of none feed quant/compound.h.
#pragma once

#include <optional>

#include "quant/marginal.h"

namespace tiebeam::quant {

// "Once in N years" as events a year. REQUIRES: years > 0.
[[nodiscard]] double rate_of_once_in(double years);
// The rate at which a year has an event with chance p: -ln(1 - p); and back. REQUIRES: 0 <= p < 1.
[[nodiscard]] double rate_of_chance(double p);
[[nodiscard]] double chance_of_rate(double rate);

// REQUIRES: rate >= 0, k a whole number >= 0, 0 <= q < 1.
[[nodiscard]] double poisson_chance(double rate, double k);    // P(N = k)
[[nodiscard]] double poisson_cdf(double rate, double k);       // P(N <= k)
[[nodiscard]] double poisson_quantile(double rate, double q);  // least k with P(N <= k) >= q
// With variance mean + mean^2 / k; a Poisson whose rate is gamma of shape k. REQUIRES: k > 0.
[[nodiscard]] double negative_binomial_chance(double mean, double k, double n);

// What is known of the number of events in a year.
struct CountMoments {
  double mean = 0, variance = 0, third = 0;  // third central moment
  double p_zero = 1;
};
[[nodiscard]] CountMoments fixed_count(double count);
[[nodiscard]] CountMoments bernoulli_count(double p);
[[nodiscard]] CountMoments poisson_count(double rate);
// A Poisson whose rate is itself uncertain, drawn once a year: TEF times vulnerability is
// {TEF, vulnerability}. p_zero by quadrature, to 1e-9 for rates without jumps or corners.
// REQUIRES: rates never below 0.
[[nodiscard]] CountMoments mixed_poisson_count(const Marginal& rate);
[[nodiscard]] CountMoments mixed_poisson_count(const Marginal& rate, const Marginal& factor);
[[nodiscard]] CountMoments negative_binomial_count(double mean, double k);

}  // namespace tiebeam::quant
