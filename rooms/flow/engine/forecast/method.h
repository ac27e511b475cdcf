// How many items a stream will finish in the next weeks, as a distribution: half a negative
// binomial around the discounted level, half the errors that such levels made in the past, its own
// and those of the other streams. Exact: no random numbers. docs/method/forecast.md.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "quant/counts.h"
#include "rooms/flow/engine/forecast/series.h"

namespace tiebeam::flow {

// The constants of the method, set once and not tuned on results. Source: docs/method/forecast.md.
struct Method {
  double level_half_life = 13;   // weeks, of the negative binomial's mean and variance
  double error_half_life = 104;  // weeks, of past errors
  double pool_weight = 8;        // others weigh 8 / (8 + own independent past errors)
  std::size_t warm_up = 12;      // weeks before the first past error counts
  std::size_t enough = 8;  // own past errors beyond the first before a half-life is chosen by them
  double least_level = 0.01;  // items a week
  double smooth_share = 0.5;  // of the negative binomial in the mixture
};

// What a forecast of one horizon is made of.
struct Ahead {
  struct Part {
    double share;
    quant::NegativeBinomial law;
  };
  std::vector<Part> parts;
  double atoms_share = 0;
  quant::Atoms atoms;
  double half_life = 0;   // weeks, of the level under the errors
  double level = 0;       // items a week
  double own_errors = 0;  // recency-weighted number of independent own past errors
  double pool_share = 0;  // weight of the others' errors among all errors

  // P(S < n).
  [[nodiscard]] double below(std::size_t n) const;
  // P(S <= k) for k = 0..n.
  [[nodiscard]] std::vector<double> chances_up_to(std::size_t n) const;
  // Inverse ECDF: the least k with P(S <= k) >= p within the share tolerance. REQUIRES: 0 < p < 1.
  [[nodiscard]] std::size_t quantile(double p) const;
  // The chances of all k up to at least `least`, to where less than 1e-10 is left.
  [[nodiscard]] quant::Counts counts(std::size_t least = 0) const;
};

// Of series `own` of `all`, seen from the start of its week `origin`: the next `weeks` weeks. Sees
// only weeks that had ended by then, of any series.
// REQUIRES: 1 <= origin <= its size, weeks >= 1.
// Cost: O(weeks of all series), and a sort of the errors.
[[nodiscard]] Ahead look_ahead(std::span<const Series> all, std::size_t own, std::size_t origin,
                               std::size_t weeks, const Method& method = {});
// look_ahead(...).below(n) without the sort.
[[nodiscard]] double chance_below(std::span<const Series> all, std::size_t own, std::size_t origin,
                                  std::size_t weeks, std::size_t n, const Method& method = {});

// The weekly bootstrap that forecasts are measured against: the next `weeks` weeks drawn from the
// last 12, exact. REQUIRES: origin >= 12.
constexpr std::size_t kBootstrapWeeks = 12;
[[nodiscard]] quant::Counts bootstrap(const Series& series, std::size_t origin, std::size_t weeks);

}  // namespace tiebeam::flow
