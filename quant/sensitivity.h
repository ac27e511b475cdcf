// Which input moves the result: by moving one input at a time, and from trials that exist already.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace tiebeam::quant {

// Mean of y where x is among its lowest and its highest `share` of trials. A trial counts by the
// fraction that is needed to make the share exact; trials with equal x count alike, so that the
// order of ties changes nothing and an input that never varies has a swing of 0.
// Valid however the inputs depend on each other. Source: ours, docs/method/tail.md.
struct Swing {
  double low_mean, high_mean;
  [[nodiscard]] double swing() const { return high_mean - low_mean; }
};
// REQUIRES: as many y as x, at least one, no NaN, 0 < share <= 1/2. Cost: one sort.
[[nodiscard]] Swing conditional_mean_swing(std::span<const double> x, std::span<const double> y,
                                           double share = 0.1);

// The result with one input at its low or high point and the others at their middle.
struct TornadoBar {
  std::size_t input;
  double low, high;  // results at z10 and z90 of the input; low > high where it works against
  [[nodiscard]] double swing() const { return high - low; }
};
// `result` of one normal score for each input; the longest bar first. Cost: 2 inputs evaluations.
[[nodiscard]] std::vector<TornadoBar> tornado(
    std::size_t inputs, const std::function<double(std::span<const double> z)>& result);
// The 10 and 90 % points of a standard normal.
constexpr double kZ90 = 1.2815515655446004;

}  // namespace tiebeam::quant
