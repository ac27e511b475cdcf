// Sums over weighted points (x, y) by eight partial sums in a fixed order: the same bits on every
// machine, as kernels.h. Arrays need no room beyond n.
#pragma once

#include <cstddef>

namespace tiebeam::quant {

struct Points {
  const double* x = nullptr;
  const double* y = nullptr;
  const double* weight = nullptr;
  std::size_t n = 0;
};

// Sums of w, w x, w y.
struct WeightedSums {
  double weight = 0, x = 0, y = 0;
};
[[nodiscard]] WeightedSums weighted_sums(const Points& points);

// Sums of w (x - x0)^2, w (x - x0) (y - y0), w (y - y0)^2.
struct WeightedSquares {
  double xx = 0, xy = 0, yy = 0;
};
[[nodiscard]] WeightedSquares weighted_squares(const Points& points, double x0, double y0);

// Sum of w where y - slope x < limit.
[[nodiscard]] double weight_below(const Points& points, double slope, double limit);

}  // namespace tiebeam::quant
