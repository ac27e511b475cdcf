#include "rooms/investment/engine/value.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "quant/kernels/kernels.h"
#include "quant/quantile.h"
#include "rooms/investment/engine/case_value.h"
#include "rooms/investment/value_test_support.h"

namespace tiebeam::investment {
namespace {

constexpr const char* kLognormalBenefit =
    R"({"id":"gain","value_per_unit":{"kind":"lognormal","p05":100000,"p95":400000}})";
constexpr const char* kPlain =
    R"({"id":"plain","one_off_cost":800000,"effects":[{"kpi":"gain","change":1}]})";

// Reference value npv_lognormal_benefit: 800,000 once, 100,000 to 400,000 a year, 5 years, 8 %.
TEST(InitiativeValue, OfALognormalBenefitIsTheReference) {
  const Cases cases = cases_of(file_of(kLognormalBenefit, kPlain));
  const Valuation valuation = value(cases, {.trials = 100'000});
  const CaseValue& found = only(valuation);
  ASSERT_TRUE(found.exact.value) << found.exact.reason;
  EXPECT_NEAR(*found.exact.value / 72687.95844876848, 1, 1e-9);
  const MoneySummary& npv = found.npv.summary;
  EXPECT_LT(std::abs(npv.mean - *found.exact.value), 4 * npv.standard_error);
  EXPECT_NEAR(npv.p_loss, 0.5017269186631553, 4 * 0.5 / std::sqrt(1e5));
  // Four times as wide as the 90 % interval of order statistics: more than 6 standard errors.
  const auto near = [](double exact, double at, const Bounds& bounds) {
    return std::abs(at - exact) < 4 * std::max(bounds.high - at, at - bounds.low);
  };
  EXPECT_TRUE(near(-400728.9962921915, npv.p05, *found.npv.p05)) << npv.p05;
  EXPECT_TRUE(near(797084.014831234, npv.p95, *found.npv.p95)) << npv.p95;
}

TEST(InitiativeValue, PaybackWithinThreeYearsIsTheReference) {
  std::string text = file_of(kLognormalBenefit, kPlain);
  text.replace(text.find("\"horizon_years\":5"), 17, "\"horizon_years\":3");
  const Valuation valuation = value(cases_of(text), {.trials = 100'000});
  EXPECT_NEAR(only(valuation).payback.p_within, 0.24740581940576723, 4 * 0.43 / std::sqrt(1e5));
  EXPECT_FALSE(only(valuation).payback.p50) << "three in four never pay back: the median is not 0";
}

// E[(y + 1 - D)+ clamped to 1] of an exponential D: 1 - (e^-ly - e^-l(y+1)) / l.
TEST(InitiativeValue, OfAnExponentialDelayIsTheClosedForm) {
  const std::string late =
      R"({"id":"late","duration":{"kind":"exponential","mean":182.5},"effects":[{"kpi":"gain","change":1}]})";
  const Valuation valuation =
      value(cases_of(file_of(R"({"id":"gain","value_per_unit":1000})", late)), {.trials = 50'000});
  double expected = 0;
  for (int y = 0; y < 5; ++y) {
    const double l = 2;
    expected +=
        1000 * std::pow(1.08, -(y + 1)) * (1 - (std::exp(-l * y) - std::exp(-l * (y + 1))) / l);
  }
  const CaseValue& found = only(valuation);
  ASSERT_TRUE(found.exact.value);
  EXPECT_NEAR(*found.exact.value / expected, 1, 1e-9);
  EXPECT_LT(std::abs(found.npv.summary.mean - expected), 4 * found.npv.summary.standard_error);
}

// Reference value npv_exponential_delay, 1 / (1 + 0.08 x 0.5): a stream that comes later in full
// is worth its discount; a year's bucket is straight inside, the reference is not: within 0.001.
TEST(InitiativeValue, DeferredBenefitsLoseTheDiscountOfTheReference) {
  const auto worth = [](const std::string& duration) {
    std::string text = file_of(
        R"({"id":"gain","value_per_unit":1000})",
        R"({"id":"late","duration":)" + duration + R"(,"effects":[{"kpi":"gain","change":1}]})",
        R"("late_benefits":"deferred")");
    text.replace(text.find("0.08"), 4, "0.08328706767495864");  // e^0.08 - 1
    return *only(value(cases_of(text))).exact.value;
  };
  EXPECT_NEAR(worth(R"({"kind":"exponential","mean":182.5})") / worth("0"), 0.9615384615384615,
              1e-3);
}

TEST(InitiativeValue, OfCertainThingsIsCountedByHand) {
  // 200 once; 500 a year from the middle of year 1, at half adoption and 80 % attribution 200;
  // 50 a year to run; 100 to leave it. docs/method/initiative-value.md.
  const std::string text = file_of(
      R"({"id":"hours","value_per_unit":5})",
      R"({"id":"hand","one_off_cost":200,"run_cost_a_year":50,"exit_cost":100,"duration":182.5,
          "adoption":0.5,"effects":[{"kpi":"hours","change":100,"share":0.8}],"do_nothing_cost_a_year":10})");
  const CaseValue found = only(value(cases_of(text), {.trials = 7}));
  const double flows[] = {75, 150, 150, 150, 50};
  double npv = -200;
  for (int y = 0; y < 5; ++y) npv += flows[y] * std::pow(1.08, -(y + 1));
  EXPECT_NEAR(npv, 261.40, 0.005);
  EXPECT_NEAR(found.npv.summary.mean, npv, 1e-9);
  EXPECT_NEAR(*found.exact.value, npv, 1e-9);
  EXPECT_NEAR(found.npv.summary.p05, npv, 1e-9);
  EXPECT_EQ(found.npv.summary.standard_error, 0);
  EXPECT_NEAR(*found.payback.p50, 1 + 125.0 / 150, 1e-12);
  EXPECT_EQ(found.payback.p_within, 1);
  EXPECT_TRUE(found.tornado.empty());
  ASSERT_TRUE(found.do_nothing);
  double nothing = 0, avoided = 0;
  for (int y = 0; y < 5; ++y) {
    nothing -= 10 * std::pow(1.08, -(y + 1));
    avoided += 10 * (y == 0 ? 0.5 : 1) * std::pow(1.08, -(y + 1));
  }
  EXPECT_NEAR(found.do_nothing->npv, nothing, 1e-9);
  EXPECT_NEAR(found.do_nothing->advantage.mean, npv + avoided, 1e-9);
  // A month later a twelfth of the first year's 150 and of the 10 avoided is gone.
  EXPECT_NEAR(found.month_late.mean, 160.0 / 12 / 1.08, 1e-9);
  EXPECT_NEAR(found.month_late.mean, 12.35, 0.005);
}

TEST(InitiativeValue, AMonthLaterIsAMonthMoreOfDuration) {
  const auto with = [](const char* duration) {
    return value(cases_of(
        file_of(kLognormalBenefit, std::string(R"({"id":"x","one_off_cost":100,"duration":)") +
                                       duration + R"(,"effects":[{"kpi":"gain","change":1}]})")));
  };
  const Valuation now = with("100"), later = with("130.4166666666666667");
  EXPECT_NEAR(only(now).month_late.mean, only(now).npv.summary.mean - only(later).npv.summary.mean,
              1e-6);
  EXPECT_LT(only(now).month_late.standard_error, 0.05 * only(now).npv.summary.standard_error)
      << "the same draws: only the month differs";
}

TEST(InitiativeValue, ExactAndSimulatedMeansAgreeForManyCases) {
  std::mt19937_64 rng(20261122);
  const auto up_to = [&](double most) {
    return most * (0.2 + 0.8 * static_cast<double>(rng() % 1000) / 1000);
  };
  int exact = 0;
  for (int round = 0; round < 60; ++round) {
    const double a = up_to(1000), days = up_to(700);
    const std::string durations[] = {
        R"({"kind":"discrete","values":[100,365,730],"weights":[0.5,0.25,0.25]})",
        fmt::format(R"({{"kind":"uniform","min":0,"max":{}}})", days),
        fmt::format(R"({{"kind":"lognormal","p05":{},"p95":{}}})", days, 3 * days),
        fmt::format(R"({{"kind":"gamma","shape":2,"scale":{}}})", days)};
    const std::string kpi = fmt::format(
        R"({{"id":"gain","value_per_unit":{{"kind":"normal","p05":{},"p95":{}}}}})", a, 3 * a);
    const std::string initiative = fmt::format(
        R"({{"id":"x","one_off_cost":{{"kind":"pert","min":10,"mode":{},"max":{}}},"p_success":{},
          "run_cost_a_year":{{"kind":"gamma","shape":4,"scale":10}},
          "exit_cost":{{"kind":"exponential","mean":90}},"duration":{},
          "adoption":{{"kind":"beta","mean":0.4,"sd":0.2}}{},
          "effects":[{{"kpi":"gain","change":{{"kind":"triangular","min":-1,"mode":0,"max":3}},
                       "delay":30}}]}})",
        10 + a, 20 + 3 * a, round % 5 == 0 ? 1.0 : 0.6, durations[round % 4],
        round % 3 == 0 ? R"(,"adoption_ramp":200)" : "");
    const std::string text =
        file_of(kpi, initiative, round % 2 == 1 ? R"("late_benefits":"deferred")" : "");
    const Valuation valuation = value(cases_of(text), {.seed = 100 + rng() % 9, .trials = 20'000});
    const CaseValue& found = only(valuation);
    if (!found.exact.value) continue;
    ++exact;
    EXPECT_LT(std::abs(found.npv.summary.mean - *found.exact.value),
              5 * found.npv.summary.standard_error)
        << text;
  }
  EXPECT_GE(exact, 40);
}

}  // namespace
}  // namespace tiebeam::investment
