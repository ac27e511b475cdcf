// The protocol on real series: the gate, numbers of an independent implementation, and that no
// forecast sees its own future.
#include "rooms/flow/engine/forecast/backtest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "rooms/flow/engine/forecast/merges_test_support.h"
#include "rooms/flow/engine/forecast/outlook.h"

namespace tiebeam::flow {
namespace {

using testing::index_of;
using testing::merge_series;
using testing::merge_times;

// Made by a second implementation in another language (dense arrays, no shared code).
struct Case {
  const char* series;
  std::size_t origin, weeks;
  quant::NegativeBinomial quick, slow;
  double quick_share, own_errors, pool_errors;
  std::size_t atoms;
  std::size_t quantiles[5];  // .05 .15 .5 .85 .95
  std::size_t came;
  double score, reference;
};
const Case kCases[] = {{"duckdb+duckdb",
                        60,
                        4,
                        {41.41560053041476, 142.72195060412974},
                        {34.83717558475214, 105.6352160837068},
                        0.5127926506896711,
                        8.867462534775722,
                        77.70703219536267,
                        1920,
                        {20, 26, 40, 56, 75},
                        46,
                        4.281899484824535,
                        3.8105160922943098},
                       {"duckdb+duckdb",
                        300,
                        13,
                        {390.67202743369626, 12349.77824176331},
                        {428.08147919465125, 4491.883886572355},
                        0.5788115472811266,
                        8.669645766165619,
                        19.72154248696985,
                        4382,
                        {227, 298, 406, 522, 622},
                        387,
                        27.061020550952662,
                        11.119722565363238},
                       {"prometheus+prometheus",
                        400,
                        8,
                        {62.03743191691585, 294.16844021953557},
                        {96.95902501523956, 309.1809159815265},
                        0.6115092218282164,
                        14.235921654037556,
                        24.18433501863128,
                        1803,
                        {41, 52, 77, 108, 131},
                        61,
                        10.12139108624049,
                        10.179282279596125},
                       {"psf+black",
                        252,
                        4,
                        {19.314345486451124, 66.23383522205756},
                        {19.463063972587594, 66.96022565255498},
                        0.42861127222835976,
                        26.218508517825867,
                        124.63192236489894,
                        3004,
                        {7, 11, 19, 30, 42},
                        12,
                        4.334066569198897,
                        3.629181508228668},
                       {"psf+black",
                        252,
                        13,
                        {62.77162283096615, 412.375907404948},
                        {63.25495791090968, 242.4621997976658},
                        0.49243649976134707,
                        7.734319820590259,
                        34.87576314313396,
                        2896,
                        {34, 44, 63, 91, 130},
                        41,
                        14.40263937214303,
                        11.990452595551941},
                       {"ledger+ledger",
                        340,
                        4,
                        {2.5938765462850824, 4.374031974683297},
                        {0.8675946133973698, 2.21436993020833},
                        0.6392830750652987,
                        30.60322443214679,
                        49.98217443362056,
                        1227,
                        {0, 0, 1, 4, 8},
                        0,
                        0.9653824779945885,
                        0.53839111328125},
                       {"google+highway",
                        60,
                        8,
                        {8.459820985015554, 20.07162749089732},
                        {5.807870730627444, 6.949103912796671},
                        0.483689789295674,
                        3.374451762483382,
                        55.19396949597038,
                        2780,
                        {1, 3, 7, 14, 21},
                        5,
                        1.4668736660427397,
                        2.3647345815830367},
                       {"apache+incubator-devlake",
                        180,
                        8,
                        {7.645770520704334, 18.14022517484883},
                        {84.59561709883626, 986.6160156132254},
                        0.7690668167346296,
                        2.388048721582214,
                        76.0280799597028,
                        4122,
                        {2, 4, 9, 30, 87},
                        20,
                        6.808852618722048,
                        5.648067640330065},
                       {"pallets+flask",
                        500,
                        13,
                        {23.302264032759016, 180.20402850598973},
                        {27.708366729598588, 119.90336486096044},
                        0.3704173866212059,
                        7.842937881031725,
                        23.717060025349753,
                        2064,
                        {8, 12, 24, 43, 64},
                        7,
                        11.878122854562625,
                        9.036393286689052},
                       {"userver-framework+userver",
                        66,
                        8,
                        {56.32459950415228, 202.60654143284273},
                        {87.8470614237346, 450.24377770253454},
                        0.6948982657251539,
                        4.023816586351589,
                        17.249771877573508,
                        1171,
                        {36, 46, 66, 100, 157},
                        84,
                        10.998605318816535,
                        3.9112327802696663},
                       {"ERGO-Code+HiGHS",
                        388,
                        4,
                        {0.04, 0.06745166004060958},
                        {0.8333762968898007, 2.0471562602115863},
                        0.6141105832493751,
                        24.9603258617736,
                        95.89131925696319,
                        4510,
                        {0, 0, 0, 1, 3},
                        7,
                        5.984284820189365,
                        7.0},
                       {"ledger+ledger",
                        60,
                        13,
                        {5.51366373496308, 34.07947075566099},
                        {9.924435566111363, 18.754533559982086},
                        0.854203243698972,
                        2.1087653030893474,
                        5.294553670171381,
                        150,
                        {0, 1, 5, 13, 20},
                        9,
                        2.3517643139016204,
                        1.6665274068732876}};

// The second implementation borrows every error, however many there are.
constexpr Method kBorrowsAll{.most_pooled = 1'000'000};

TEST(Backtest, AgreesWithASecondImplementation) {
  const std::vector<Series>& all = merge_series();
  for (const Case& one : kCases) {
    SCOPED_TRACE(std::string(one.series) + " at " + std::to_string(one.origin));
    const std::size_t own = index_of(all, one.series);
    const Horizon horizon(all, one.weeks, kBorrowsAll);
    const Ahead ahead = horizon.from(own, one.origin);
    ASSERT_EQ(ahead.parts.size(), 2U);
    EXPECT_NEAR(ahead.parts[0].law.mean, one.quick.mean, 1e-9 * one.quick.mean);
    EXPECT_NEAR(ahead.parts[0].law.variance, one.quick.variance, 1e-8 * one.quick.variance);
    EXPECT_NEAR(ahead.parts[1].law.mean, one.slow.mean, 1e-9 * one.slow.mean);
    EXPECT_NEAR(ahead.parts[1].law.variance, one.slow.variance, 1e-8 * one.slow.variance);
    EXPECT_NEAR(ahead.quick_share, one.quick_share, 1e-9);
    EXPECT_NEAR(ahead.own_errors, one.own_errors, 1e-9);
    EXPECT_NEAR(ahead.pool_errors, one.pool_errors, 1e-8);
    EXPECT_EQ(ahead.atoms.size(), one.atoms);
    const PastForecast past = past_forecast(horizon, own, one.origin);
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

struct WhenCase {
  const char* series;
  std::size_t origin, items;
  double done[6], drawn[6];  // by week 1, 4, 8, 13, 26, 52: said, and by draws from 12 weeks
  std::size_t p85, p95;
};
const WhenCase kWhenCases[] = {
    {"psf+black",
     164,
     33,
     {0.014665124842801802, 0.3221008587679681, 0.7459595143733972, 0.9647372424552701,
      0.9940538308138241, 0.9972807208374781},
     {0.0, 0.4980709876543211, 0.9790370402185679, 0.9999952008579873, 1.0, 1.0},
     10,
     13},
    {"duckdb+duckdb",
     112,
     117,
     {4.858217241610063e-05, 0.013511458228586903, 0.4898700563957853, 0.9851892792906097,
      0.9962572115669796, 0.998268583999736},
     {1.1102230246251565e-16, 2.220446049250313e-16, 0.6220746638480166, 0.9999999990633237, 1.0,
      1.0},
     10,
     12},
    {"ledger+ledger",
     346,
     1,
     {0.25529172752664797, 0.7581215369245606, 0.8846620336485933, 0.9325243182916005,
      0.9777283367375714, 0.978323602720875},
     {0.41666666666666663, 0.8842110339506173, 0.9865929153412148, 0.9990944377256132,
      0.9999991799569672, 0.9999999999993275},
     7,
     16},
    {"google+highway",
     60,
     5,
     {0.005685231477289943, 0.35453994888547335, 0.7099540982179721, 0.9039325939275055,
      0.9813519526798548, 0.9920771073292753},
     {0.0, 0.4282407407407406, 0.9312252701101025, 0.9975276795994866, 0.999999857657547,
      0.9999999999999999},
     11,
     18}};

TEST(Backtest, AgreesWithASecondImplementationOfWhen) {
  const std::vector<Series>& all = merge_series();
  for (const WhenCase& one : kWhenCases) {
    SCOPED_TRACE(std::string(one.series) + " at " + std::to_string(one.origin));
    const std::size_t own = index_of(all, one.series);
    std::vector<double> done;
    for (std::size_t h = 1; h <= 52; ++h) {
      const double by = 1 - Horizon(all, h, kBorrowsAll).chance_below(own, one.origin, one.items);
      done.push_back(done.empty() ? by : std::max(done.back(), by));
    }
    const std::span<const std::uint32_t> weeks(all[own].finished);
    const auto below = quant::chances_below(weeks.subspan(one.origin - 12, 12), one.items, 52);
    constexpr std::size_t kAt[] = {1, 4, 8, 13, 26, 52};
    for (std::size_t i = 0; i < std::size(kAt); ++i) {
      EXPECT_NEAR(done[kAt[i] - 1], one.done[i], 1e-9);
      EXPECT_NEAR(1 - below[kAt[i] - 1], one.drawn[i], 1e-12);
    }
    EXPECT_EQ(week_reaching(done, 0.85), one.p85);
    EXPECT_EQ(week_reaching(done, 0.95), one.p95);
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
    const PastForecast a = past_forecast(Horizon(all, 8), 2, origin);
    const PastForecast b = past_forecast(Horizon(all, 8), 2, origin);
    EXPECT_EQ(a.score, b.score);
    EXPECT_EQ(a.p95, b.p95);
  }
}

// Borrowing a part of many errors costs no accuracy that can be measured.
TEST(Backtest, APartOfTheErrorsIsAsGoodAsAllOfThem) {
  const std::vector<Series>& all = merge_series();
  for (const std::size_t weeks : {4UZ, 8UZ, 13UZ}) {
    const Horizon part(all, weeks), whole(all, weeks, kBorrowsAll);
    const double some = horizon_row(part, past_forecasts(part)).crps_ratio;
    const double every = horizon_row(whole, past_forecasts(whole)).crps_ratio;
    EXPECT_NEAR(some, every, 0.002) << weeks;
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
      for (std::size_t i = known; i < finished.size(); ++i)
        finished[i] += static_cast<std::uint32_t>(rng() % 50);
      other.push_back(make_series(series.id, series.number.front(), std::move(finished)));
    }
    const Ahead a = Horizon(all, weeks).from(own, origin);
    const Ahead b = Horizon(other, weeks).from(own, origin);
    for (const std::size_t n : {1UZ, 5UZ, 20UZ, 80UZ, 300UZ}) ASSERT_EQ(a.below(n), b.below(n));
  }
}

TEST(Backtest, ChancesFallWithMoreWorkAndTheShortWayIsTheLongWay) {
  const std::vector<Series>& all = merge_series();
  const Horizon horizon(all, 8);
  for (std::size_t own = 0; own < all.size(); ++own) {
    const Ahead ahead = horizon.from(own, 100);
    double before = 0;
    for (std::size_t n = 0; n < 400; n += 7) {
      const double below = ahead.below(n);
      ASSERT_GE(below, before - 1e-12);
      ASSERT_NEAR(below, horizon.chance_below(own, 100, n), 1e-12);
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
