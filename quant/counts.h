// How many, as a distribution over 0, 1, 2, ...: exact sums of weeks, the negative binomial,
// weighted atoms, and what is read off them. No random numbers: the same input gives the same
// answer. docs/method/forecast.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tiebeam::quant {

// chance[k] = P(X = k). What is missing to 1 lies above the last k.
struct Counts {
  std::vector<double> chance;

  [[nodiscard]] double mass() const;                     // sum of the chances
  [[nodiscard]] double below(std::size_t n) const;       // P(X < n) of what is held
  [[nodiscard]] std::vector<double> cumulative() const;  // P(X <= k), never above 1
};

// Certainly `value`.
[[nodiscard]] Counts exactly(std::size_t value);
// Each of `values` is as likely as the others. REQUIRES: not empty.
[[nodiscard]] Counts any_of(std::span<const std::uint32_t> values);
// X + Y of independent X and Y, cut to values below `limit`. Cost: O(|a| |b|), zeros of b skipped.
[[nodiscard]] Counts sum(const Counts& a, const Counts& b, std::size_t limit);
// With P(Y = k) = share x a + (1 - share) x b.
[[nodiscard]] Counts mixed(double share, const Counts& a, const Counts& b);

// P(S_h < n) for h = 1..weeks, S_h the sum of h weeks drawn from `history` with replacement: the
// state is the chance of each sum below n, so nothing above it is ever computed.
// REQUIRES: history not empty. Cost: O(weeks x n x different values).
// Source: first passage of a random walk by convolution; spec: docs/method/forecast.md.
[[nodiscard]] std::vector<double> chances_below(std::span<const std::uint32_t> history,
                                                std::size_t n, std::size_t weeks);
// The distribution of S_h itself.
[[nodiscard]] Counts sum_of_weeks(std::span<const std::uint32_t> history, std::size_t weeks);

// Counts around a level that is itself uncertain: Poisson with a Gamma level. A variance at or
// below the mean gives the Poisson distribution (its size is cut at 1e7). REQUIRES: mean >= 0.
// Source: Johnson, Kemp and Kotz 2005, section 5.3: size r = mean^2 / (variance - mean),
// p = mean / variance, P(k) = Gamma(k + r) / (Gamma(r) k!) p^r (1 - p)^k.
struct NegativeBinomial {
  double mean = 0;
  double variance = 0;
};
[[nodiscard]] Counts counts_of(const NegativeBinomial& law, std::size_t limit);  // k < limit
// P(X < n). Cost: O(n) up to a few thousand, then a continued fraction.
[[nodiscard]] double below(const NegativeBinomial& law, std::size_t n);

// Values with weights, those of nearly the same size side by side: no sort, and a chance is found
// among a few.
class Atoms {
 public:
  Atoms() = default;
  // Weights are scaled to sum to 1; values below 0 count as 0. REQUIRES: a weight for each value,
  // none negative and, unless there are none, not all 0. Cost: O(values).
  Atoms(std::span<const double> values, std::span<const double> weights);
  [[nodiscard]] bool empty() const { return atoms_.empty(); }
  [[nodiscard]] std::size_t size() const { return atoms_.size(); }
  // P(value rounded half up < n), never falling with n. Cost: O(values within 1/64 octave).
  [[nodiscard]] double below(std::size_t n) const;
  [[nodiscard]] Counts counts(std::size_t limit) const;  // of the rounded values, k < limit
  [[nodiscard]] double largest() const { return largest_; }

 private:
  struct Atom {
    double value, weight;
  };
  std::vector<Atom> atoms_;            // group by group, in each in the order given
  std::vector<std::uint32_t> starts_;  // [groups + 1] of a group in `atoms_`
  std::vector<double> before_;         // [groups + 1] weight of those in earlier groups
  double largest_ = 0;
};

// Inverse ECDF: the least k with P(X <= k) >= p within the share tolerance (quantile.h). none: the
// mass held does not reach p. REQUIRES: 0 < p <= 1.
[[nodiscard]] std::optional<std::size_t> quantile(const Counts& counts, double p);

// Continuous ranked probability score: sum over k of (P(X <= k) - [k >= came])^2, in items; less is
// better. The mass not held counts as lying just above the last k.
// Source: Gneiting and Raftery 2007, eq. 20, for integers.
[[nodiscard]] double crps(const Counts& counts, std::size_t came);

}  // namespace tiebeam::quant
