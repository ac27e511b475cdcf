#include "rooms/flow/engine/forecast/method.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/forecast/outlook.h"

namespace tiebeam::flow {
namespace {

// The worked example of docs/method/forecast.md.
TEST(Method, WorkedExample) {
  const std::vector<Series> all{make_series("x", 0, {4, 6, 5, 3, 7, 5, 5, 6, 4, 5, 5})};
  const Ahead ahead = look_ahead(all, 0, 11, 2);
  ASSERT_EQ(ahead.parts.size(), 1U);
  EXPECT_TRUE(ahead.atoms.empty());
  EXPECT_NEAR(ahead.parts[0].law.mean, 10.01425, 1e-5);
  EXPECT_NEAR(ahead.parts[0].law.variance, 12.35783, 1e-5);
  EXPECT_NEAR(1 - ahead.below(10), 0.53070, 1e-5);
  EXPECT_EQ(ahead.quantile(0.15), 6U);
}

// One past error by hand: after 12 weeks of 3 the level is 3, then 7 came: ratio 8 / 4 = 2. The
// level now is (3 x 11.47 + 7) / 12.47 for a half-life of 13 weeks.
TEST(Method, APastErrorByHand) {
  std::vector<std::uint32_t> weeks(12, 3);
  weeks.push_back(7);
  const std::vector<Series> all{make_series("x", 0, weeks)};
  const Ahead ahead = look_ahead(all, 0, 13, 1);
  ASSERT_EQ(ahead.atoms.size(), 1U);
  EXPECT_EQ(ahead.half_life, 13);
  EXPECT_EQ(ahead.pool_share, 0);
  const double said = 2 * (ahead.level + 1) - 1;
  EXPECT_DOUBLE_EQ(ahead.atoms.largest(), said);
  EXPECT_NEAR(ahead.level, 3.4, 0.05);
}

// The others weigh 8 / (8 + n) with n independent own errors, and are scaled to the own level.
TEST(Method, OthersLendTheirErrors) {
  std::vector<std::uint32_t> steady(40, 10), wild;
  for (std::uint32_t i = 0; i < 60; ++i) wild.push_back(i % 7 == 0 ? 30 : 2);
  const std::vector<Series> all{make_series("steady", 20, steady), make_series("wild", 0, wild)};
  const std::vector<Series> alone{all.front()};
  const Ahead with = look_ahead(all, 0, 40, 4);
  const Ahead without = look_ahead(alone, 0, 40, 4);
  EXPECT_NEAR(with.pool_share, 8 / (8 + with.own_errors), 1e-12);
  EXPECT_EQ(without.pool_share, 0);
  EXPECT_LE(with.quantile(0.05), without.quantile(0.05));
  EXPECT_GE(with.quantile(0.95), without.quantile(0.95));
  // A series that had no past of its own yet borrows everything.
  const Ahead young = look_ahead(all, 0, 8, 4);
  EXPECT_EQ(young.pool_share, 1);
}

// Twice the work in every week is about twice the forecast.
TEST(Method, ScalesWithTheWork) {
  std::vector<std::uint32_t> weeks, tenfold;
  for (std::uint32_t i = 0; i < 80; ++i) {
    weeks.push_back(20 + (i * 7) % 11);
    tenfold.push_back(10 * weeks.back());
  }
  const std::vector<Series> a{make_series("a", 0, weeks)}, b{make_series("b", 0, tenfold)};
  const double small = static_cast<double>(look_ahead(a, 0, 80, 6).quantile(0.5));
  const double large = static_cast<double>(look_ahead(b, 0, 80, 6).quantile(0.5));
  EXPECT_NEAR(large / small, 10, 0.5);
}

}  // namespace
}  // namespace tiebeam::flow
