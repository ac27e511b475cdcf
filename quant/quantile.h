// Percentiles as Tiebeam shows them: the inverse of the empirical distribution (Hyndman and Fan
// 1996, type 1), an observed value, with an interval from order statistics.
// docs/method/percentiles.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace tiebeam::quant {

// A share counts as reached within this: 0.85 of 20 is rank 17, whatever the last bit of 0.85 says.
constexpr double kShareTolerance = 1e-12;
constexpr double kLevel = 0.9;  // of every interval, unless said otherwise

// 1-based rank of the p-quantile among n sorted values: the least k with k / n >= p.
// REQUIRES: n >= 1, 0 < p <= 1.
[[nodiscard]] std::size_t rank_of(std::size_t n, double p);

// min{x: F(x) >= p}. REQUIRES: sorted, not empty, 0 < p <= 1.
template <class T>
[[nodiscard]] T inverse_ecdf(std::span<const T> sorted, double p) {
  return sorted[rank_of(sorted.size(), p) - 1];
}

// Ranks whose values enclose the p-quantile with at least `level`, each tail at most half the rest.
// none: with n values no such bound exists (below n = 5, 19, 59 for p = 0.5, 0.85, 0.95).
// Source: binomial order statistics, David and Nagaraja 2003, section 7.1.
struct RankBounds {
  std::size_t low;
  std::size_t high;
};
[[nodiscard]] std::optional<RankBounds> rank_bounds(std::size_t n, double p, double level = kLevel);

// The least n for which an upper bound at `level` exists: p^n <= (1 - level) / 2.
[[nodiscard]] std::size_t values_needed(double p, double level = kLevel);

struct Spread {
  double value;
  double low;
  double high;
};
// Mean with Student's t interval; low == high == value for a single value. REQUIRES: not empty.
[[nodiscard]] Spread mean_of(std::span<const double> values, double level = kLevel);

// k of n with Wilson's score interval (Wilson 1927). REQUIRES: 0 <= k <= n, n >= 1.
[[nodiscard]] Spread wilson(double k, double n, double level = kLevel);
// k of n with the exact interval of Clopper and Pearson 1934. REQUIRES: as wilson.
[[nodiscard]] Spread clopper_pearson(double k, double n, double level = kLevel);

// sum(parts) / sum(wholes) with the interval of the ratio estimator (Cochran 1977, section 2.11),
// cut to [0, 1]. none when the wholes sum to 0. REQUIRES: equal lengths.
[[nodiscard]] std::optional<Spread> ratio_of_sums(std::span<const double> parts,
                                                  std::span<const double> wholes,
                                                  double level = kLevel);

}  // namespace tiebeam::quant
