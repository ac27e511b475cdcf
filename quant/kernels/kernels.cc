#include "quant/kernels/kernels.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>

#include "base/error.h"
#include "quant/kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "quant/kernels/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "quant/kernels/arithmetic-inl.h"
#include "quant/kernels/loops-inl.h"

#if HWY_ONCE
// What Highway's own checks call in builds with sanitizers; its library is not linked (targets.h).
namespace hwy {
HWY_NORETURN void Abort(const char* file, int line, const char* /*format*/, ...) {
  tiebeam::throw_bug("a check of Highway", "vectors were used against their rules", file, line);
}
}  // namespace hwy

namespace tiebeam::quant {
namespace {

Width widest() {
#if HWY_ARCH_ARM_A64
  return Width::neon;
#else
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("bmi2");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512cd");
  return avx2 && avx512 ? Width::avx512 : avx2 ? Width::avx2 : Width::none;
#endif
}

std::atomic<Width>& width() {
  static std::atomic<Width> chosen{widest()};
  return chosen;
}

}  // namespace

Width width_in_use() { return width().load(std::memory_order_relaxed); }

void uniforms(Key key, Purpose purpose, std::uint64_t block, double* u) {
  TB_WIDEST(uniforms)(key, purpose, block, u);
}
void uniforms_at(Key key, Purpose purpose, std::uint64_t block,
                 std::span<const std::uint32_t> trials, double* u) {
  TB_WIDEST(uniforms_at)(key, purpose, block, trials, u);
}
void event_uniforms(const EventKey& of, std::span<const std::uint32_t> trials, double* first,
                    double* second) {
  TB_WIDEST(event_uniforms)(of, trials, first, second);
}
void normals(const double* u, std::size_t n, double* z) {
  TB_CHECK(n <= kBlock, "a block at most");
  TB_WIDEST(normals)(u, n, z);
}
void exp_affine(const double* z, std::size_t n, double a, double b, double* x) {
  TB_WIDEST(exp_affine)(z, n, a, b, x);
}
void log_affine(const double* z, std::size_t n, double a, double b, double* x) {
  TB_WIDEST(log_affine)(z, n, a, b, x);
}
void affine(const double* z, std::size_t n, double a, double b, double* x) {
  TB_WIDEST(affine)(z, n, a, b, x);
}
void map_pieces(const ZPieces& pieces, const double* z, std::size_t n, double* x) {
  TB_WIDEST(map_pieces)(pieces, z, n, x);
}
void blend(double own_weight, double* z, std::size_t n) { TB_WIDEST(blend)(own_weight, z, n); }
void add_driver(double weight, const double* scores, std::size_t n, double* z) {
  TB_WIDEST(add_driver)(weight, scores, n, z);
}
void add_driver_at(double weight, const double* scores, std::span<const std::uint32_t> trials,
                   double* z) {
  for (std::size_t i = 0; i < trials.size(); ++i) z[i] += weight * scores[trials[i]];
}
void counts_by_thresholds(const double* score, std::size_t n, std::span<const double> above,
                          std::size_t usual, std::uint32_t least, std::uint32_t* counts) {
  TB_WIDEST(counts_by_thresholds)(score, n, above, usual, least, counts);
}
void poisson_counts(const double* u, const double* rate, std::size_t n, std::uint32_t* counts) {
  TB_WIDEST(poisson_counts)(u, rate, n, counts);
}
std::size_t first_events(const std::uint32_t* counts, std::size_t n, std::uint32_t* trials,
                         std::uint32_t* held) {
  return TB_WIDEST(first_events)(counts, n, trials, held);
}
std::size_t next_events(std::uint32_t level, std::size_t n, std::uint32_t* trials,
                        std::uint32_t* held) {
  return TB_WIDEST(next_events)(level, n, trials, held);
}
std::size_t above_zero(const double* x, std::size_t n, double* out) {
  return TB_WIDEST(above_zero)(x, n, out);
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
  TB_WIDEST(insure)(deductible, limit, n, x);
}
Moments moments(const double* x, std::size_t n, double pivot) {
  return TB_WIDEST(moments)(x, n, pivot);
}
Above above(const double* values, std::size_t n, double x) {
  return TB_WIDEST(above)(values, n, x);
}
Mix mix_of(const double* values, std::size_t n) { return TB_WIDEST(mix_of)(values, n); }

Mix combine(Mix left, Mix right) {
  const auto stir = [](std::uint64_t a, std::uint64_t b) {
    a = (std::rotl(a, 23) ^ b) * 0x9E3779B97F4A7C15;
    a = (a ^ (a >> 29)) * 0xBF58476D1CE4E5B9;
    return a ^ (a >> 32);
  };
  return {stir(left.low, right.low), stir(left.high, right.high ^ left.low)};
}

namespace {
constexpr std::array<std::string_view, 4> kNames = {"none", "avx2", "avx512", "neon"};
}

bool limit_vectors(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return false;
  const auto wanted = static_cast<Width>(found - kNames.begin());
  const bool is_arm = widest() == Width::neon;
  if (is_arm != (wanted == Width::neon) || wanted > widest()) return false;
  width() = wanted;
  return true;
}
std::string_view vectors_in_use() { return kNames[static_cast<std::size_t>(width().load())]; }

}  // namespace tiebeam::quant
#endif
