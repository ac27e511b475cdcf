// Random numbers by counting: every number is a function of a key and a counter, so it does not
// matter who asks for it, in which order or on how many threads. docs/method/simulation.md.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tiebeam::quant {

// Names one stream of numbers. Streams of different keys share nothing.
struct Key {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  friend bool operator==(Key, Key) = default;
};

// The key of what is called `id` under `seed`: it depends on nothing else, so adding, removing or
// reordering others changes no number of this one.
[[nodiscard]] Key key_of(std::uint64_t seed, std::string_view id);

// Philox4x32-10: ten rounds of multiplication and exchange over four words.
// Source: Salmon, Moraes, Dror and Shaw 2011, Parallel random numbers: as easy as 1, 2, 3.
[[nodiscard]] std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, Key key);

// (k + 1/2) 2^-52, k the upper 52 bits of high:low: open at both ends and symmetric about 1/2.
[[nodiscard]] double uniform_of(std::uint32_t low, std::uint32_t high);

}  // namespace tiebeam::quant
