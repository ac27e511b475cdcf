#include "model/packed_vector.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace tiebeam {
namespace {

TEST(PackedVector, TakesNoBytesWhileAllRowsAreEqual) {
  PackedVector<std::int64_t> seq;
  for (int i = 0; i < 1000; ++i) seq.push_back(7);
  EXPECT_EQ(seq.width(), 0u);
  EXPECT_EQ(seq.bytes(), 0u);
  EXPECT_EQ(seq[999], 7);
  seq.set(5, 7);
  EXPECT_EQ(seq.width(), 0u);
}

TEST(PackedVector, GrowsWiderAndKeepsItsRows) {
  PackedVector<std::uint32_t> ids;
  std::vector<std::uint32_t> plain;
  const auto add = [&](std::uint32_t value) { ids.push_back(value), plain.push_back(value); };
  add(0), add(0);
  EXPECT_EQ(ids.width(), 0u);
  add(255);
  EXPECT_EQ(ids.width(), 1u);
  add(256);
  EXPECT_EQ(ids.width(), 2u);
  add(65'536);
  EXPECT_EQ(ids.width(), 4u);
  EXPECT_TRUE(std::equal(plain.begin(), plain.end(), ids.begin(), ids.end()));
}

TEST(PackedVector, HoldsNegativeAndMissingInstants) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  PackedVector<std::int64_t> at{0, 3, kLeast, -1};
  EXPECT_EQ(at.width(), 8u);
  EXPECT_EQ(at[2], kLeast);
  EXPECT_EQ(at.back(), -1);
}

TEST(PackedVector, ReadsWhatAVectorWouldHold) {
  std::mt19937_64 rng(20260301);
  for (int round = 0; round < 300; ++round) {
    PackedVector<std::int64_t> packed;
    std::vector<std::int64_t> plain;
    const std::uint64_t top = std::uint64_t{1} << (rng() % 63);
    for (std::uint64_t i = rng() % 200; i > 0; --i) {
      std::vector<std::int64_t> some(rng() % 4);
      for (std::int64_t& each : some) each = static_cast<std::int64_t>(rng() % top);
      packed.append(some);
      plain.insert(plain.end(), some.begin(), some.end());
    }
    if (!plain.empty()) {
      const std::size_t row = rng() % plain.size();
      packed.set(row, plain[row] = static_cast<std::int64_t>(rng() % (2 * top)));
    }
    ASSERT_EQ(packed.size(), plain.size());
    std::vector<std::int64_t> read(plain.size());
    packed.read(0, read);
    ASSERT_EQ(read, plain);
    ASSERT_TRUE(std::equal(plain.begin(), plain.end(), packed.begin(), packed.end()));
  }
}

TEST(PackedVector, TransformsAllRowsAndMayGetNarrower) {
  PackedVector<std::uint32_t> ids;
  std::vector<std::uint32_t> plain;
  for (std::uint32_t i = 0; i < 5000; ++i) ids.push_back(70'000 + i), plain.push_back(i % 7);
  ids.transform([](std::uint32_t id) { return (id - 70'000) % 7; });
  EXPECT_EQ(ids.width(), 1u);
  EXPECT_EQ(ids, plain);
  ids.transform([](std::uint32_t) { return 9u; });
  EXPECT_EQ(ids.width(), 0u);
  EXPECT_EQ(ids[4999], 9u);
}

TEST(PackedVector, AppendsAnotherOneAndOneValueManyTimes) {
  PackedVector<std::int64_t> at;
  at.append(3000, -5);
  EXPECT_EQ(at.width(), 0u);
  const PackedVector<std::int64_t> more{1, 300, -5};
  at.append(more);
  at.resize(3005, 7);
  std::vector<std::int64_t> plain(3000, -5);
  plain.insert(plain.end(), {1, 300, -5, 7, 7});
  EXPECT_EQ(at, plain);
  PackedVector<std::int64_t> copy = at;
  copy.set(0, 0);
  EXPECT_EQ(at[0], -5);
  EXPECT_NE(copy, at);
}

TEST(PackedVector, TakesRoomForTheRowsThatAreExpected) {
  PackedVector<std::int64_t> at;
  at.reserve(10'000);
  EXPECT_EQ(at.bytes(), 0u) << "rows may all be equal";
  at.push_back(0), at.push_back(70'000);
  EXPECT_EQ(at.bytes(), 40'000u);
}

}  // namespace
}  // namespace tiebeam
