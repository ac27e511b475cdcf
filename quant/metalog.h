// The three-term metalog: one smooth curve through a low, a middle and a high point, unbounded,
// above a least, below a most, or between both. Source: Keelin 2016, The Metalog Distributions,
// Decision Analysis 13(4), equations of the symmetric-percentile triplet.
#pragma once

#include <optional>

#include "quant/incomplete.h"

namespace tiebeam::quant {

// M(y) = a1 + a2 ln(y/(1-y)) + a3 (y - 1/2) ln(y/(1-y)) on the scale of the bounds.
struct MetalogLaw {
  double a1, a2, a3;
  std::optional<double> min, max;
  double mean = 0, spread = 0, third = 0;  // of X; infinite where the tail is too heavy

  [[nodiscard]] double at(double z) const;
  [[nodiscard]] double slope(double z) const;
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const { return spread; }
  [[nodiscard]] std::optional<double> limited_mean(double) const { return std::nullopt; }
};
// Through (alpha, low), (1/2, median), (1 - alpha, high). REQUIRES: as faults_of.
[[nodiscard]] MetalogLaw metalog_of(double alpha, double low, double median, double high,
                                    std::optional<double> min, std::optional<double> max);

}  // namespace tiebeam::quant
