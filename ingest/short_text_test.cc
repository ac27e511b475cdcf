#include "ingest/short_text.h"

#include <gtest/gtest.h>

#include <random>

namespace tiebeam::ingest {
namespace {

// As it is said, byte by byte.
std::uint64_t word_of(std::string_view eight) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i)
    out |= std::uint64_t{static_cast<unsigned char>(eight[i])} << (8 * i);
  return out;
}

TEST(ShortText, WordsAreTheFirstAndLastEightBytes) {
  std::mt19937_64 rng(20261122);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(1 + rng() % 20, '\0');
    for (char& c : text) c = static_cast<char>(rng());
    const std::string exact(text.begin(), text.end());  // nothing readable behind it
    const std::string zeros(8, '\0');
    ASSERT_EQ(first_word(exact), word_of((text + zeros).substr(0, 8)));
    ASSERT_EQ(last_word(exact), word_of((zeros + text).substr(text.size())));
  }
}

TEST(ShortText, NumbersAtTheEndAreReadAsWritten) {
  std::mt19937_64 rng(20261122);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(1 + rng() % 14, '\0');
    for (char& c : text) c = static_cast<char>(rng() % 4 == 0 ? rng() : '0' + rng() % 10);
    std::size_t digits = 0;
    while (digits < std::min<std::size_t>(text.size(), 8) &&
           text[text.size() - 1 - digits] >= '0' && text[text.size() - 1 - digits] <= '9')
      ++digits;
    const std::uint64_t word = last_word(text);
    ASSERT_EQ(trailing_digits(word), digits) << text;
    if (digits == 0) continue;
    const auto count = static_cast<unsigned>(digits);
    ASSERT_EQ(trailing_number(word, count), std::stoul(text.substr(text.size() - digits)));
    ASSERT_EQ(without_digits(word, count),
              last_word(text.substr(0, text.size() - digits) + std::string(digits, '\0')));
  }
}

}  // namespace
}  // namespace tiebeam::ingest
