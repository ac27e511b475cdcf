#include "quant/kernels/kernels.h"

#include <algorithm>
#include <bit>

#include "base/error.h"

// One compilation for each kind of vectors; without fused multiply-add only the portable one.
#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "quant/kernels/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "quant/kernels/arithmetic-inl.h"
#include "quant/kernels/loops-inl.h"

#if HWY_ONCE
namespace tiebeam::quant {
HWY_EXPORT(uniforms);
HWY_EXPORT(event_uniforms);
HWY_EXPORT(normals);
HWY_EXPORT(exp_affine);
HWY_EXPORT(affine);
HWY_EXPORT(map_pieces);
HWY_EXPORT(blend);
HWY_EXPORT(add_driver);
HWY_EXPORT(counts_by_thresholds);
HWY_EXPORT(poisson_counts);
HWY_EXPORT(first_events);
HWY_EXPORT(next_events);
HWY_EXPORT(above_zero);
HWY_EXPORT(insure);
HWY_EXPORT(moments);
HWY_EXPORT(above);
HWY_EXPORT(mix_of);

void uniforms(Key key, Purpose purpose, std::uint64_t block, double* u) {
  HWY_DYNAMIC_DISPATCH(uniforms)(key, purpose, block, u);
}
void event_uniforms(const EventKey& of, std::span<const std::uint32_t> trials, double* first,
                    double* second) {
  HWY_DYNAMIC_DISPATCH(event_uniforms)(of, trials, first, second);
}
void normals(const double* u, std::size_t n, double* z) {
  TB_CHECK(n <= kBlock, "a block at most");
  HWY_DYNAMIC_DISPATCH(normals)(u, n, z);
}
void exp_affine(const double* z, std::size_t n, double a, double b, double* x) {
  HWY_DYNAMIC_DISPATCH(exp_affine)(z, n, a, b, x);
}
void affine(const double* z, std::size_t n, double a, double b, double* x) {
  HWY_DYNAMIC_DISPATCH(affine)(z, n, a, b, x);
}
void map_pieces(const ZPieces& pieces, const double* z, std::size_t n, double* x) {
  HWY_DYNAMIC_DISPATCH(map_pieces)(pieces, z, n, x);
}
void blend(double own_weight, double* z, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(blend)(own_weight, z, n);
}
void add_driver(double weight, const double* scores, std::size_t n, double* z) {
  HWY_DYNAMIC_DISPATCH(add_driver)(weight, scores, n, z);
}
void add_driver_at(double weight, const double* scores, std::span<const std::uint32_t> trials,
                   double* z) {
  for (std::size_t i = 0; i < trials.size(); ++i) z[i] += weight * scores[trials[i]];
}
void counts_by_thresholds(const double* score, std::size_t n, std::span<const double> above,
                          std::size_t usual, std::uint32_t least, std::uint32_t* counts) {
  HWY_DYNAMIC_DISPATCH(counts_by_thresholds)(score, n, above, usual, least, counts);
}
void poisson_counts(const double* u, const double* rate, std::size_t n, std::uint32_t* counts) {
  HWY_DYNAMIC_DISPATCH(poisson_counts)(u, rate, n, counts);
}
std::size_t first_events(const std::uint32_t* counts, std::size_t n, std::uint32_t* trials,
                         std::uint32_t* held) {
  return HWY_DYNAMIC_DISPATCH(first_events)(counts, n, trials, held);
}
std::size_t next_events(std::uint32_t level, std::size_t n, std::uint32_t* trials,
                        std::uint32_t* held) {
  return HWY_DYNAMIC_DISPATCH(next_events)(level, n, trials, held);
}
std::size_t above_zero(const double* x, std::size_t n, double* out) {
  return HWY_DYNAMIC_DISPATCH(above_zero)(x, n, out);
}
std::size_t places_below(const double* u, const double* limit, bool one_limit, std::size_t n,
                         std::uint32_t* places) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < n; ++i) {
    places[found] = static_cast<std::uint32_t>(i);
    found += u[i] < limit[one_limit ? 0 : i] ? 1 : 0;
  }
  return found;
}
void insure(double deductible, double limit, std::size_t n, double* x) {
  HWY_DYNAMIC_DISPATCH(insure)(deductible, limit, n, x);
}
Moments moments(const double* x, std::size_t n, double pivot) {
  return HWY_DYNAMIC_DISPATCH(moments)(x, n, pivot);
}
Above above(const double* values, std::size_t n, double x) {
  return HWY_DYNAMIC_DISPATCH(above)(values, n, x);
}
Mix mix_of(const double* values, std::size_t n) { return HWY_DYNAMIC_DISPATCH(mix_of)(values, n); }

Mix combine(Mix left, Mix right) {
  const auto stir = [](std::uint64_t a, std::uint64_t b) {
    a = (std::rotl(a, 23) ^ b) * 0x9E3779B97F4A7C15;
    a = (a ^ (a >> 29)) * 0xBF58476D1CE4E5B9;
    return a ^ (a >> 32);
  };
  return {stir(left.low, right.low), stir(left.high, right.high ^ left.low)};
}

bool limit_vectors(std::string_view widest) {
  std::int64_t disabled = -1;
  if (widest == "avx512" || widest == "neon") disabled = 0;
  if (widest == "avx2") disabled = HWY_AVX3;
  if (widest == "none") disabled = HWY_AVX3 | HWY_AVX2 | HWY_NEON;
  if (disabled == -1) return false;
  (void)hwy::SupportedTargets();  // its first call ignores what is disabled
  hwy::DisableTargets(disabled);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  return vectors_in_use() == widest;
}
std::string_view vectors_in_use() {
  const auto best = hwy::SupportedTargets() & HWY_TARGETS;
  if ((best & HWY_AVX3) != 0) return "avx512";
  if ((best & HWY_AVX2) != 0) return "avx2";
  if ((best & HWY_NEON) != 0) return "neon";
  return "none";
}

}  // namespace tiebeam::quant
#endif
