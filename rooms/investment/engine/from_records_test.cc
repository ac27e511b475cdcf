#include "rooms/investment/engine/from_records.h"

#include <gtest/gtest.h>

#include <random>

#include "rooms/investment/engine/canonical.h"
#include "rooms/investment/engine/case_records_test_support.h"
#include "rooms/investment/engine/faults.h"
#include "rooms/investment/value_test_support.h"

namespace tiebeam::investment {
namespace {

constexpr strategy::Direction kDown = strategy::Direction::down;

TEST(CasesOfRecords, AreWhatTheSameFileSays) {
  CaseRecords all = records();
  all.kpis = {kpi("calls", "6 EUR", kDown), kpi("orders", "22 EUR")};
  Initiative one = initiative("self-service", "300000..700000");
  one.run_cost_a_year = estimate("60000..80000..140000");
  one.duration = estimate("120..400");
  one.p_success = *Fraction::create(0.85);
  one.adoption = estimate("0.2..0.5..0.8");
  one.adoption_ramp = estimate("365");
  all.initiatives = {one};
  InitiativeEffect calls = effect("self-service", "calls", "-90000..-60000..-30000");
  calls.share = estimate("0.8");
  InitiativeEffect orders = effect("self-service", "orders", "1000..9000");
  orders.delay = estimate("180");
  all.effects = {calls, orders};
  all.drivers.resize(1);
  all.drivers[0].id = "wages";
  risk::DriverLoading loading;
  loading.driver = Id<"driver">("wages");
  loading.initiative = Id<"initiative">("self-service");
  loading.input = "run_cost_a_year";
  loading.weight = 0.6;
  all.loadings = {loading};
  const RecordCases read = cases_of_records(all);
  ASSERT_EQ(read.cases.initiatives.size(), 1u) << read.each.front().missing.front();
  const Valuation by_records = value(read.cases);
  const Valuation by_file = value(
      cases_of(file_of(R"({"id":"calls","value_per_unit":-6},{"id":"orders","value_per_unit":22})",
                       R"({"id":"self-service","one_off_cost":"300000..700000",
          "run_cost_a_year":"60000..80000..140000","duration":"120..400","p_success":0.85,
          "adoption":"0.2..0.5..0.8","adoption_ramp":365,
          "effects":[{"kpi":"calls","change":"-90000..-60000..-30000","share":0.8},
                     {"kpi":"orders","change":"1000..9000","delay":180}],
          "drivers":{"run_cost_a_year":{"wages":0.6}}})")));
  EXPECT_EQ(only(by_records).digest, only(by_file).digest);
  EXPECT_EQ(by_records.portfolio.summary, by_file.portfolio.summary);
}

TEST(CasesOfRecords, DoNotDependOnTheOrderOfRecordsOrOnEachOther) {
  CaseRecords all = records();
  all.kpis = {kpi("calls", "6 EUR", kDown), kpi("orders", "22 EUR")};
  for (const char* id : {"a", "b", "c"}) {
    all.initiatives.push_back(initiative(id, "1000..3000"));
    all.effects.push_back(effect(id, "orders", "10..90"));
    all.effects.push_back(effect(id, "calls", "-50..-20"));
  }
  const RecordCases straight = cases_of_records(all);
  std::mt19937_64 rng(20261122);
  for (int round = 0; round < 20; ++round) {
    CaseRecords turned = all;
    std::shuffle(turned.initiatives.begin(), turned.initiatives.end(), rng);
    std::shuffle(turned.effects.begin(), turned.effects.end(), rng);
    std::shuffle(turned.kpis.begin(), turned.kpis.end(), rng);
    const RecordCases read = cases_of_records(turned);
    EXPECT_EQ(value(read.cases).digest, value(straight.cases).digest);
    for (const BusinessCase& one : read.cases.initiatives) {
      const auto same = std::ranges::find(straight.cases.initiatives, one.id, &BusinessCase::id);
      EXPECT_EQ(canonical_text(read.cases, one), canonical_text(straight.cases, *same));
    }
  }
  CaseRecords alone = all;
  alone.initiatives = {all.initiatives[1]};
  const Valuation one = value(cases_of_records(alone).cases);
  EXPECT_EQ(only(one).digest, value(straight.cases).initiatives[1].digest);
}

TEST(CasesOfRecords, ACaseAloneIsWorthWhatItIsWorthAmongOthers) {
  const Cases all = cases_of(three({0, 1, 2}));
  const Valuation together = value(all);
  for (std::size_t i = 0; i < all.initiatives.size(); ++i) {
    const Cases alone = only_of(all, all.initiatives[i]);
    EXPECT_TRUE(faults_of(alone).empty());
    EXPECT_EQ(only(value(alone)).digest, together.initiatives[i].digest);
  }
}

struct WorthRow {
  const char* name;
  const char* worth;
  strategy::Direction direction;
  std::optional<double> amount;
};
class KpiWorth : public testing::TestWithParam<WorthRow> {};
TEST_P(KpiWorth, FollowsTheBetterDirection) {
  const WorthRow& row = GetParam();
  const UnitWorth worth = worth_of(kpi("k", row.worth, row.direction), Currency{});
  EXPECT_EQ(worth.amount, row.amount);
  EXPECT_EQ(worth.why.empty(), row.amount.has_value());
}
INSTANTIATE_TEST_SUITE_P(
    Table, KpiWorth,
    testing::Values(WorthRow{"up", "6 EUR", strategy::Direction::up, 6.0},
                    WorthRow{"down", "6 EUR", kDown, -6.0},
                    WorthRow{"down_said_as_a_cost_of_one_more", "-6 EUR", kDown, -6.0},
                    WorthRow{"nothing", "0 EUR", kDown, 0.0},
                    WorthRow{"up_yet_costs", "-6 EUR", strategy::Direction::up, std::nullopt},
                    WorthRow{"other_currency", "6 USD", strategy::Direction::up, std::nullopt},
                    WorthRow{"not_said", "", strategy::Direction::up, std::nullopt}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(CasesOfRecords, FewerOfAKpiThatShouldFallEarnMoney) {
  CaseRecords all = records();
  all.kpis = {kpi("calls", "6 EUR", kDown)};
  all.initiatives = {initiative("portal", "1000")};
  all.effects = {effect("portal", "calls", "-1000")};
  const Valuation found = value(cases_of_records(all).cases);
  // 6,000 a year for five years at 8 %, less 1,000.
  EXPECT_NEAR(only(found).npv.summary.mean, 6000 * 3.992710037 - 1000, 0.01);
}

TEST(CasesOfRecords, TellWhatTheyLackAndCountNothingSilently) {
  CaseRecords all = records();
  all.kpis = {kpi("calls", ""), kpi("orders", "22 USD")};
  all.initiatives = {initiative("empty", ""), initiative("costs"), initiative("worthless"),
                     initiative("late"), initiative("broken")};
  all.initiatives[3].duration.reset();
  all.initiatives[4].adoption = estimate("0.5..2");
  all.effects = {effect("worthless", "calls", "-10"), effect("worthless", "orders", "10")};
  const RecordCases read = cases_of_records(all);
  ASSERT_EQ(read.each.size(), 5u);
  EXPECT_FALSE(read.each[0].at);
  EXPECT_TRUE(says(read.each[0], "no cost yet"));
  EXPECT_TRUE(read.each[1].at);
  EXPECT_TRUE(says(read.each[1], "no effect on a KPI yet"));
  EXPECT_TRUE(says(read.each[2], "\"calls\" has no agreed worth"));
  EXPECT_TRUE(says(read.each[2], "is worth USD, and the organisation counts in EUR"));
  EXPECT_TRUE(read.cases.initiatives[1].effects.empty());
  EXPECT_EQ(read.each[3].delay, Delay::unknown);
  EXPECT_TRUE(says(read.each[3], "how long it takes is not known"));
  EXPECT_FALSE(read.each[4].at) << "a share that can leave 0 to 1 is not cut off";
  EXPECT_TRUE(says(read.each[4], "adoption"));
  EXPECT_TRUE(faults_of(read.cases).empty());
}

TEST(CasesOfRecords, AnAmountOfMoneyCountsUntilAnEffectDoes) {
  CaseRecords all = records();
  all.kpis = {kpi("orders", "22 EUR")};
  all.initiatives = {initiative("portal", "1000")};
  all.initiatives[0].benefit_a_year = estimate("500");
  const RecordCases bare = cases_of_records(all);
  EXPECT_NEAR(only(value(bare.cases)).npv.summary.mean, 500 * 3.992710037 - 1000, 0.01);
  EXPECT_TRUE(counts_bare_benefit(bare.cases.initiatives[0], bare.cases));
  EXPECT_TRUE(says(bare.each[0], "no KPI will show"));
  all.effects = {effect("portal", "orders", "100")};
  const RecordCases full = cases_of_records(all);
  EXPECT_NEAR(only(value(full.cases)).npv.summary.mean, 2200 * 3.992710037 - 1000, 0.01);
}

TEST(CasesOfRecords, PresumeNoPolicySilently) {
  CaseRecords all = records();
  all.policies.clear();
  const RecordCases read = cases_of_records(all);
  EXPECT_EQ(read.policy.presumed.size(), 2u);
  EXPECT_EQ(read.cases.horizon_years, 5);
  EXPECT_EQ(read.cases.discount_rate, 0.08);
  all.policies = {policy(0.1, 3)};
  EXPECT_TRUE(cases_of_records(all).policy.presumed.empty());
  EXPECT_EQ(cases_of_records(all).cases.horizon_years, 3);
}

flow::InitiativeForecast forecast(const std::string& of, std::vector<double> done,
                                  std::size_t open = 5) {
  flow::InitiativeForecast out;
  out.initiative = of;
  out.streams = {"sales"};
  out.open = open;
  out.today = day("2026-11-02");
  out.done_by_week = std::move(done);
  return out;
}

TEST(CasesOfRecords, TakeTheirDelayFromTheForecastWhereNobodyGaveOne) {
  CaseRecords all = records();
  all.kpis = {kpi("orders", "22 EUR")};
  all.initiatives = {initiative("portal", "1000")};
  all.effects = {effect("portal", "orders", "100")};
  all.forecasts.each = {forecast("portal", {0, 0.5, 1})};
  EXPECT_EQ(cases_of_records(all).each[0].delay, Delay::given);
  all.initiatives[0].duration.reset();
  const RecordCases soon = cases_of_records(all);
  EXPECT_EQ(soon.each[0].delay, Delay::forecast);
  EXPECT_EQ(soon.cases.initiatives[0].duration->values, (std::vector<double>{14, 21}));
  EXPECT_EQ(soon.cases.initiatives[0].duration->weights, (std::vector<double>{0.5, 0.5}));

  all.initiatives[0].starts = day("2026-10-03");  // 30 days have gone by
  EXPECT_EQ(cases_of_records(all).cases.initiatives[0].duration->values,
            (std::vector<double>{44, 51}));
  all.initiatives[0].starts.reset();

  all.forecasts.each = {forecast("portal", {0, 0, 0, 0, 0.5, 1})};
  const RecordCases late = cases_of_records(all);
  EXPECT_LT(only(value(late.cases)).npv.summary.mean, only(value(soon.cases)).npv.summary.mean)
      << "a slip of the forecast costs money";

  all.forecasts.each = {forecast("portal", {0, 0.1, 0.6})};
  EXPECT_TRUE(says(cases_of_records(all).each[0], "reaches 60 of 100 cases"));
}

double worth_with(const flow::InitiativeForecast& from) {
  CaseRecords all = records();
  all.kpis = {kpi("orders", "22 EUR")};
  all.initiatives = {initiative("portal", "1000")};
  all.initiatives[0].duration.reset();
  all.effects = {effect("portal", "orders", "100")};
  all.forecasts.each = {from};
  const RecordCases read = cases_of_records(all);
  EXPECT_EQ(read.each[0].delay, Delay::forecast);
  return only(value(read.cases)).npv.summary.mean;
}

TEST(CasesOfRecords, AreWorthLessTheFurtherTheirForecastSlips) {
  std::vector<flow::InitiativeForecast> slipping = {
      forecast("portal", {0, 0.5, 1}),    forecast("portal", {0, 0, 0.3, 0.97}),
      forecast("portal", {0, 0, 0, 0.6}), forecast("portal", {0, 0, 0, 0.1}),
      forecast("portal", {0, 0, 0, 0}),   forecast("portal", {0, 0, 0, 0})};
  slipping[2].later_by_week = {0.7, 1};
  slipping[3].later_by_week = {0.2, 0.5, 1 - 1e-7};  // as good as all
  slipping[4].later_by_week = {0, 0, 0, 0, 0.5, 0.9};
  double before = 1e9;
  for (const flow::InitiativeForecast& each : slipping) {
    const double worth = worth_with(each);
    EXPECT_LT(worth, before);
    before = worth;
  }
  EXPECT_NEAR(before, -1000, 1e-6) << "never of use as far as anybody can see";
}

TEST(CasesOfRecords, AreNotValuedByAForecastThatSaysNothing) {
  CaseRecords all = records();
  all.kpis = {kpi("orders", "22 EUR")};
  all.initiatives = {initiative("portal", "1000")};
  all.initiatives[0].duration.reset();
  all.effects = {effect("portal", "orders", "100")};
  flow::InitiativeForecast none = forecast("portal", {});
  none.status = Status::too_few;
  none.reason = "the stream has 3 full weeks";
  all.forecasts.each = {none};
  EXPECT_FALSE(cases_of_records(all).each[0].at);
  EXPECT_TRUE(says(cases_of_records(all).each[0], "3 full weeks: write its duration"));
  all.initiatives[0].duration = estimate("90");
  EXPECT_TRUE(cases_of_records(all).each[0].at);
}

TEST(CasesOfRecords, AreAsLateAsTheirLastItemOnceAllOfItIsDone) {
  CaseRecords all = records();
  all.initiatives = {initiative("portal", "1000")};
  all.initiatives[0].duration.reset();
  all.initiatives[0].starts = day("2026-01-05");
  flow::InitiativeForecast over = forecast("portal", {}, 0);
  over.finished_on = day("2026-07-30");
  for (const char* today : {"2026-08-03", "2026-11-02"}) {
    over.today = day(today);
    all.forecasts.each = {over};
    const RecordCases read = cases_of_records(all);
    EXPECT_EQ(read.each[0].delay, Delay::forecast);
    EXPECT_EQ(read.cases.initiatives[0].duration, Estimate::point(206)) << today;
  }
  all.initiatives[0].starts.reset();
  EXPECT_EQ(cases_of_records(all).cases.initiatives[0].duration, Estimate::point(0));
}

TEST(CasesOfRecords, LeaveADriverOfNoEstimateOutAndSaySo) {
  CaseRecords all = records();
  all.initiatives = {initiative("portal", "1000..2000")};
  all.drivers.resize(1);
  all.drivers[0].id = "wages";
  risk::DriverLoading loading;
  loading.driver = Id<"driver">("wages");
  loading.initiative = Id<"initiative">("portal");
  loading.input = "one_off";
  loading.weight = 0.5;
  all.loadings = {loading};
  const RecordCases read = cases_of_records(all);
  EXPECT_TRUE(says(read.each[0], "no estimate of this case"));
  EXPECT_TRUE(read.cases.initiatives[0].drivers.empty());
}

}  // namespace
}  // namespace tiebeam::investment
