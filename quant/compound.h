// The yearly loss of a scenario in closed form: a count of events, each with its own loss. Its mean
// (ALE) and spread are published beside what trials say. docs/method/tail.md.
#pragma once

#include <optional>

#include "quant/frequency.h"

namespace tiebeam::quant {

// E[X], E[X^2], E[X^3] of the loss of one event.
struct RawMoments {
  double first = 0, second = 0, third = 0;

  [[nodiscard]] double variance() const { return second - first * first; }
};
[[nodiscard]] RawMoments moments_of(const Marginal& marginal);
// Of a sum and of a product of independent quantities, and of one that occurs with a chance.
[[nodiscard]] RawMoments sum_of(const RawMoments& a, const RawMoments& b);
[[nodiscard]] RawMoments product_of(const RawMoments& a, const RawMoments& b);
[[nodiscard]] RawMoments with_chance(double p, const RawMoments& loss);

struct LossMoments {
  double mean = 0;  // ALE
  double sd = 0;
  std::optional<double> skew;  // none where the loss never varies or it is not in closed form
  double p_zero = 1;           // of the year: no event (losses are above 0)
};
// N events, each with a loss of its own. Source: Klugman, Panjer, Willmot 2012, section 9.3.
[[nodiscard]] LossMoments compound(const CountMoments& count, const RawMoments& loss);

// Each event brings a primary loss and, with a chance drawn once a year for all of its events, a
// secondary one. Source: law of total variance over that chance; docs/method/tail.md.
[[nodiscard]] LossMoments compound_with_secondary(const CountMoments& count,
                                                  const RawMoments& primary,
                                                  const Marginal& secondary_chance,
                                                  const RawMoments& secondary);

}  // namespace tiebeam::quant
