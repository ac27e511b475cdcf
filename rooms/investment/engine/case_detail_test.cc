#include "rooms/investment/engine/case_detail.h"

#include <gtest/gtest.h>

#include "rooms/investment/engine/canonical.h"
#include "rooms/investment/value_test_support.h"

namespace tiebeam::investment {
namespace {

struct Made {
  Cases cases;
  Settings settings;
  CaseDetail detail;
  CaseValue value;
};
Made made(std::size_t which, const std::vector<Level>& levels = {}, std::uint64_t trials = 10'000) {
  const Cases all = cases_of(three({which}));
  Made out{.cases = only_of(all, all.initiatives[0]), .settings = {}, .detail = {}, .value = {}};
  out.settings = settings_of(out.cases, 1, trials);
  out.detail = detail_of(out.cases, levels, out.settings);
  out.value = only(value(out.cases, {.trials = trials}));
  return out;
}

TEST(CaseDetail, AsPlannedIsTheCaseAndNothingCostsNothing) {
  for (const std::size_t which : {0u, 1u, 2u}) {
    const Made m = made(which);
    ASSERT_EQ(m.detail.levels.size(), 2u);
    EXPECT_EQ(m.detail.levels[1].npv.summary.p50, m.value.npv.summary.p50);
    EXPECT_NEAR(m.detail.levels[1].npv.summary.mean, m.value.npv.summary.mean, 1e-6);
    EXPECT_EQ(m.detail.levels[0].one_off_p50, 0);
    EXPECT_EQ(m.detail.levels[0].npv.summary.mean == 0, !m.value.do_nothing.has_value());
  }
}

TEST(CaseDetail, LessCostsItsShareAndBringsItsShare) {
  const Level half{.id = "half", .name = "Half", .cost_share = 0.5, .benefit_share = 0.5};
  const Made m = made(0, {half});
  ASSERT_EQ(m.detail.levels.size(), 3u);
  EXPECT_EQ(m.detail.levels[1].level.id, "half");
  EXPECT_NEAR(m.detail.levels[1].npv.summary.p50, m.value.npv.summary.p50 / 2, 1e-6);
  EXPECT_NEAR(m.detail.levels[1].one_off_p50, m.value.cost.one_off_p50 / 2, 1e-6);
}

TEST(CaseDetail, KnowingOneThingIsWorthAtMostKnowingAll) {
  const Level cheap{.id = "less", .name = "Less", .cost_share = 0.3, .benefit_share = 0.6};
  for (const std::size_t which : {0u, 1u, 2u}) {
    const Made m = made(which, {cheap});
    EXPECT_GE(m.detail.evpi, 0);
    for (const InputWorth& each : m.detail.evppi) {
      EXPECT_GE(each.evppi, 0) << each.input;
      EXPECT_LE(each.evppi, m.detail.evpi) << each.input;
    }
  }
}

TEST(CaseDetail, StraightPartsAreWhatTheWholeSimulationSays) {
  const Made m = made(0);
  ASSERT_EQ(m.detail.npv.size(), kDraws);
  for (const InputPart& part : m.detail.parts) {
    if (!part.is_straight) continue;
    SCOPED_TRACE(part.input);
    const double k = part.input == "adoption" ? 1.2 : 0.7;
    Settings few = m.settings;
    few.trials = kDraws;
    const auto scaled = value_scaled(m.cases, {{part.input, k}}, few);
    ASSERT_TRUE(scaled);
    double mean = 0;
    for (std::size_t i = 0; i < kDraws; ++i) mean += m.detail.npv[i] + (k - 1) * part.part[i];
    mean /= kDraws;
    const double size = std::abs(scaled->npv.summary.p95) + std::abs(scaled->npv.summary.p05);
    EXPECT_NEAR(mean, scaled->npv.summary.mean, 1e-5 * size);
  }
}

TEST(CaseDetail, BentPartsHoldTheirFactors) {
  const Made m = made(1);
  bool has_duration = false;
  for (const InputPart& part : m.detail.parts) {
    if (part.is_straight) continue;
    has_duration = has_duration || part.input == "duration";
    EXPECT_EQ(part.factors.size(), part.at.size());
    for (std::size_t f = 0; f < part.factors.size(); ++f) {
      if (part.most > 0) {
        EXPECT_LE(part.factors[f], part.most) << part.input;
      }
    }
  }
  EXPECT_TRUE(has_duration);
}

TEST(CaseDetail, DotsRiseAndTheDensityHoldsNearlyAll) {
  const Made m = made(0);
  ASSERT_EQ(m.detail.dots.size(), kDots);
  EXPECT_TRUE(std::ranges::is_sorted(m.detail.dots));
  const auto below = std::ranges::count_if(m.detail.dots, [](double x) { return x < 0; });
  EXPECT_NEAR(static_cast<double>(below) / kDots, m.value.npv.summary.p_loss, 1.0 / kDots);
  double sum = 0;
  for (const double share : m.detail.density)
    sum += share * (m.detail.density_x[1] - m.detail.density_x[0]);
  EXPECT_NEAR(sum, 0.99, 0.005);
}

TEST(CaseDetail, OfCertainThingsThatAreBelowNothingHasParts) {
  const Cases cases = cases_of(
      file_of(R"({"id":"calls","value_per_unit":-6})",
              R"({"id":"portal","one_off_cost":1000,"effects":[{"kpi":"calls","change":-100}]})"));
  const CaseDetail detail = detail_of(cases, {}, settings_of(cases, 1, 100));
  ASSERT_EQ(detail.parts.size(), 3u);
  for (const InputPart& part : detail.parts)
    EXPECT_NEAR(part.part.front(), part.input == "one_off_cost" ? -1000 : 2395.63, 0.01)
        << part.input;
}

TEST(Scale, OfOneIsTheCaseItself) {
  const Made m = made(0);
  const auto scaled = value_scaled(m.cases, {{"adoption", 1}, {"one_off_cost", 1}}, m.settings);
  ASSERT_TRUE(scaled);
  EXPECT_EQ(scaled->npv.summary, m.value.npv.summary);
  EXPECT_EQ(scaled->dots, m.detail.dots);
}

TEST(Scale, RefusesWhatCannotBeMeant) {
  const Made m = made(0);
  const auto code = [&](std::string_view text) {
    const auto scales = parse_scales(text);
    if (!scales) return scales.error().code;
    const auto done = value_scaled(m.cases, *scales, m.settings);
    return done ? std::string() : done.error().code;
  };
  EXPECT_EQ(code("adoption:1.2"), "");
  EXPECT_EQ(code("adoption:1.2,one_off_cost:0\nduration:2"), "");
  EXPECT_EQ(code("adoption:1.3"), "investment.not_a_share");
  EXPECT_EQ(code("p_success:2"), "investment.not_a_share");
  EXPECT_EQ(code("adoptoin:1"), "investment.unknown_input");
  for (const char* bad :
       {"adoption", "adoption:", "adoption:x", "adoption:-1", "adoption:nan", "adoption:1e9", ":"})
    EXPECT_EQ(code(bad), "investment.bad_scale") << bad;
}

}  // namespace
}  // namespace tiebeam::investment
