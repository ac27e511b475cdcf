// The edge cases a risk register meets, from the file to the answer: each is answered as defined or
// refused in plain words that name the place, what was found and what to do.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>

#include "rooms/risk/cli/simulate_text.h"
#include "rooms/risk/register_file.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

Result<RiskAnswer> ask(std::string_view text, const Settings& settings = {.trials = 20'000}) {
  TB_TRY(Register wanted, read_register(text));
  return answer_register(std::move(wanted), {"register.json", std::string(64, '0')}, settings);
}
RiskAnswer answered(const std::string& text, const Settings& settings = {.trials = 20'000}) {
  auto found = ask(text, settings);
  EXPECT_TRUE(found.has_value()) << text << ": " << (found ? "" : found.error().message);
  return found ? *std::move(found) : RiskAnswer{};
}
std::string with(std::string_view frequency, std::string_view loss, std::string_view more = "") {
  return fmt::format(
      R"({{"currency":"EUR","scenarios":[{{"id":"s","frequency":{},"primary_loss":{}}}]{}}})",
      frequency, loss, more);
}
const std::string kOne = R"({"kind":"fixed","count":1})";
std::string rate(std::string_view estimate) {
  return fmt::format(R"({{"kind":"poisson","rate":{}}})", estimate);
}
std::string control(std::string_view by, std::string_view cost = "0") {
  return fmt::format(
      R"(,"controls":[{{"id":"c","cost_a_year":{},"reduces":[{{"scenario":"s","factor":"frequency","by":{}}}]}}])",
      cost, by);
}

// Refused with the pointer, these words and a next step.
void refused(const std::string& text, std::string_view pointer,
             std::initializer_list<std::string_view> words) {
  const auto found = ask(text, {.trials = 100});
  ASSERT_FALSE(found.has_value()) << text;
  const Error& error = found.error();
  EXPECT_EQ(error.kind, Kind::invalid) << error.message;
  EXPECT_TRUE(error.field == pointer && error.message.contains(pointer))
      << error.field << " | " << error.message;
  EXPECT_FALSE(error.hint.empty()) << error.message;
  for (const std::string_view word : words)
    EXPECT_TRUE((error.message + " / " + error.hint).contains(word))
        << word << " in " << error.message << " / " << error.hint;
}
const std::string kLoss = "/scenarios/0/primary_loss", kRate = "/scenarios/0/frequency/rate";

TEST(RiskEdgeCases, EdgeCase01NoRateLosesExactlyNothing) {
  for (const std::string& frequency :
       {rate("0"), std::string(R"({"kind":"bernoulli","p":0})"),
        std::string(R"({"kind":"fixed","count":0})"),
        std::string(R"({"kind":"negative_binomial","mean":0,"k":1})")}) {
    const RiskAnswer found = answered(with(
        frequency, "1000", R"(,"appetite":[{"probability":0.1,"loss":5}])" + control("0.5", "10")));
    const Measures& all = found.simulation.portfolio;
    EXPECT_EQ(all.ale, 0);
    EXPECT_EQ(all.sd, 0);
    EXPECT_EQ(all.p_zero, 1);
    EXPECT_EQ(*found.simulation.ale_exact, 0);
    for (const auto& each : all.quantiles) EXPECT_EQ(each, 0);
    for (const auto& each : all.tvar) EXPECT_EQ(each, 0);
    EXPECT_EQ(found.simulation.appetite[0].probability.value, 0);
    EXPECT_EQ(found.simulation.appetite[0].verdict, quant::Verdict::within);
    EXPECT_EQ(*found.simulation.controls[0].rosi, -1);
    EXPECT_TRUE(found.findings.empty());
  }
}

TEST(RiskEdgeCases, EdgeCase02AKnownValueIsAConstantAndMovesNobodyElse) {
  const RiskAnswer found =
      answered(with(kOne, R"({"kind":"pert","min":700,"mode":700,"max":700})"));
  EXPECT_EQ(found.simulation.portfolio.ale, 700);
  EXPECT_EQ(found.simulation.portfolio.sd, 0);
  EXPECT_EQ(found.simulation.portfolio.quantiles[4], 700);
  const auto other = [](std::string_view amount) {
    const std::string text = fmt::format(R"({{"currency":"EUR","scenarios":[
      {{"id":"a","frequency":{{"kind":"poisson","rate":{}}},"primary_loss":5}},
      {{"id":"b","frequency":{{"kind":"poisson","rate":2}},"primary_loss":"10..40"}}]}})",
                                         amount);
    return answered(text).simulation.scenarios[1].digest;
  };
  EXPECT_EQ(other("1"), other(R"({"kind":"triangular","min":1,"mode":1,"max":1})"));
  EXPECT_EQ(other("1"), other(R"({"kind":"pert","min":0.1,"mode":1,"max":3})"));
}

TEST(RiskEdgeCases, EdgeCase03NumbersInTheWrongOrderAreNamed) {
  refused(with(kOne, R"({"kind":"pert","min":9,"mode":5,"max":12})"), kLoss + "/mode", {"9", "5"});
  refused(with(kOne, R"({"kind":"pert","min":1,"mode":5,"max":3})"), kLoss + "/max", {"5", "3"});
  refused(with(kOne, R"({"kind":"lognormal","p05":90,"p95":30})"), kLoss + "/p95", {"90", "30"});
  refused(with(kOne, R"({"kind":"lognormal","p05":50,"p95":50})"), kLoss + "/p95", {"50"});
  refused(with(rate(R"({"kind":"uniform","min":2,"max":2})"), "5"), kRate + "/max", {"2"});
}

TEST(RiskEdgeCases, EdgeCase04PertWithItsModeAtAnEnd) {
  const double middle = 1 - std::pow(0.5, 0.2);
  for (const auto& [mode, median] : {std::pair(0, middle), std::pair(1000, 1 - middle)}) {
    const RiskAnswer found = answered(
        with(kOne, fmt::format(R"({{"kind":"pert","min":0,"mode":{},"max":1000}})", mode)));
    const double error = 5 * 0.5 / std::sqrt(20'000) / 2.4;  // density 2.4 to 3 at the middle
    EXPECT_NEAR(*found.simulation.portfolio.quantiles[0] / 1000, median, error);
  }
}

TEST(RiskEdgeCases, EdgeCase05ALognormalDoesNotReachZero) {
  refused(with(kOne, R"({"kind":"lognormal","p05":0,"p95":30})"), kLoss + "/p05", {"0", "normal"});
  refused(with(kOne, R"({"kind":"lognormal","p05":-3,"p95":30})"), kLoss + "/p05", {"-3"});
}

TEST(RiskEdgeCases, EdgeCase06NumbersThatAreNone) {
  for (const char* bad :
       {"NaN", "Infinity", "-Infinity", "nan", "1e999", "0x10", "+5", ".5", "1,5"}) {
    const auto found = ask(with(kOne, bad));
    ASSERT_FALSE(found.has_value()) << bad;
    EXPECT_FALSE(found.error().hint.empty()) << bad;
  }
  refused(with(kOne, "-0.0"), kLoss + "/value", {"-0"});
  refused(with(kOne, "1e308"), kLoss + "/value", {"1e+308", "1e100"});
  refused(with(kOne, "5e-324"), kLoss + "/value", {"near 0"});
  refused(with(rate("1e200"), "5"), kRate + "/value", {"1e+200"});
  refused(with(R"({"kind":"negative_binomial","mean":1e300,"k":1})", "5"),
          "/scenarios/0/frequency/mean", {"1e+300", "1e+12"});
  refused(with(kOne, "5", R"(,"appetite":[{"probability":0.1,"loss":1e301}])"), "/appetite/0/loss",
          {"1e+301"});
  refused(with(kOne, "5", R"(,"control_budget":-0.0)"), "/control_budget", {"-0", "write 0"});
  refused(with(kOne, "5", R"(,"control_budget":4e-320)"), "/control_budget", {"near 0"});
  refused(with(kOne, "5", R"(,"control_budget":1e308)"), "/control_budget", {"1e+308"});
  refused(with(kOne, "5", R"(,"control_budget":-0.5)"), "/control_budget", {"-0.5"});
}

TEST(RiskEdgeCases, EdgeCase07AProbabilityIsFromZeroToOne) {
  const auto p = [](std::string_view text) {
    return with(fmt::format(R"({{"kind":"bernoulli","p":{}}})", text), "5");
  };
  refused(p("1.7"), "/scenarios/0/frequency/p", {"1.7", "0.05 for 5 %"});
  refused(p("-0.1"), "/scenarios/0/frequency/p", {"-0.1"});
  refused(p("5"), "/scenarios/0/frequency/p", {"5", "0.05 for 5 %"});
  refused(p(R"({"kind":"pert","min":0.5,"mode":0.8,"max":1.2})"), "/scenarios/0/frequency/p",
          {"1.2"});
  refused(p(R"({"kind":"lognormal","p05":0.01,"p95":0.2})"), "/scenarios/0/frequency/p",
          {"pert or beta"});
  refused(with(kOne, "5", control("60")), "/controls/0/reduces/0/by", {"60", "0.05 for 5 %"});
  refused(with(kOne, "5", R"(,"appetite":[{"probability":5,"loss":100}])"),
          "/appetite/0/probability", {"0.05 if 5 %"});
  refused(
      R"({"currency":"EUR","scenarios":[{"id":"s","frequency":{"kind":"fixed","count":1},"primary_loss":1,
    "secondary_probability":1.5,"secondary_loss":5}]})",
      "/scenarios/0/secondary_probability", {"1.5"});
  refused(with(R"({"kind":"poisson","contact":4,"action":20})", "5"),
          "/scenarios/0/frequency/action", {"20"});
}

TEST(RiskEdgeCases, EdgeCase08AMillionEventsAreOneSumAndSaidToBe) {
  const RiskAnswer found =
      answered(with(rate("1e6"), R"({"kind":"lognormal","mean":100,"sd":80})"), {.trials = 2000});
  EXPECT_TRUE(found.simulation.scenarios[0].aggregated);
  ASSERT_FALSE(found.warnings.empty());
  EXPECT_TRUE(found.warnings[0].contains("aggregated")) << found.warnings[0];
  EXPECT_NEAR(found.simulation.portfolio.ale, 1e8, 5 * found.simulation.portfolio.se);
  EXPECT_TRUE(found.findings.empty());
}

TEST(RiskEdgeCases, EdgeCase08RatesBeyondAnyCountAreRefused) {
  refused(with(rate("1e90"), "1e90"), kRate, {"1e+90", "events a year"});
}

TEST(RiskEdgeCases, EdgeCase09TooRareToBeSeenIsSaid) {
  const RiskAnswer found = answered(with(rate("1e-9"), "1e6"), {.trials = 1'000'000});
  EXPECT_EQ(*found.simulation.portfolio.quantiles[5], 0);
  EXPECT_NEAR(*found.simulation.ale_exact, 1e-3, 1e-12);
  ASSERT_EQ(found.warnings.size(), 1u);
  EXPECT_TRUE(found.warnings[0].contains("no event in 1,000,000 simulated years"))
      << found.warnings[0];
  EXPECT_TRUE(risk_text(found).contains("no event in 1,000,000 simulated years"));
  EXPECT_TRUE(found.findings.empty());
}

TEST(RiskEdgeCases, EdgeCase10HeavyTailsWarnAndStayFinite) {
  const RiskAnswer found =
      answered(with(rate("2"), R"({"kind":"lognormal","p05":1,"p95":1000000})"));
  ASSERT_FALSE(found.warnings.empty());
  EXPECT_TRUE(found.warnings[0].contains("s primary_loss")) << found.warnings[0];
  EXPECT_TRUE(std::isfinite(found.simulation.portfolio.ale) &&
              std::isfinite(*found.simulation.ale_exact));
  const RiskAnswer wide =
      answered(with(rate("2"), R"({"kind":"lognormal","p05":1e-7,"p95":1.9e7})"));  // sigma 10
  EXPECT_TRUE(std::isfinite(wide.simulation.portfolio.sd));
  EXPECT_NEAR(std::log(*wide.simulation.ale_exact), std::log(2) + 0.3 + 50, 1.5);
  for (const Figure& each : wide.figures)
    EXPECT_TRUE(each.value.index() != 0 || !each.reason.empty()) << each.key;
  const auto beyond = ask(with(rate("2"), R"({"kind":"lognormal","p05":1e-90,"p95":1e90})"));
  ASSERT_FALSE(beyond.has_value());
  EXPECT_EQ(beyond.error().code, "estimate.too_wide");
}

TEST(RiskEdgeCases, EdgeCase12LoadingsOfOneAreAllowedAndNoMore) {
  const auto loaded = [](std::string_view loadings) {
    return fmt::format(
        R"({{"currency":"EUR","scenarios":[{{"id":"s","frequency":{{"kind":"poisson","rate":1}},"primary_loss":5,"drivers":{}}}]}})",
        loadings);
  };
  answered(loaded(R"({"a":1})"));
  answered(loaded(R"({"a":-1})"));
  answered(loaded(R"({"a":0.6,"b":-0.8})"));
  refused(loaded(R"({"a":0.8,"b":0.8})"), "/scenarios/0/drivers", {"1.28", "sum to 1"});
  refused(loaded(R"({"a":1.2})"), "/scenarios/0/drivers/a", {"1.2", "-1 to 1"});
}

TEST(RiskEdgeCases, EdgeCase13AnAtomAtThePercentileIsNotTheMeanOfAll) {
  const RiskAnswer found =
      answered(with(R"({"kind":"bernoulli","p":0.04})", "100"), {.trials = 100'000});
  EXPECT_EQ(*found.simulation.portfolio.quantiles[3], 0);
  EXPECT_NEAR(*found.simulation.portfolio.tvar[0], 80, 5 * 20 * std::sqrt(0.04 * 0.96 / 1e5) * 100);
}

TEST(RiskEdgeCases, EdgeCase14FewTrialsTellWhatTheyCan) {
  const RiskAnswer one = answered(with(kOne, R"("10..40")"), {.trials = 1});
  EXPECT_EQ(one.simulation.portfolio.sd, 0);
  for (const auto& each : one.simulation.portfolio.quantiles) EXPECT_FALSE(each.has_value());
  for (const Figure& each : one.figures)
    if (each.key == "risk.portfolio.p95") {
      EXPECT_EQ(each.status, Status::too_few);
      EXPECT_TRUE(each.reason.contains("ask for more trials")) << each.reason;
    }
  EXPECT_TRUE(risk_text(one).contains("too few"));
  const RiskAnswer hundred = answered(with(kOne, R"("10..40")"), {.trials = 100});
  EXPECT_TRUE(hundred.simulation.portfolio.quantiles[0].has_value());
  EXPECT_FALSE(hundred.simulation.portfolio.quantiles[1].has_value());
  EXPECT_FALSE(ask(with(kOne, "5", R"(,"trials":0)")).has_value());
}

TEST(RiskEdgeCases, EdgeCase15ControlsOfNoAndOfFullEffectAndWithoutCost) {
  const RiskAnswer none = answered(with(rate("2"), R"("10..40")", control("0", "100")));
  EXPECT_EQ(none.simulation.controls[0].reduction.value, 0);
  EXPECT_EQ(*none.simulation.controls[0].rosi, -1);
  const RiskAnswer full = answered(with(rate("2"), R"("10..40")", control("1")));
  EXPECT_EQ(full.simulation.controls[0].residual.ale, 0);
  EXPECT_FALSE(full.simulation.controls[0].rosi.has_value());
  const Json out = risk_json(full);
  EXPECT_TRUE((*out.find("controls")->if_array())[0].find("rosi")->is_null());
  EXPECT_EQ(*(*out.find("controls")->if_array())[0].find("rosi_reason")->if_string(), "no cost");
  EXPECT_TRUE(risk_text(full).contains("no cost"));
  refused(with(rate("2"), "5", control("-0.2")), "/controls/0/reduces/0/by", {"-0.2"});
  refused(with(rate("2"), "5", control("0.2", "-100")), "/controls/0/cost_a_year", {"negative"});
}

TEST(RiskEdgeCases, EdgeCase19OneCurrency) {
  refused(
      R"({"currency":"EUR","scenarios":[{"id":"s","currency":"USD","frequency":{"kind":"fixed","count":1},"primary_loss":5}]})",
      "/scenarios/0/currency", {"one currency", "dated rate"});
  const auto money = ask(with(kOne, R"({"amount":"1250.00","currency":"USD"})"));
  ASSERT_FALSE(money.has_value());
  EXPECT_TRUE((money.error().message + money.error().detail).contains(kLoss + "/currency"))
      << money.error().message;
  refused(
      R"({"currency":"EURO","scenarios":[{"id":"s","frequency":{"kind":"fixed","count":1},"primary_loss":5}]})",
      "/currency", {});
}

TEST(RiskEdgeCases, EdgeCase20AnyNumberOfTrials) {
  for (const std::uint64_t trials : {1u, 7u, 2047u, 2049u}) {
    const RiskAnswer found = answered(with(kOne, "5"), {.trials = trials});
    EXPECT_EQ(found.simulation.portfolio.ale, 5) << trials;
    EXPECT_EQ(found.simulation.trials, trials);
  }
}

TEST(RiskEdgeCases, EdgeCase21And22And23AreTestsOfTheEngine) {
  // engine/determinism_test.cc: order, prefix, trials beyond 2^32. Here: the file's order of
  // fields.
  const RiskAnswer a = answered(
      R"({"currency":"EUR","scenarios":[{"id":"s","frequency":{"kind":"poisson","rate":1},"primary_loss":"10..40"}]})");
  const RiskAnswer b = answered(
      R"({"scenarios":[{"primary_loss":"10..40","frequency":{"rate":1,"kind":"poisson"},"id":"s"}],"currency":"EUR"})");
  EXPECT_EQ(a.simulation.digest, b.simulation.digest);
}

TEST(RiskEdgeCases, EdgeCase24AppetiteHasAnOrder) {
  const auto points = [](std::string_view text) {
    return with(kOne, "5", fmt::format(R"(,"appetite":[{}])", text));
  };
  refused(points(R"({"probability":0.01,"loss":500},{"probability":0.1,"loss":100})"),
          "/appetite/1/loss", {"rarer and dearer"});
  refused(points(R"({"probability":0.01,"loss":100},{"probability":0.1,"loss":500})"),
          "/appetite/1/probability", {"rarer and dearer"});
  refused(points(R"({"probability":0.1,"loss":100},{"probability":0.1,"loss":500})"),
          "/appetite/1/probability", {"rarer"});
  refused(points(R"({"probability":0,"loss":100})"), "/appetite/0/probability", {"0"});
  refused(points(R"({"probability":0.1,"loss":0})"), "/appetite/0/loss", {"above 0"});
}

TEST(RiskEdgeCases, EdgeCase25AStoppedRunHasNoFigures) {
  const auto stopped = ask(with(rate("2"), R"("10..40")", control("0.5")),
                           {.trials = 20'000, .progress = [](double) { return false; }});
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().code, "risk.cancelled");
}

}  // namespace
}  // namespace tiebeam::risk
