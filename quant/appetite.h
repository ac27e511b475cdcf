// How much loss is tolerated how often: points a board agrees on, what lies between them, and
// whether a loss curve keeps within them. docs/method/tail.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tiebeam::quant {

// A yearly loss above `loss` is tolerated with at most this chance.
struct AppetitePoint {
  double probability, loss;
};
// All faults, each with its place ("/1/loss"). The points stand in order: each next one is rarer
// and dearer. Errors: appetite.bad_point, appetite.not_in_order.
[[nodiscard]] std::vector<Error> appetite_faults(std::span<const AppetitePoint> points);

// The chance tolerated of a loss above `loss`, straight between points where both axes are
// logarithmic. None outside of the points: nothing was agreed there. REQUIRES: no faults.
[[nodiscard]] std::optional<double> tolerated(std::span<const AppetitePoint> points, double loss);

// The lognormal through two points, defined for any loss; the other usual reading, which lies
// above the straight line between the points.
struct LognormalAppetite {
  double mu, sigma;
  [[nodiscard]] double tolerated(double loss) const;
};
[[nodiscard]] LognormalAppetite lognormal_through(const AppetitePoint& a, const AppetitePoint& b);

enum class Verdict : std::uint8_t { within, breach, undecided };
[[nodiscard]] std::string_view verdict_name(Verdict verdict);
// Of an exceedance probability known to lie between low and high: breach only when even the low
// end is too much, within only when the high end is not.
[[nodiscard]] Verdict verdict_of(double low, double high, double tolerated_probability);

}  // namespace tiebeam::quant
