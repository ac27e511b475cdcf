// The loops of weighted.h for one target. Included once a target by weighted.cc.
#if defined(TB_WEIGHTED_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef TB_WEIGHTED_INL
#undef TB_WEIGHTED_INL
#else
#define TB_WEIGHTED_INL
#endif

#include <hwy/highway.h>

#include "quant/kernels/sums-inl.h"
#include "quant/kernels/weighted.h"

HWY_BEFORE_NAMESPACE();
namespace tiebeam::quant::HWY_NAMESPACE {

// add(k, x, y, w) for every vector; those beyond n weigh nothing and lie at (x0, y0).
template <class F>
HWY_INLINE void each_point(const Points& points, double x0, double y0, F add) {
  for (std::size_t i = 0; i < points.n; i += 8) {
    for (std::size_t k = 0; k < Eight::kParts; ++k) {
      const std::size_t at = i + k * kLanes;
      add(k, entries(points.x, at, points.n, x0), entries(points.y, at, points.n, y0),
          entries(points.weight, at, points.n, 0));
    }
  }
}

inline WeightedSums weighted_sums(const Points& points) {
  Eight weight = no_sum(), x = no_sum(), y = no_sum();
  each_point(points, 0, 0, [&](std::size_t k, V at_x, V at_y, V w) {
    weight.part[k] = hn::Add(weight.part[k], w);
    x.part[k] = fma(w, at_x, x.part[k]);
    y.part[k] = fma(w, at_y, y.part[k]);
  });
  return {total(weight), total(x), total(y)};
}

inline WeightedSquares weighted_squares(const Points& points, double x0, double y0) {
  Eight xx = no_sum(), xy = no_sum(), yy = no_sum();
  const V from_x = hn::Set(d, x0), from_y = hn::Set(d, y0);
  each_point(points, x0, y0, [&](std::size_t k, V at_x, V at_y, V w) {
    const V off_x = hn::Sub(at_x, from_x), off_y = hn::Sub(at_y, from_y);
    const V weighed_x = hn::Mul(w, off_x), weighed_y = hn::Mul(w, off_y);
    xx.part[k] = fma(weighed_x, off_x, xx.part[k]);
    xy.part[k] = fma(weighed_x, off_y, xy.part[k]);
    yy.part[k] = fma(weighed_y, off_y, yy.part[k]);
  });
  return {total(xx), total(xy), total(yy)};
}

inline double weight_below(const Points& points, double slope, double limit) {
  Eight sum = no_sum();
  const V against = hn::Set(d, -slope), most = hn::Set(d, limit);
  each_point(points, 0, 0, [&](std::size_t k, V x, V y, V w) {
    const M below = hn::Lt(fma(against, x, y), most);
    sum.part[k] = hn::Add(sum.part[k], hn::IfThenElseZero(below, w));
  });
  return total(sum);
}

}  // namespace tiebeam::quant::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
