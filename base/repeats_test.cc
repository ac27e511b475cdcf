#include "base/repeats.h"

#include <gtest/gtest.h>

#include <random>
#include <unordered_set>

namespace tiebeam {
namespace {

std::vector<std::size_t> one_by_one(const std::vector<std::uint64_t>& hashes) {
  std::unordered_set<std::uint64_t> seen;
  std::vector<std::size_t> out;
  for (std::size_t place = 0; place < hashes.size(); ++place)
    if (!seen.insert(hashes[place]).second) out.push_back(place);
  return out;
}

TEST(RepeatedPlaces, AreThoseOfASetForAnyHashes) {
  std::mt19937_64 rng(20261122);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint64_t> hashes(rng() % 3000);
    const std::uint64_t top = std::uint64_t{1} << (rng() % 63);
    for (std::uint64_t& hash : hashes) hash = rng() % top;  // 0 and small ones, too
    ASSERT_EQ(repeated_places(hashes), one_by_one(hashes));
  }
}

TEST(RepeatedPlaces, AreFoundAmongMillions) {
  std::mt19937_64 rng(7);
  std::vector<std::uint64_t> hashes(2'500'000);
  for (std::uint64_t& hash : hashes) hash = rng();
  EXPECT_TRUE(repeated_places(hashes).empty());
  hashes[2'499'999] = hashes[0];
  hashes[1'700'000] = hashes[1'200'000];
  hashes[1'700'001] = hashes[1'200'000];
  EXPECT_EQ(repeated_places(hashes), (std::vector<std::size_t>{1'700'000, 1'700'001, 2'499'999}));
}

TEST(RepeatedPlaces, AreAllButTheFirstOfOneHash) {
  const std::vector<std::uint64_t> zeros(5, 0), ones(4, ~std::uint64_t{0});
  EXPECT_EQ(repeated_places(zeros), (std::vector<std::size_t>{1, 2, 3, 4}));
  EXPECT_EQ(repeated_places(ones), (std::vector<std::size_t>{1, 2, 3}));
  EXPECT_TRUE(repeated_places({}).empty());
}

}  // namespace
}  // namespace tiebeam
