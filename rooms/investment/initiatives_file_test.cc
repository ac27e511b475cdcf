// What a file of initiatives may say, and what is said to one that cannot be meant.
#include "rooms/investment/initiatives_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rooms/investment/engine/findings.h"
#include "rooms/investment/forecast_delay.h"
#include "rooms/investment/value_json.h"
#include "rooms/investment/value_test_support.h"

namespace tiebeam::investment {
namespace {

constexpr const char* kGain = R"({"id":"gain","value_per_unit":1000})";

struct Bad {
  const char* name;
  std::string initiative;
  std::string pointer;
  std::string words;
};
class BadInitiative : public testing::TestWithParam<Bad> {};

TEST_P(BadInitiative, IsRefusedWithItsPlaceAndWhatToDo) {
  const ReadCases read = read_text(file_of(kGain, GetParam().initiative));
  ASSERT_FALSE(read.faults.empty());
  std::string all;
  bool placed = false;
  for (const Error& fault : read.faults) {
    all += fault.message + " " + fault.hint + "\n";
    placed = placed || fault.field == GetParam().pointer;
    EXPECT_FALSE(fault.hint.empty()) << fault.message;
    EXPECT_NE(fault.message.find(fault.field), std::string::npos) << fault.message;
  }
  EXPECT_TRUE(placed) << all;
  EXPECT_NE(all.find(GetParam().words), std::string::npos) << all;
}

INSTANTIATE_TEST_SUITE_P(
    EdgeCases, BadInitiative,
    testing::Values(
        Bad{"min_above_mode",
            R"({"id":"x","adoption":{"kind":"pert","min":0.5,"mode":0.2,"max":0.9}})",
            "/initiatives/0/adoption/mode", "0.5"},
        Bad{"low_above_high", R"({"id":"x","one_off_cost":{"kind":"lognormal","p05":9,"p95":3}})",
            "/initiatives/0/one_off_cost/p95", "9"},
        Bad{"low_is_high", R"({"id":"x","one_off_cost":{"kind":"lognormal","p05":9,"p95":9}})",
            "/initiatives/0/one_off_cost/p95", "certain"},
        Bad{"lognormal_at_zero",
            R"({"id":"x","one_off_cost":{"kind":"lognormal","p05":0,"p95":9}})",
            "/initiatives/0/one_off_cost/p05", "0"},
        Bad{"minus_zero", R"({"id":"x","one_off_cost":-0.0})", "/initiatives/0/one_off_cost/value",
            "-0"},
        Bad{"subnormal", R"({"id":"x","one_off_cost":1e-310})", "/initiatives/0/one_off_cost/value",
            "1e-310"},
        Bad{"beyond_all", R"({"id":"x","one_off_cost":1e308})", "/initiatives/0/one_off_cost/value",
            "1e+308"},
        Bad{"probability", R"({"id":"x","p_success":1.7})", "/initiatives/0/p_success",
            "from 0 to 1"},
        Bad{"below_0", R"({"id":"x","p_success":-0.1})", "/initiatives/0/p_success", "-0.1"},
        Bad{"per_cent", R"({"id":"x","p_success":5})", "/initiatives/0/p_success", "write 0.05"},
        Bad{"adoption_without_end",
            R"({"id":"x","adoption":{"kind":"lognormal","p05":0.2,"p95":0.6}})",
            "/initiatives/0/adoption", "between 0 and 1"},
        Bad{"negative_cost", R"({"id":"x","one_off_cost":{"kind":"normal","p05":-5,"p95":10}})",
            "/initiatives/0/one_off_cost", "below 0"},
        Bad{"negative_delay", R"({"id":"x","effects":[{"kpi":"gain","change":1,"delay":-3}]})",
            "/initiatives/0/effects/0/delay", "0 or more"},
        Bad{"unknown_field", R"({"id":"x","one_of_cost":4})", "/initiatives/0/one_of_cost",
            "did you mean 'one_off_cost'"},
        Bad{"unknown_kpi", R"({"id":"x","effects":[{"kpi":"gains","change":1}]})",
            "/initiatives/0/effects/0/kpi", "did you mean 'gain'"},
        Bad{"kpi_twice",
            R"({"id":"x","effects":[{"kpi":"gain","change":1},{"kpi":"gain","change":2}]})",
            "/initiatives/0/effects/1/kpi", "one effect"},
        Bad{"no_change", R"({"id":"x","effects":[{"kpi":"gain"}]})",
            "/initiatives/0/effects/0/change", "by how much"},
        Bad{"doubled_id", R"({"id":"x"},{"id":"x"})", "/initiatives/1/id", "/initiatives/0"},
        Bad{"no_id", R"({"title":"x"})", "/initiatives/0/id", "an id"},
        Bad{"taken_id", R"({"id":"portfolio"})", "/initiatives/0/id", "another id"},
        Bad{"kind", R"({"id":"x","kind":"programme"})", "/initiatives/0/kind", "mandatory"},
        Bad{"other_currency", R"({"id":"x","currency":"USD"})", "/initiatives/0/currency",
            "dated rate"},
        Bad{"unknown_driver", R"({"id":"x","adoption":{"kind":"beta","mean":0.4,"sd":0.1},
                                  "drivers":{"adoption":{"demnd":0.5}}})",
            "/initiatives/0/drivers/adoption", "did you mean 'demand'"},
        Bad{"unknown_input", R"({"id":"x","drivers":{"adopton":{"demand":0.5}}})",
            "/initiatives/0/drivers/adopton", "did you mean 'adoption'"},
        Bad{"too_loaded", R"({"id":"x","drivers":{"adoption":{"demand":0.8,"wages":0.8}}})",
            "/initiatives/0/drivers/adoption", "at most 1"},
        Bad{"rank_and_driver", R"({"id":"x","drivers":{"adoption":{"demand":0.8}},
             "correlations":[{"inputs":["adoption","duration"],"rank":0.2}]})",
            "/initiatives/0/correlations/0", "once"},
        Bad{"rank_beyond_1",
            R"({"id":"x","correlations":[{"inputs":["adoption","duration"],"rank":1.2}]})",
            "/initiatives/0/correlations/0/rank", "from -1 to 1"},
        Bad{"with_itself",
            R"({"id":"x","correlations":[{"inputs":["adoption","adoption"],"rank":0.2}]})",
            "/initiatives/0/correlations/0", "two inputs"},
        Bad{"impossible",
            R"({"id":"x","correlations":[{"inputs":["adoption","duration"],"rank":0.9},
             {"inputs":["exit_cost","duration"],"rank":0.9},{"inputs":["adoption","exit_cost"],"rank":-0.9}]})",
            "/initiatives/0/correlations", "duration"},
        Bad{"two_durations", R"({"id":"x","duration":4,"delivery":{"forecast":"f.json"}})",
            "/initiatives/0/delivery", "one of the two"}),
    [](const auto& one) { return one.param.name; });

TEST(InitiativesFile, TellsEveryFaultAtOnce) {
  const ReadCases read =
      read_text(R"({"currency":"EURO","discount_rate":8,"horizon_years":0,"late_benefits":"later",
    "trials":0,"extra":1,"drivers":["A b"],"kpis":[{"id":"gain","value_per_unit":"a lot"}],
    "initiatives":[{"id":"X x","one_off_cost":-4,"effects":[{"kpi":"gain","change":{"kind":"pert","min":1}}]}]})");
  std::vector<std::string> fields;
  for (const Error& fault : read.faults) fields.push_back(fault.field);
  for (const char* field :
       {"/currency", "/discount_rate", "/horizon_years", "/late_benefits", "/trials", "/extra",
        "/drivers/0", "/initiatives/0/id", "/initiatives/0/one_off_cost"}) {
    EXPECT_NE(std::ranges::find(fields, field), fields.end()) << field;
  }
  EXPECT_GE(fields.size(), 11u);
}

// Their matrix has a row and a column for each.
TEST(InitiativesFile, VeryManyCorrelatedInputsAreRefusedWithoutTheirMatrix) {
  std::string pairs;
  for (int i = 0; i < 20'000; ++i)
    pairs += fmt::format(R"({}{{"inputs":["adoption","n{}"],"rank":0.1}})", i == 0 ? "" : ",", i);
  const ReadCases read = read_text(file_of(kGain, R"({"id":"x","correlations":[)" + pairs + "]}"));
  const auto found = std::ranges::find(read.faults, "/initiatives/0/correlations", &Error::field);
  ASSERT_NE(found, read.faults.end());
  EXPECT_EQ(found->found, "20001 inputs");
  EXPECT_EQ(found->expected, "at most 500 correlated inputs");
}

TEST(InitiativesFile, OfNothingIsRefusedFieldByField) {
  for (const char* text : {"[]", "3", "{}", R"({"currency":null})"}) {
    EXPECT_FALSE(read_text(text).faults.empty()) << text;
  }
}

// Edge cases 2 and 4.
TEST(InitiativesFile, PertMayEndAtItsModeAndMayBeCertain) {
  const Cases cases =
      cases_of(file_of(kGain, R"({"id":"x","one_off_cost":{"kind":"pert","min":5,"mode":5,"max":5},
                 "adoption":{"kind":"pert","min":0,"mode":0,"max":1},
                 "effects":[{"kpi":"gain","change":1}]})"));
  const CaseValue found = only(value(cases));
  EXPECT_NEAR(found.npv.summary.mean, *found.exact.value, 5 * found.npv.summary.standard_error);
  ASSERT_EQ(found.tornado.size(), 1u) << "what is certain has no bar";
  EXPECT_EQ(found.tornado[0].input, "adoption");
}

// Edge case 10.
TEST(InitiativesFile, AHeavyTailIsSaidAndStaysFinite) {
  const Cases cases = cases_of(
      file_of(kGain, R"({"id":"x","one_off_cost":{"kind":"lognormal","p05":1,"p95":1000000000}})"));
  const Valuation found = value(cases);
  EXPECT_FALSE(found.warnings.empty());
  EXPECT_TRUE(std::isfinite(only(found).npv.summary.mean));
  const Cases beyond = cases_of(file_of(
      R"({"id":"gain","value_per_unit":1e100})",
      R"({"id":"x","effects":[{"kpi":"gain","change":{"kind":"lognormal","p05":1e90,"p95":1e99}}]})"));
  EXPECT_EQ(value_of(beyond, {}).error().code, "investment.too_large");
}

// Edge case 16.
TEST(InitiativeFigures, SayWhatHasNoNumber) {
  const Cases cases = cases_of(file_of(kGain, R"({"id":"nothing"},
                {"id":"gift","effects":[{"kpi":"gain","change":1}]},
                {"id":"late","one_off_cost":10,"duration":99999,"effects":[{"kpi":"gain","change":1}]},
                {"id":"turns","one_off_cost":100,"exit_cost":1732,
                 "effects":[{"kpi":"gain","change":0.6}]})"));
  const Valuation found = value(cases, {.trials = 10});
  const auto& [nothing, gift, late, turns] = std::tie(found.initiatives[0], found.initiatives[1],
                                                      found.initiatives[2], found.initiatives[3]);
  EXPECT_EQ(nothing.npv.summary.mean, 0);
  EXPECT_EQ(nothing.npv.summary.p_loss, 0);
  EXPECT_EQ(nothing.payback.p50, 0) << "nothing has to be paid back";
  EXPECT_FALSE(nothing.irr.rate);
  EXPECT_FALSE(nothing.irr.reason.empty());
  EXPECT_FALSE(gift.roi.of_means) << "no cost, no return on it";
  EXPECT_FALSE(gift.irr.rate);
  EXPECT_EQ(late.payback.p_within, 0);
  EXPECT_FALSE(late.payback.p50);
  EXPECT_EQ(late.npv.summary.mean, -10);
  EXPECT_FALSE(turns.irr.rate) << "two changes of sign, two rates: none is told";
  const Json json = value_json(cases, found, {});
  const Json& first = json.find("initiatives")->if_array()->front();
  EXPECT_TRUE(first.find("irr")->is_null());
  EXPECT_TRUE(first.find("npv")->find("p05")->is_null()) << "10 trials say nothing of the tails";
}

TEST(InitiativeFindings, AreLikelyLossesNobodyDemands) {
  const std::string costs = R"("one_off_cost":10,"effects":[{"kpi":"gain","change":0.001}])";
  const Cases cases = cases_of(
      file_of(kGain, R"({"id":"loses",)" + costs + R"(},{"id":"demanded","kind":"mandatory",)" +
                         costs + R"(},{"id":"better-than-nothing","do_nothing_cost_a_year":50,)" +
                         costs + R"(},{"id":"earns","effects":[{"kpi":"gain","change":1}]})"));
  const auto found = value_findings(cases, value(cases));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "investment.likely_loss");
  EXPECT_EQ(found[0].subject.id, "loses");
  EXPECT_EQ(found[0].figures, std::vector<std::string>{"investment.loses.npv.p_loss"});
}

std::string forecast_of(const std::vector<double>& done) {
  std::string steps;
  for (std::size_t i = 0; i < done.size(); ++i)
    steps += fmt::format(R"({}{{"week":{},"p_done":{}}})", i == 0 ? "" : ",", i + 1, done[i]);
  return R"({"as_of":"2026-03-02T00:00:00Z","question":"when","steps":[)" + steps + "]}";
}

TEST(ForecastDelay, IsTheForecastWeekByWeek) {
  const auto delay = delay_from_forecast(*parse_json(forecast_of({0, 0.25, 0.25, 1})));
  ASSERT_TRUE(delay);
  EXPECT_EQ(delay->days.values, (std::vector<double>{14, 28}));
  EXPECT_EQ(delay->days.weights, (std::vector<double>{0.25, 0.75}));
  EXPECT_TRUE(delay->note.empty());
}

TEST(ForecastDelay, GoesOnAtThePaceOfItsLastWeeks) {
  const auto delay = delay_from_forecast(*parse_json(forecast_of({0.2, 0.6, 0.8, 0.96})));
  ASSERT_TRUE(delay);
  EXPECT_FALSE(delay->note.empty());
  double sum = 0;
  for (const double weight : delay->days.weights) sum += weight;
  EXPECT_NEAR(sum, 1, 1e-12);
  // From 0.8 to 0.04 open in three weeks: each week 0.05^(1/3) of what is open stays open.
  EXPECT_NEAR(delay->days.weights[4] / 0.04, 1 - std::cbrt(0.05), 1e-9);
}

TEST(ForecastDelay, RefusesWhatSaysTooLittle) {
  EXPECT_EQ(delay_from_forecast(*parse_json(forecast_of({0.1, 0.5}))).error().code,
            "investment.forecast_not_reached");
  for (const char* text : {"{}", "[]", R"({"as_of":"2026-03-02T00:00:00Z"})",
                           R"({"as_of":"2026-03-02T00:00:00Z","steps":[{"week":1,"p_done":null}]})",
                           R"({"as_of":"2026-03-02T00:00:00Z","steps":[{"week":2,"p_done":1}]})"}) {
    const auto delay = delay_from_forecast(*parse_json(text));
    ASSERT_FALSE(delay) << text;
    EXPECT_NE(delay.error().hint.find("flow forecast"), std::string::npos);
  }
}

TEST(ForecastDelay, ASlipOfTheForecastIsASlipOfTheMoney) {
  const auto worth = [](const std::vector<double>& done) {
    const LoadJson load = [&](const std::string& path) {
      EXPECT_EQ(path, "forecasts/x.json");
      return parse_json(forecast_of(done));
    };
    const ReadCases read = read_text(
        file_of(kGain, R"({"id":"x","one_off_cost":10,"delivery":{"forecast":"forecasts/x.json"},
                           "effects":[{"kpi":"gain","change":1}]})"),
        load);
    EXPECT_TRUE(read.faults.empty());
    return only(value(read.cases));
  };
  const CaseValue soon = worth({0, 0.5, 1}), late = worth({0, 0, 0, 0, 0.5, 1});
  ASSERT_TRUE(soon.exact.value && late.exact.value) << "a delay by weeks has a closed form";
  EXPECT_GT(*soon.exact.value, *late.exact.value);
  EXPECT_GT(soon.npv.summary.mean, late.npv.summary.mean);
  EXPECT_NEAR(*soon.exact.value - *late.exact.value, 1000 / 1.08 * 21 / 365, 1e-9);
}

TEST(InitiativesFile, OfManyUnknownNamesTheFirstAreTold) {
  std::string drivers, kpis, effects, loadings;
  for (int i = 0; i < 2000; ++i) {
    const char* comma = i == 0 ? "" : ",";
    drivers += fmt::format(R"({}"driver-of-a-long-name-{}")", comma, i);
    kpis += fmt::format(R"({}{{"id":"kpi-of-a-long-name-{}","value_per_unit":1}})", comma, i);
    effects += fmt::format(R"({}{{"kpi":"kpi-off-a-long-name-{}","change":1}})", comma, i);
    loadings += fmt::format(R"({}"driver-off-a-long-name-{}":0.01)", comma, i);
  }
  const ReadCases read =
      read_text(R"({"currency":"EUR","discount_rate":0.08,"horizon_years":5,"drivers":[)" +
                drivers + R"(],"kpis":[)" + kpis + R"(],"initiatives":[{"id":"x","effects":[)" +
                effects + R"(],"drivers":{"one_off_cost":{)" + loadings + "}}}]}");
  ASSERT_EQ(read.faults.size(), 101u);
  EXPECT_EQ(read.faults.back().code, "file.more_faults");
  EXPECT_TRUE(read.faults.front().expected.contains("did you mean"))
      << read.faults.front().expected;
  EXPECT_FALSE(read.faults[50].expected.contains("did you mean"));
}

TEST(InitiativesFile, NamesInAPointerAreEscaped) {
  const ReadCases read = read_text(file_of(
      kGain, R"({"id":"x","one_off_cost":5,"drivers":{"a/b":3,"one_off_cost":{"c~d":7}}})"));
  std::vector<std::string> fields;
  for (const Error& fault : read.faults) fields.push_back(fault.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"/initiatives/0/drivers/a~1b",
                                              "/initiatives/0/drivers/one_off_cost/c~0d"}));
}

}  // namespace
}  // namespace tiebeam::investment
