// How far a percentile moves when every value of a set is changed, and how sure that is. Seed-free:
// balanced half-samples. docs/method/bottlenecks.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "quant/quantile.h"

namespace tiebeam::quant {

// 31 pairs of groups; each of 32 half-samples takes one group of every pair, balanced by a Hadamard
// matrix, so that every pair and every two pairs are used alike.
constexpr std::size_t kHalfSamples = 32;
constexpr std::size_t kPairs = kHalfSamples - 1;
constexpr std::size_t kHalfSampleValues = 2 * kPairs;  // the least number of values: one a group

// Values sorted once, each with its group: i modulo 2 * kPairs, i its place in the order given.
// REQUIRES: that order has nothing to do with the values.
class PairedGroups {
 public:
  explicit PairedGroups(std::span<const std::int64_t> values);  // REQUIRES: not empty
  [[nodiscard]] std::int64_t quantile(double p) const;          // inverse ECDF
  // The same of each half-sample. REQUIRES: at least kHalfSampleValues values.
  [[nodiscard]] std::array<std::int64_t, kHalfSamples> of_halves(double p) const;
  [[nodiscard]] std::size_t size() const { return sorted_.size(); }

 private:
  using Counts = std::array<std::uint32_t, 2 * kPairs>;
  struct Held {
    std::int64_t value;
    std::uint32_t group;
  };
  std::vector<Held> sorted_;
  std::vector<Counts> before_;  // values of each group before every kBlock-th place, and in all
};

// quantile(before) - quantile(after) in the unit of the values, with its interval: Student's t on
// kPairs degrees over the mean square deviation of the half-samples; none below kHalfSampleValues.
// Source: McCarthy 1969, Pseudo-replication: half samples; consistent for quantiles, Shao and Wu
// 1992. A half-sample is off by as much as the sample itself, so values in lumps (whole days) do
// not mislead it as they mislead a jackknife. REQUIRES: both hold the same things in the same
// order.
[[nodiscard]] std::optional<Spread> quantile_shift(const PairedGroups& before,
                                                   const PairedGroups& after, double p,
                                                   double level = kLevel);

}  // namespace tiebeam::quant
