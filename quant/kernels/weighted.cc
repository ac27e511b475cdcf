#include "quant/kernels/weighted.h"

#include "quant/kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "quant/kernels/weighted.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "quant/kernels/weighted-inl.h"

#if HWY_ONCE
namespace tiebeam::quant {

WeightedSums weighted_sums(const Points& points) { return TB_WIDEST(weighted_sums)(points); }
WeightedSquares weighted_squares(const Points& points, double x0, double y0) {
  return TB_WIDEST(weighted_squares)(points, x0, y0);
}
double weight_below(const Points& points, double slope, double limit) {
  return TB_WIDEST(weight_below)(points, slope, limit);
}

}  // namespace tiebeam::quant
#endif
