#include "ingest/intern_cache.h"

#include <gtest/gtest.h>

#include <random>

#include "ingest/text_column.h"

namespace tiebeam::ingest {
namespace {

// Random texts of few letters and digits: many alike, with leading zeros, digits alone, long ones.
std::string some_key(std::mt19937_64& rng) {
  static constexpr std::string_view prefixes[] = {"",     "W-",  "INC",
                                                  "PAY-", "x9y", "A very long key "};
  std::string out(prefixes[rng() % std::size(prefixes)]);
  for (std::uint64_t digits = rng() % 12; digits > 0; --digits)
    out += static_cast<char>('0' + (rng() % 3 == 0 ? rng() % 10 : 0));
  if (rng() % 7 == 0) out += static_cast<char>('a' + rng() % 3);
  return out;
}

TEST(InternCache, GivesTheIdsOfTheDictionary) {
  std::mt19937_64 rng(20261122);
  Dictionary names, plain;
  InternCache cache(names);
  for (int i = 0; i < 50'000; ++i) {
    const std::string key = some_key(rng);
    ASSERT_EQ(cache.intern(key), plain.intern(key)) << key;
  }
  EXPECT_EQ(names.size(), plain.size());
}

TEST(TextColumn, GivesTheIdsOfTheDictionary) {
  std::mt19937_64 rng(20261122);
  Column column;
  TextColumn keys(column);
  Dictionary plain;
  std::vector<std::uint32_t> ids;
  for (int i = 0; i < 200'000; ++i) {
    const std::string key = some_key(rng);
    keys.push(key);
    ids.push_back(plain.intern(key));
    if (rng() % 1000 == 0) ASSERT_EQ(keys.last(), ids.back());
  }
  keys.flush();
  EXPECT_EQ(column.narrow, ids);
  EXPECT_TRUE(std::ranges::equal(column.names.names(), plain.names()));
}

TEST(TextColumn, TakesNumbersFarApartAndManyPrefixes) {
  Column column;
  TextColumn keys(column);
  Dictionary plain;
  std::vector<std::uint32_t> ids;
  for (std::uint64_t i = 0; i < 6000; ++i) {
    for (const std::string& key : {"F-" + std::to_string(i % 3000 * 333'333),
                                   "P" + std::to_string(i % 3000) + "-1", std::to_string(i)}) {
      keys.push(key);
      ids.push_back(plain.intern(key));
    }
  }
  keys.flush();
  EXPECT_EQ(column.narrow, ids);
}

}  // namespace
}  // namespace tiebeam::ingest
