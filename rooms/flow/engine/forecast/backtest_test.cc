// The protocol on real series: the gate, numbers of an independent implementation, and that no
// forecast sees its own future.
#include "rooms/flow/engine/forecast/backtest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "rooms/flow/engine/forecast/merges_test_support.h"

namespace tiebeam::flow {
namespace {

using testing::index_of;
using testing::merge_series;
using testing::merge_times;

// Made by a second implementation in another language (dense arrays, no shared code).
struct Case {
  const char* series;
  std::size_t origin, weeks;
  double mean, variance, half_life, pool_share;
  std::size_t atoms;
  std::size_t quantiles[5];  // .05 .15 .5 .85 .95
  std::size_t came;
  double score, reference;
};
const Case kCases[] = {{"duckdb+duckdb",
                        60,
                        4,
                        37.93242076290858,
                        116.92575319206357,
                        4,
                        0.45065053154688184,
                        1920,
                        {18, 26, 40, 55, 73},
                        46,
                        4.476617010980673,
                        3.8105160922943098},
                       {"duckdb+duckdb",
                        300,
                        13,
                        404.1448968001567,
                        5335.6851998701195,
                        8,
                        0.4509572758778617,
                        4382,
                        {221, 301, 397, 508, 623},
                        387,
                        23.756466876286964,
                        11.119722565363238},
                       {"prometheus+prometheus",
                        400,
                        8,
                        97.35664892650765,
                        380.26267917147527,
                        4,
                        0.3157996652428006,
                        1803,
                        {41, 59, 89, 119, 150},
                        61,
                        17.469805273079093,
                        10.179282279596125},
                       {"psf+black",
                        252,
                        4,
                        19.27943509073846,
                        59.00459325364579,
                        52,
                        0.21119321566134874,
                        3004,
                        {7, 11, 18, 29, 39},
                        12,
                        3.889711096835545,
                        3.629181508228668},
                       {"psf+black",
                        252,
                        13,
                        62.65816404489999,
                        265.9663524611663,
                        52,
                        0.46930914711711896,
                        2896,
                        {28, 42, 61, 89, 122},
                        41,
                        13.095761435096987,
                        11.990452595551941},
                       {"ledger+ledger",
                        340,
                        4,
                        0.8981915077519654,
                        1.3278675985483246,
                        4,
                        0.1936049621016812,
                        1227,
                        {0, 0, 1, 3, 5},
                        0,
                        0.6135452269921647,
                        0.53839111328125},
                       {"google+highway",
                        60,
                        8,
                        6.712463276771868,
                        9.619275416787943,
                        52,
                        0.6400315410347569,
                        2780,
                        {1, 3, 6, 10, 14},
                        5,
                        0.9625681927557628,
                        2.3647345815830367},
                       {"apache+incubator-devlake",
                        180,
                        8,
                        45.78469805024527,
                        660.8859138996111,
                        4,
                        0.3924910277997039,
                        4122,
                        {4, 8, 17, 56, 81},
                        20,
                        5.6918076490386245,
                        5.648067640330065},
                       {"pallets+flask",
                        500,
                        13,
                        28.56504801016664,
                        176.1779453689655,
                        8,
                        0.4189607902475183,
                        2064,
                        {8, 14, 26, 45, 71},
                        7,
                        13.999061613598336,
                        9.036393286689052},
                       {"userver-framework+userver",
                        66,
                        8,
                        89.6661975449109,
                        452.9236498032268,
                        4,
                        0.6125263916921591,
                        1171,
                        {33, 55, 82, 122, 234},
                        84,
                        8.150742086404165,
                        3.9112327802696663},
                       {"ERGO-Code+HiGHS",
                        388,
                        4,
                        0.498749367870519,
                        0.9941355248355517,
                        4,
                        0.18822481320874854,
                        4510,
                        {0, 0, 0, 1, 2},
                        7,
                        6.144674433788967,
                        7.0},
                       {"ledger+ledger",
                        60,
                        13,
                        10.510466132439976,
                        26.27659600212474,
                        8,
                        0.7640677170126234,
                        150,
                        {0, 3, 10, 18, 26},
                        9,
                        1.782770438734953,
                        1.6665274068732876}};

TEST(Backtest, AgreesWithASecondImplementation) {
  const std::vector<Series>& all = merge_series();
  for (const Case& one : kCases) {
    SCOPED_TRACE(std::string(one.series) + " at " + std::to_string(one.origin));
    const std::size_t own = index_of(all, one.series);
    const Ahead ahead = look_ahead(all, own, one.origin, one.weeks);
    EXPECT_NEAR(ahead.parts[0].law.mean, one.mean, 1e-9 * one.mean);
    EXPECT_NEAR(ahead.parts[0].law.variance, one.variance, 1e-9 * one.variance);
    EXPECT_EQ(ahead.half_life, one.half_life);
    EXPECT_NEAR(ahead.pool_share, one.pool_share, 1e-12);
    EXPECT_EQ(ahead.atoms.size(), one.atoms);
    const PastForecast past = past_forecast(all, own, one.origin, one.weeks);
    EXPECT_EQ(past.p05, one.quantiles[0]);
    EXPECT_EQ(past.p15, one.quantiles[1]);
    EXPECT_EQ(past.p50, one.quantiles[2]);
    EXPECT_EQ(past.p85, one.quantiles[3]);
    EXPECT_EQ(past.p95, one.quantiles[4]);
    EXPECT_EQ(past.came, one.came);
    EXPECT_NEAR(past.score, one.score, 1e-8);
    EXPECT_NEAR(past.reference, one.reference, 1e-8);
  }
}

TEST(Backtest, MeetsItsGateAtEveryHorizon) {
  const Backtest result = backtest(merge_times());
  const double most[] = {0.95, 0.92, 0.92};
  ASSERT_EQ(result.horizons.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const HorizonRow& row = result.horizons[i];
    SCOPED_TRACE(std::to_string(row.weeks) + " weeks");
    EXPECT_EQ(row.series, 12U);
    EXPECT_LE(row.crps_ratio, most[i]);
    EXPECT_GE(row.coverage_90, 0.87);
    EXPECT_LE(row.coverage_90, 0.94);
    EXPECT_GE(row.held_p85, 0.82);
    EXPECT_LE(row.held_p85, 0.90);
  }
  ASSERT_TRUE(result.when);
  EXPECT_LE(result.when->crps_ratio, 0.85);
  EXPECT_EQ(result.left_out.size(), 2U);
}

TEST(Backtest, SameInputSameBits) {
  const std::vector<Series>& all = merge_series();
  for (const std::size_t origin : {60UZ, 90UZ, 200UZ}) {
    const PastForecast a = past_forecast(all, 2, origin, 8);
    const PastForecast b = past_forecast(all, 2, origin, 8);
    EXPECT_EQ(a.score, b.score);
    EXPECT_EQ(a.p95, b.p95);
  }
}

// Whatever happens from the origin on, in this series and in all others, the forecast stays.
TEST(Backtest, NoForecastSeesItsFuture) {
  const std::vector<Series>& all = merge_series();
  std::mt19937_64 rng(20240301);
  for (int round = 0; round < 40; ++round) {
    const std::size_t own = rng() % all.size();
    const std::size_t weeks = std::array{4UZ, 8UZ, 13UZ}[rng() % 3];
    const std::size_t origin = 60 + rng() % (all[own].size() - weeks - 60);
    const std::int64_t now = all[own].number_at(origin);
    std::vector<Series> other;
    for (const Series& series : all) {
      std::vector<std::uint32_t> finished = series.finished;
      std::size_t known = 0;
      while (known < finished.size() && series.number[known] < now) ++known;
      std::shuffle(finished.begin() + static_cast<std::ptrdiff_t>(known), finished.end(), rng);
      for (std::size_t i = known; i < finished.size(); ++i) finished[i] += rng() % 50;
      other.push_back(make_series(series.id, series.number.front(), std::move(finished)));
    }
    const Ahead a = look_ahead(all, own, origin, weeks);
    const Ahead b = look_ahead(other, own, origin, weeks);
    for (const std::size_t n : {1UZ, 5UZ, 20UZ, 80UZ, 300UZ}) ASSERT_EQ(a.below(n), b.below(n));
  }
}

TEST(Backtest, ChancesFallWithMoreWorkAndTheShortWayIsTheLongWay) {
  const std::vector<Series>& all = merge_series();
  for (std::size_t own = 0; own < all.size(); ++own) {
    const Ahead ahead = look_ahead(all, own, 100, 8);
    double before = 0;
    for (std::size_t n = 0; n < 400; n += 7) {
      const double below = ahead.below(n);
      ASSERT_GE(below, before - 1e-12);
      ASSERT_NEAR(below, chance_below(all, own, 100, 8, n), 1e-12);
      before = below;
    }
    const quant::Counts counts = ahead.counts();
    EXPECT_NEAR(counts.mass(), 1, 1e-9);
    for (const double p : {0.05, 0.15, 0.5, 0.85, 0.95})
      EXPECT_EQ(ahead.quantile(p), quant::quantile(counts, p));
  }
}

TEST(CountWeeks, FollowsTheProtocol) {
  // 200 weeks of three a week from Monday 2020-01-06 on, then 30 quiet weeks and a late one.
  std::vector<std::int64_t> at;
  constexpr std::int64_t kMonday = 1'578'268'800, kWeek = 604'800;
  for (int week = 0; week < 200; ++week) {
    for (int i = 0; i < 3; ++i) at.push_back(kMonday + week * kWeek + i * 86'400);
  }
  at.push_back(kMonday + 230 * kWeek);
  const Counted counted = count_weeks({"x", at});
  ASSERT_TRUE(counted.series);
  // 6 of 601 times dropped: two weeks. The last week dropped; the quiet end cut to where the 26
  // weeks before it hold 13: five weeks of three.
  EXPECT_EQ(counted.series->size(), 198U + 21U);
  EXPECT_EQ(counted.series->number.front(), (kMonday - 345'600) / kWeek + 2);
  EXPECT_EQ(counted.series->finished.front(), 3U);
  EXPECT_FALSE(count_weeks({"y", {}}).series);
  EXPECT_FALSE(count_weeks({"z", {kMonday, kMonday + 300 * kWeek}}).series);
}

}  // namespace
}  // namespace tiebeam::flow
