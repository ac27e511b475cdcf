#include "rooms/investment/engine/benefits.h"

#include <gtest/gtest.h>

#include "rooms/investment/engine/case_records_test_support.h"
#include "rooms/investment/engine/prepared.h"

namespace tiebeam::investment {
namespace {

Cases one_case(const std::function<void(Initiative&, InitiativeEffect&)>& change) {
  CaseRecords all = records();
  all.kpis = {kpi("orders", "22 EUR")};
  all.initiatives = {initiative("portal", "1000")};
  all.effects = {effect("portal", "orders", "100")};
  change(all.initiatives[0], all.effects[0]);
  return cases_of_records(all).cases;
}
std::vector<Promise> promised(const Cases& cases, const std::vector<double>& days) {
  return promises_of(cases, settings_of(cases, 1, 10'000), 0, days);
}

TEST(Promise, OfCertainThingsIsCountedByHand) {
  const Cases cases = one_case([](Initiative& initiative, InitiativeEffect& effect) {
    initiative.duration = estimate("60");
    initiative.adoption = estimate("0.5");
    effect.delay = estimate("30");
    effect.ramp = estimate("100");
    effect.share = estimate("0.8");
  });
  // From day 90 on, straight up over 100 days to 100 x 0.5 x 0.8.
  const auto promises = promised(cases, {0, 90, 115, 190, 1000});
  const double expected[] = {0, 0, 10, 40, 40};
  for (std::size_t i = 0; i < promises.size(); ++i) {
    EXPECT_NEAR(promises[i].mean, expected[i], 1e-9) << i;
    EXPECT_NEAR(promises[i].p05, expected[i], 1e-9) << i;
    EXPECT_NEAR(promises[i].p95, expected[i], 1e-9) << i;
  }
}

TEST(Promise, IsNothingWhereTheCaseFails) {
  const Cases cases = one_case([](Initiative& initiative, InitiativeEffect& /*effect*/) {
    initiative.p_success = *Fraction::create(0.3);
  });
  const auto promises = promised(cases, {100});
  EXPECT_NEAR(promises[0].mean, 30, 4 * 100 * std::sqrt(0.21 / 10'000));
  EXPECT_EQ(promises[0].p50, 0);
  EXPECT_EQ(promises[0].p95, 100);
}

TEST(Promise, PercentilesRiseAndNeverFallWithTheDay) {
  const Cases cases = one_case([](Initiative& initiative, InitiativeEffect& effect) {
    initiative.duration = estimate("60..300");
    initiative.adoption_ramp = estimate("100..200..365");
    effect.change = estimate("20..400");
  });
  std::vector<double> days;
  for (int i = 0; i <= 40; ++i) days.push_back(20.0 * i);
  const auto promises = promised(cases, days);
  for (std::size_t i = 0; i < promises.size(); ++i) {
    const Promise& p = promises[i];
    EXPECT_LE(p.p05, p.p10);
    EXPECT_LE(p.p10, p.p50);
    EXPECT_LE(p.p50, p.p90);
    EXPECT_LE(p.p90, p.p95);
    if (i > 0) {
      EXPECT_GE(p.mean, promises[i - 1].mean);
    }
  }
}

Realised reading(double change, double mean, double p10, double p90) {
  Realised out;
  out.record.change = change;
  out.promise = {.mean = mean, .p10 = p10, .p90 = p90};
  return out;
}

TEST(Realisation, ComparesNewestReadingsInMoney) {
  const std::vector<EffectBenefit> effects = {
      {.effect = "a",
       .kpi = "orders",
       .worth = 10,
       .readings = {reading(1, 100, 50, 150), reading(60, 120, 50, 150)}},
      {.effect = "b", .kpi = "calls", .worth = -2, .readings = {reading(-30, -100, -150, -20)}},
      {.effect = "c", .kpi = "x", .worth = 1, .readings = {}}};
  const Realisation found = realisation_of(effects);
  EXPECT_EQ(found.effects, 2u);
  EXPECT_EQ(found.readings, 3u);
  EXPECT_EQ(found.inside, 2u);
  EXPECT_DOUBLE_EQ(found.promised, 1200 + 200);
  EXPECT_DOUBLE_EQ(found.realised, 600 + 60);
  EXPECT_DOUBLE_EQ(*found.ratio(), 660.0 / 1400);
  EXPECT_FALSE(realisation_of({}).ratio());
}

AdoptionReading counted(const char* group, std::string_view on, std::int64_t active) {
  AdoptionReading out;
  out.group = Id<"adoption_group">(group);
  out.on = day(on);
  out.active = active;
  return out;
}
AdoptionGroup group(const char* id, std::int64_t eligible) {
  AdoptionGroup out;
  out.id = id;
  out.eligible = eligible;
  return out;
}

TEST(Adoption, IsTheNewestCountOfEachGroupUpToItsDay) {
  const std::vector<AdoptionGroup> groups = {group("plants", 100), group("sales", 50)};
  const std::vector<AdoptionReading> readings = {
      counted("plants", "2026-01-01", 10), counted("plants", "2026-01-25", 40),
      counted("sales", "2026-01-20", 5),   counted("plants", "2026-03-20", 90),
      counted("sales", "2026-03-25", 45),  counted("elsewhere", "2025-01-01", 7)};
  const auto after = [&](std::optional<int> days, const char* today) {
    return adoption_after(groups, readings, days, day(today));
  };
  EXPECT_DOUBLE_EQ(*after(30, "2026-11-02").share, 45.0 / 150);
  EXPECT_DOUBLE_EQ(*after(90, "2026-11-02").share, 135.0 / 150);
  EXPECT_DOUBLE_EQ(*after(std::nullopt, "2026-02-01").share, 45.0 / 150);
  EXPECT_FALSE(after(30, "2026-01-15").share) << "the 30 days are not over";
  EXPECT_FALSE(adoption_after(groups, {}, 30, day("2026-11-02")).share);
  EXPECT_FALSE(adoption_after({group("plants", 0)}, {counted("plants", "2026-01-01", 1)}, 30,
                              day("2026-11-02"))
                   .share);
}

}  // namespace
}  // namespace tiebeam::investment
