#include "rooms/flow/engine/forecast/method.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "rooms/flow/engine/forecast/outlook.h"

namespace tiebeam::flow {
namespace {

using Weeks = std::vector<std::uint32_t>;

Ahead look(const std::vector<Series>& all, std::size_t weeks, std::size_t origin) {
  return Horizon(all, weeks).from(0, origin);
}

// The worked example of docs/method/forecast.md: no past errors yet, half quick, half slow.
TEST(Method, WorkedExample) {
  const std::vector<Series> all{make_series("x", 0, {4, 6, 5, 3, 7, 5, 5, 6, 4, 5, 5})};
  const Ahead ahead = look(all, 2, 11);
  EXPECT_TRUE(ahead.atoms.empty());
  ASSERT_EQ(ahead.parts.size(), 2U);
  EXPECT_EQ(ahead.parts[0].share, 0.5);
  EXPECT_NEAR(ahead.parts[0].law.mean, 9.96389, 1e-5);
  EXPECT_NEAR(ahead.parts[0].law.variance, 13.53748, 1e-5);
  EXPECT_NEAR(ahead.parts[1].law.mean, 10.00840, 1e-5);
  EXPECT_NEAR(ahead.parts[1].law.variance, 11.84103, 1e-5);
  EXPECT_NEAR(1 - ahead.below(10), 0.52596, 1e-5);
  EXPECT_EQ(ahead.quantile(0.15), 6U);
}

// One past error by hand: after 12 weeks of 3 both levels are 3, then 7 came: ratio 8 / 4 = 2. With
// one error the share stays 1/2, so the forecast is twice the geometric middle of the two levels
// now.
TEST(Method, APastErrorByHand) {
  Weeks weeks(12, 3);
  weeks.push_back(7);
  const std::vector<Series> all{make_series("x", 0, weeks)};
  const Ahead ahead = look(all, 1, 13);
  ASSERT_EQ(ahead.atoms.size(), 1U);
  EXPECT_EQ(ahead.quick_share, 0.5);
  EXPECT_EQ(ahead.pool_share, 0);
  const double quick = all[0].quick.typical[13], slow = all[0].slow.typical[13];
  EXPECT_GT(quick, slow);
  const double forecast = 2 * std::sqrt((quick + 1) * (slow + 1)) - 1;
  EXPECT_NEAR(ahead.atoms.largest(), forecast,
              1e-11 * forecast);  // the bound of the kernels, twice
}

// In a series that stays where it last was, the quick level is worth more; in one that always comes
// back to its mean, less.
TEST(Method, LearnsHowMuchTheLastWeeksAreWorth) {
  Weeks steps, noise;
  for (std::uint32_t i = 0; i < 200; ++i) {
    steps.push_back(i / 25 % 2 == 0 ? 5 : 40);
    noise.push_back(i * 7919 % 31);
  }
  EXPECT_GT(look({make_series("steps", 0, steps)}, 4, 200).quick_share, 0.8);
  EXPECT_LT(look({make_series("noise", 0, noise)}, 4, 200).quick_share, 0.2);
}

// Where both levels always said the same there is nothing to learn, whatever rounding leaves.
TEST(Method, NothingIsLearnedFromSteadyWeeks) {
  EXPECT_EQ(look({make_series("steady", 0, Weeks(150, 7))}, 4, 150).quick_share, 0.5);
}

// Errors with equal weights on the line y = 1/2 + x / 4: no noise but that of the prior's slope.
TEST(Method, ShareOfTheQuickLevelByHand) {
  const std::vector<double> quick{0, 1, 2, 3}, came{0.5, 0.75, 1, 1.25}, weight(4, 0.25);
  // xx 1.25, xy 1.25 / 4; noise 1.25 / 16, prior 1.25 / 4 with a spread of 1/2.
  const std::array<quant::Points, 2> parts{
      {{quick.data(), came.data(), weight.data(), 1},
       {quick.data() + 1, came.data() + 1, weight.data() + 1, 3}}};
  EXPECT_NEAR(quick_share(parts, 4, 0.5), (4 * 0.3125 + 0.3125 / 2) / (5 + 0.3125), 1e-15);
}

// Of more errors than are borrowed every second, third, ... is: the forecast hardly moves.
TEST(Method, ManySeriesLendAPartOfTheirErrors) {
  std::vector<Series> all;
  for (std::uint32_t i = 0; i < 60; ++i) {
    Weeks weeks;
    for (std::uint32_t week = 0; week < 150; ++week)
      weeks.push_back(5 + i % 7 + (week * 7919 + i * 104729) % (9 + i % 5));
    all.push_back(make_series(std::to_string(i), 0, weeks));
  }
  constexpr Method kAll{.most_pooled = 100'000}, kSome{.most_pooled = 1000};
  const Ahead every = Horizon(all, 6, kAll).from(3, 150),
              some = Horizon(all, 6, kSome).from(3, 150);
  EXPECT_GT(every.atoms.size(), 7000U);
  EXPECT_LT(some.atoms.size(), 1200U);
  EXPECT_NEAR(some.pool_errors / every.pool_errors, 1, 0.05);
  EXPECT_NEAR(some.quick_share, every.quick_share, 0.02);
  for (const double p : {0.05, 0.15, 0.5, 0.85, 0.95})
    EXPECT_NEAR(static_cast<double>(some.quantile(p)), static_cast<double>(every.quantile(p)), 1)
        << p;
}

// The others weigh 8 / (8 + n), n independent own errors.
TEST(Method, OthersLendTheirErrors) {
  Weeks steady(60, 10), wild;
  for (std::uint32_t i = 0; i < 100; ++i) wild.push_back(i % 7 == 0 ? 30 : 2 + i % 13);
  const std::vector<Series> all{make_series("steady", 40, steady), make_series("wild", 0, wild)};
  const Ahead with = look(all, 4, 60);
  const Ahead without = look({all.front()}, 4, 60);
  EXPECT_NEAR(with.pool_share, 8 / (8 + with.own_errors), 1e-12);
  EXPECT_EQ(without.pool_share, 0);
  EXPECT_LE(with.quantile(0.05), without.quantile(0.05));
  EXPECT_GE(with.quantile(0.95), without.quantile(0.95));
  // A series that had no past of its own yet borrows everything.
  EXPECT_EQ(look(all, 4, 8).pool_share, 1);
}

// Ten times the work in every week is about ten times the forecast.
TEST(Method, ScalesWithTheWork) {
  Weeks weeks, tenfold;
  for (std::uint32_t i = 0; i < 80; ++i) {
    weeks.push_back(20 + (i * 7) % 11);
    tenfold.push_back(10 * weeks.back());
  }
  const double small = static_cast<double>(look({make_series("a", 0, weeks)}, 6, 80).quantile(0.5));
  const double large =
      static_cast<double>(look({make_series("b", 0, tenfold)}, 6, 80).quantile(0.5));
  EXPECT_NEAR(large / small, 10, 0.5);
}

// Quiet for good: the forecast follows, whatever the year before was.
TEST(Method, SilenceIsForecastAsSilence) {
  Weeks weeks(150, 9);
  for (std::size_t i = 110; i < 150; ++i) weeks[i] = 0;
  const Ahead ahead = look({make_series("quiet", 0, weeks)}, 4, 150);
  EXPECT_EQ(ahead.quantile(0.05), 0U);
  EXPECT_LT(ahead.quantile(0.5), 9U);
}

}  // namespace
}  // namespace tiebeam::flow
