#include "quant/philox.h"

#include <bit>

#include "base/hash.h"

namespace tiebeam::quant {
namespace {
constexpr std::uint32_t kMultiply0 = 0xD2511F53, kMultiply1 = 0xCD9E8D57;
constexpr std::uint32_t kStep0 = 0x9E3779B9, kStep1 = 0xBB67AE85;
constexpr int kRounds = 10;
}  // namespace

Key key_of(std::uint64_t seed, std::string_view id) {
  const std::uint64_t mixed = row_hash(id, seed);
  return {static_cast<std::uint32_t>(mixed), static_cast<std::uint32_t>(mixed >> 32)};
}

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, Key key) {
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t p0 = std::uint64_t{counter[0]} * kMultiply0;
    const std::uint64_t p1 = std::uint64_t{counter[2]} * kMultiply1;
    counter = {static_cast<std::uint32_t>(p1 >> 32) ^ counter[1] ^ key.low,
               static_cast<std::uint32_t>(p1),
               static_cast<std::uint32_t>(p0 >> 32) ^ counter[3] ^ key.high,
               static_cast<std::uint32_t>(p0)};
    key.low += kStep0;
    key.high += kStep1;
  }
  return counter;
}

double uniform_of(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 12;
  constexpr double kBelowOne = 1 - 0x1p-53;  // 1.f - this is f + half a step, exactly
  return std::bit_cast<double>(bits | 0x3FF0000000000000) - kBelowOne;
}

}  // namespace tiebeam::quant
