// Up to eight bytes of a text as one number, so that they are compared and counted at once.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tiebeam::ingest {

static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");

template <class T>
[[nodiscard]] T load_bytes(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

// The bytes [from, from + count), the first one lowest. REQUIRES: 1 <= count <= 8.
[[nodiscard]] inline std::uint64_t load_word(const char* from, std::size_t count) {
  const auto place = [](std::uint64_t byte, std::size_t at) { return byte << (8 * at); };
  if (count >= 4)  // two reads that may overlap
    return load_bytes<std::uint32_t>(from) |
           place(load_bytes<std::uint32_t>(from + count - 4), count - 4);
  const auto byte = [&](std::size_t at) { return place(load_bytes<std::uint8_t>(from + at), at); };
  return byte(0) | byte(count / 2) | byte(count - 1);
}
// Of a text of at least one byte: the first eight, with zeros behind a shorter one, and the last
// eight, with zeros before it.
[[nodiscard]] inline std::uint64_t first_word(std::string_view text) {
  return load_word(text.data(), std::min<std::size_t>(text.size(), 8));
}
[[nodiscard]] inline std::uint64_t last_word(std::string_view text) {
  const std::size_t count = std::min<std::size_t>(text.size(), 8);
  return load_word(text.data() + text.size() - count, count) << (8 * (8 - count));
}

// How many decimal digits stand at the end of last_word().
[[nodiscard]] inline unsigned trailing_digits(std::uint64_t word) {
  constexpr std::uint64_t kLow = 0x7F7F7F7F7F7F7F7F, kHigh = 0x8080808080808080;
  word ^= 0x3030303030303030;  // digits become 0 to 9
  const std::uint64_t others = (((word & kLow) + 0x7676767676767676) | word) & kHigh;
  return static_cast<unsigned>(std::countl_zero(others)) / 8;
}
// The word without them. REQUIRES: 1 <= digits <= trailing_digits(word).
[[nodiscard]] inline std::uint64_t without_digits(std::uint64_t word, unsigned digits) {
  return digits == 8 ? 0 : word & (~std::uint64_t{0} >> (8 * digits));
}
// The number that they are. REQUIRES: as above.
[[nodiscard]] inline std::uint32_t trailing_number(std::uint64_t word, unsigned digits) {
  word = (word ^ 0x3030303030303030) & (~std::uint64_t{0} << (8 * (8 - digits)));
  word = word * 10 + (word >> 8U);  // pairs, then fours, then all
  word = ((word & 0x000000FF000000FF) * (100 + (std::uint64_t{1'000'000} << 32U)) +
          ((word >> 16U & 0x000000FF000000FF) * (1 + (std::uint64_t{10'000} << 32U)))) >>
         32U;
  return static_cast<std::uint32_t>(word);
}

}  // namespace tiebeam::ingest
