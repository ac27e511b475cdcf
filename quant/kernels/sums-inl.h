// Sums that do not depend on the width of the vectors. Included once a target by the loops.
#if defined(TB_SUMS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef TB_SUMS_INL
#undef TB_SUMS_INL
#else
#define TB_SUMS_INL
#endif

#include <hwy/highway.h>

#include "quant/kernels/arithmetic-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tiebeam::quant::HWY_NAMESPACE {

// Eight partial sums whatever the width: lane k of eight holds the entries with i mod 8 = k.
struct Eight {
  static constexpr std::size_t kParts = 8 / kLanes;
  V part[kParts];
};
HWY_INLINE Eight no_sum() {
  Eight sums;
  for (V& part : sums.part) part = hn::Zero(d);
  return sums;
}
HWY_INLINE double total(const Eight& sums) {
  double at[8];
  for (std::size_t k = 0; k < Eight::kParts; ++k) hn::StoreU(sums.part[k], d, at + k * kLanes);
  return ((at[0] + at[4]) + (at[2] + at[6])) + ((at[1] + at[5]) + (at[3] + at[7]));
}
// The entries from i on, those beyond n as `instead`.
HWY_INLINE V entries(const double* x, std::size_t i, std::size_t n, double instead) {
  if (i + kLanes <= n) return hn::LoadU(d, x + i);
  double at[kLanes];
  for (std::size_t k = 0; k < kLanes; ++k) at[k] = i + k < n ? x[i + k] : instead;
  return hn::LoadU(d, at);
}

}  // namespace tiebeam::quant::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
