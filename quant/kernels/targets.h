// Which vectors kernels are compiled for and which are used. Included by kernels' .cc files before
// Highway's headers. Highway's own choice at run time would need its library, which costs 6 ms at
// the start of every command.
#pragma once

#include <cstdint>

// One compilation for each kind of vectors; without fused multiply-add only the portable one.
#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)

namespace tiebeam::quant {

enum class Width : std::uint8_t { none, avx2, avx512, neon };
[[nodiscard]] Width width_in_use();

}  // namespace tiebeam::quant

// The function of the widest vectors in use. In a .cc file, within HWY_ONCE.
#if defined(__aarch64__)
#define TB_WIDEST(function) HWY_NAMESPACE::function
#else
#define TB_WIDEST(function)                           \
  (width_in_use() == Width::avx512 ? N_AVX3::function \
   : width_in_use() == Width::avx2 ? N_AVX2::function \
                                   : HWY_NAMESPACE::function)
#endif
