#include "rooms/flow/engine/live/order_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "quant/quantile.h"
#include "rooms/flow/engine/live/days.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow::live {
namespace {

// Spans of all sizes: some equal, some a few microseconds, some of years.
std::vector<std::int64_t> any_values(std::mt19937_64& rng) {
  std::vector<std::int64_t> out(1 + rng() % 400);
  for (std::int64_t& value : out)
    value = static_cast<std::int64_t>(rng() % (std::uint64_t{1} << (1 + rng() % 50)));
  return out;
}

// Type 7 as its definition reads, on sorted values.
double between(const std::vector<std::int64_t>& sorted, double p) {
  const double place = static_cast<double>(sorted.size() - 1) * p;
  const auto low = static_cast<std::size_t>(place);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return static_cast<double>(sorted[low]) +
         (place - static_cast<double>(low)) * static_cast<double>(sorted[high] - sorted[low]);
}

TEST(OrderStatistics, PercentilesAreThoseOfTheSortedValues) {
  std::mt19937_64 rng(20240301);  // fixed: a failure must reproduce
  for (int round = 0; round < 500; ++round) {
    std::vector<std::int64_t> values = any_values(rng);
    std::vector<std::int64_t> sorted = values;
    std::ranges::sort(sorted);
    const Percentiles found = percentiles_of(values);
    for (std::size_t i = 0; i < kShares.size(); ++i) {
      ASSERT_EQ(found[i].observed,
                quant::inverse_ecdf(std::span<const std::int64_t>(sorted), kShares[i]));
      ASSERT_DOUBLE_EQ(found[i].between, between(sorted, kShares[i]));
    }
  }
}

TEST(OrderStatistics, SelectionByBucketsIsExactWithValuesTakenBack) {
  std::mt19937_64 rng(20240302);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::int64_t> kept = any_values(rng), gone = any_values(rng);
    Histogram counts;
    Values first, second;
    for (const std::int64_t value : kept) counts.add(value, 1), first.push(value);
    for (const std::int64_t value : gone) second.push(value);  // added and removed: not counted
    const Values* const values[] = {&first, &second};
    const std::vector<std::int64_t>* const removed[] = {&gone};
    ASSERT_EQ(select(counts, values, removed), percentiles_of(kept));
  }
}

TEST(OrderStatistics, TakingOutRemovesAsManyAsWereAdded) {
  std::mt19937_64 rng(20240303);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::int64_t> kept = any_values(rng);
    for (std::int64_t& value : kept) value %= 7;  // many equal ones
    std::vector<std::int64_t> gone(rng() % 50);
    for (std::int64_t& value : gone) value = static_cast<std::int64_t>(rng() % 7);
    std::vector<std::int64_t> all = kept;
    all.insert(all.end(), gone.begin(), gone.end());
    std::ranges::shuffle(all, rng);
    take_out(all, gone);
    std::ranges::sort(all);
    std::ranges::sort(kept);
    ASSERT_EQ(all, kept);
    ASSERT_TRUE(gone.empty());
  }
}

TEST(OrderStatistics, HistogramsAreWithinEightTenthsOfAPercent) {
  std::mt19937_64 rng(20240304);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::int64_t> values = any_values(rng);
    Histogram counts;
    for (const std::int64_t value : values) counts.add(value, 1);
    const Percentiles near = counts.percentiles(), exact = percentiles_of(values);
    for (std::size_t i = 0; i < kShares.size(); ++i) {
      const auto wanted = static_cast<double>(exact[i].observed);
      ASSERT_NEAR(static_cast<double>(near[i].observed), wanted, wanted * 0.008 + 0.5);
    }
  }
}

TEST(OrderStatistics, BucketsJoinWithoutGaps) {
  for (std::size_t bucket = 1; bucket < kBuckets; ++bucket) {
    ASSERT_EQ(bucket_of(bucket_start(bucket)), bucket);
    ASSERT_EQ(bucket_of(bucket_start(bucket) - 1), bucket - 1);
  }
  EXPECT_EQ(bucket_of(std::numeric_limits<std::int64_t>::max()), kBuckets - 1);
}

TEST(LocalDays, FollowTheClocksOfTheZone) {
  Zone berlin;
  berlin.steps = {{testing::at("2023-10-29T01:00:00Z"), std::chrono::hours{1}},
                  {testing::at("2024-03-31T01:00:00Z"), std::chrono::hours{2}}};
  LocalDays days(berlin);
  const auto day = [&](std::string_view text) {
    return day_at(days.of(testing::at(text).time_since_epoch().count()));
  };
  EXPECT_EQ(format_day(day("2024-04-01T21:59:59Z")), "2024-04-01");
  EXPECT_EQ(format_day(day("2024-04-01T22:00:00Z")), "2024-04-02");
  EXPECT_EQ(format_day(day("2024-03-30T22:59:59Z")), "2024-03-30");  // asked for out of order
  EXPECT_EQ(format_day(day("2024-03-30T23:00:00Z")), "2024-03-31");
  EXPECT_EQ(format_day(day_at(first_day(
                week_of(days.of(testing::at("2024-03-31T12:00:00Z").time_since_epoch().count()))))),
            "2024-03-25");
  EXPECT_EQ(week_of(-4), -1);
  EXPECT_EQ(first_day(week_of(-4)), -10);
}

}  // namespace
}  // namespace tiebeam::flow::live
