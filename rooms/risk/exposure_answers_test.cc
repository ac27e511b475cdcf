// What the questions of the room answer: sentences, figures with their ranges, refusals by name.
#include <gtest/gtest.h>

#include "base/text.h"
#include "rooms/risk/exposure_figures.h"
#include "rooms/risk/exposure_json.h"
#include "rooms/risk/preview.h"
#include "rooms/risk/room_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

TEST(RiskAnswers, ExposureOfASetConfirmsTheSwitches) {
  Room room;
  const Org org = small_company();
  const Asking asking = asking_of(room, org);
  ExposureWish wanted{.wish = {.trials = 20'000}};
  wanted.controls = {{"mfa", "backup"}};
  const auto json = exposure_json(*asking.book, *room.keep, wanted, {});
  ASSERT_TRUE(json.has_value()) << json.error().message;
  EXPECT_EQ(member(*json, "curves").if_array()->size(), 3U);
  EXPECT_EQ(member(member(*json, "chosen"), "controls").if_array()->size(), 2U);
  EXPECT_EQ(member(*json, "scenarios").if_array()->size(), 3U);
  EXPECT_EQ(*member((*member(*json, "scenarios").if_array())[0], "id").if_string(), "ransomware");
  wanted.controls = {{"mfaa"}};
  const auto refused = exposure_json(*asking.book, *room.keep, wanted, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().message.contains("did you mean 'mfa'")) << refused.error().message;
}

TEST(RiskAnswers, AScenarioByItselfIsTheOneAmongAllOthers) {
  Room room;
  const Org org = small_company();
  const Asking asking = asking_of(room, org);
  const ExposureWish wanted{.wish = {.trials = 20'000}};
  const auto one = scenario_json(*asking.book, *room.keep, "ransomware", wanted, {});
  ASSERT_TRUE(one.has_value()) << one.error().message;
  const auto all = exposure_json(*asking.book, *room.keep, wanted, {});
  const Json& row = (*member(*all, "scenarios").if_array())[0];
  EXPECT_EQ(write_json(member((*member(*one, "figures").if_array())[0], "value")),
            write_json(member(member(row, "mean"), "value")));
  EXPECT_TRUE(member(*one, "sentence").if_string()->contains("The mfa cuts that to"));
  EXPECT_EQ(*member(member(*one, "frequency"), "words").if_string(),
            "between once in 20 years and once in 1.7 years");
}

TEST(RiskAnswers, APreviewIsWhatTheSavedScenarioWillShow) {
  Room room;
  Org org = small_company();
  const Options typed = {
      {"name", "Flooded cellar"}, {"frequency", "0.1..0.9"}, {"primary_loss", "9000..90000"}};
  const ExposureWish wanted{.wish = {.trials = 20'000}};
  const auto before = preview_json(*asking_of(room, org).book, *room.keep, typed, wanted);
  ASSERT_TRUE(before.has_value()) << before.error().message;
  EXPECT_TRUE(member(*before, "errors").if_array()->empty());
  org.scenario("flooded-cellar", "0.1..0.9", "9000..90000");
  const auto saved =
      scenario_json(*asking_of(room, org).book, *room.keep, "flooded-cellar", wanted, {});
  EXPECT_EQ(write_json(member((*member(*before, "figures").if_array())[0], "value")),
            write_json(member((*member(*saved, "figures").if_array())[0], "value")));
}

TEST(RiskAnswers, APreviewSaysWhatIsWrongBesideTheField) {
  Room room;
  const Options typed = {{"frequency", "often"}, {"primary_loss", "20..5"}, {"law", "poisson"}};
  const auto json =
      preview_json(*asking_of(room, Org()).book, *room.keep, typed, {.wish = {.trials = 1000}});
  ASSERT_TRUE(json.has_value()) << json.error().message;
  std::vector<std::string> fields;
  for (const Json& each : *member(*json, "errors").if_array())
    fields.push_back(*member(each, "field").if_string());
  EXPECT_NE(std::ranges::find(fields, "frequency"), fields.end());
  EXPECT_NE(std::ranges::find(fields, "primary_loss"), fields.end());
  EXPECT_TRUE(member(*json, "figures").if_array()->empty());
}

const Json& row_of(const Json& rows, std::string_view id) {
  static const Json kNone;
  for (const Json& row : *rows.if_array())
    if (*member(row, "id").if_string() == id) return row;
  ADD_FAILURE() << "no row " << id;
  return kNone;
}
const Json& figure_of(const Json& rows, std::string_view key) {
  static const Json kNone;
  for (const Json& row : *rows.if_array())
    if (*member(row, "key").if_string() == key) return row;
  ADD_FAILURE() << "no figure " << key;
  return kNone;
}
double amount_of(const Json& figure) {
  return parse_number(*member(member(figure, "value"), "amount").if_string()).value_or(-1);
}
Json exposure_of(Room& room, const Org& org, const ExposureWish& wanted) {
  auto json = exposure_json(*asking_of(room, org).book, *room.keep, wanted, {});
  EXPECT_TRUE(json.has_value()) << (json ? "" : json.error().message);
  return json ? *std::move(json) : Json{};
}

// A breach is spoken of, also where another point is over by more and cannot be told yet.
TEST(RiskAnswers, SpeakOfABreachBeforeWhatIsUndecided) {
  Room room;
  Org org;
  org.scenario("common", "0.2", "400000..600000").scenario("rare", "0.00004", "9000000..9900000");
  org.appetite("often", 0.1, 300'000).appetite("seldom", 0.00001, 8'000'000);
  const double seldom =
      room.found(org, {.trials = 100'000}).simulation->appetite[1].probability.value;
  ASSERT_TRUE(seldom > 0 && seldom <= 0.00006);  // few enough years to be undecided at 2.1 times
  org.appetite("seldom", seldom / 2.1, 8'000'000);
  const Exposed found = room.found(org, {.trials = 100'000});
  ASSERT_EQ(found.simulation->appetite[0].verdict, quant::Verdict::breach);
  ASSERT_EQ(found.simulation->appetite[1].verdict, quant::Verdict::undecided);
  ASSERT_GT(factor_of(found.simulation->appetite[1]), factor_of(found.simulation->appetite[0]));
  const Json json = exposure_of(room, org, {.wish = {.trials = 100'000}});
  EXPECT_TRUE(member(json, "sentence").if_string()->starts_with("A loss above EUR 300,000 is "))
      << *member(json, "sentence").if_string();
  const Figure factor = *room.book(org).find("risk.appetite.factor");
  EXPECT_EQ(factor.number(), factor_of(found.simulation->appetite[0]));
  EXPECT_EQ(room.book(org).evidence("risk.appetite.factor", 0, 1)[0].subject, "appetite/often");
}

TEST(RiskAnswers, TellWhoMakesTheWorstYearsWhereMostHaveNoLoss) {
  Room room;
  Org org;
  org.scenario("rare", "0.03", "100000..200000").scenario("rarer", "0.01", "300000..900000");
  const Json json = exposure_of(room, org, {});
  double sum = 0;
  for (const Json& row : *member(json, "scenarios").if_array())
    sum += member(member(row, "tail_share"), "value").number().value_or(0);
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_TRUE(
      member(json, "sentence").if_string()->starts_with("1 year in 100 costs more than EUR"))
      << *member(json, "sentence").if_string();
  const Json few = exposure_of(room, org, {.wish = {.trials = 100}});
  for (const Json& row : *member(few, "scenarios").if_array())
    EXPECT_EQ(*member(member(row, "tail_share"), "status").if_string(), "too_few");
}

TEST(RiskAnswers, TellAllCardsWithTheChosenControls) {
  Room room;
  ExposureWish wanted{.wish = {.trials = 20'000}};
  wanted.controls = {{"mfa", "backup"}};
  const Json json = exposure_of(room, small_company(), wanted);
  const Json& figures = member(member(json, "chosen"), "figures");
  const Json& today = member(json, "figures");
  EXPECT_LT(amount_of(figure_of(figures, "risk.chosen.tvar95")),
            amount_of(figure_of(today, "risk.loss.tvar95")));
  EXPECT_GT(*member(figure_of(figures, "risk.chosen.none"), "value").number(),
            *member(figure_of(today, "risk.loss.none"), "value").number());
}

// What a control avoids differs from year to year by far more than the simulation is unsure of.
TEST(RiskAnswers, SayWhatAControlAvoidsInSingleYears) {
  Room room;
  const Org org = small_company();
  const Json json = exposure_of(room, org, {.wish = {.trials = 20'000}});
  const auto& result = room.found(org).simulation->controls;  // backup, encryption, mfa, ...
  const Json& mfa = member(row_of(member(json, "controls"), "mfa"), "avoided");
  EXPECT_EQ(*member(member(mfa, "interval"), "low").number(), result[2].p05);
  EXPECT_EQ(*member(member(mfa, "interval"), "high").number(), result[2].p95);
  EXPECT_GT(result[2].p95 - result[2].p05,
            10 * (result[2].reduction.high - result[2].reduction.low));
  // One against something rare avoids nothing in nearly all years: no range pretends otherwise.
  Org rare;
  rare.scenario("rare", "0.01", "100000..200000").control("guard", ControlStatus::proposed);
  rare.reduces("guard", "rare", ReducedFactor::frequency, "0.5");
  const Json none = exposure_of(room, rare, {});
  const Json& guard = member(row_of(member(none, "controls"), "guard"), "avoided");
  EXPECT_GT(amount_of(guard), 0);
  EXPECT_TRUE(member(guard, "interval").is_null());
}

// The budget is answered on the years that are there: as a run with that budget answers.
TEST(RiskAnswers, TheBestForABudgetIsThatOfARunWithIt) {
  Room room;
  const Org org = small_company();
  for (const double budget : {0.0, 6'000.0, 30'000.0, 120'000.0}) {
    const Exposed found = room.found(org, {.trials = 20'000, .budget = budget});
    ASSERT_TRUE(found.best);
    EXPECT_EQ(found.simulation, room.found(org).simulation) << "simulated again for " << budget;
    Register wanted = found.records->wanted;
    wanted.control_budget = budget;
    const auto run = simulate(wanted, {.trials = 20'000, .residuals = false});
    ASSERT_TRUE(run.has_value() && run->best);
    EXPECT_EQ(found.best->set.controls, run->best->controls);
    EXPECT_EQ(found.best->proven, run->best_proven);
    EXPECT_EQ(found.best->set.reduction.value, run->best->reduction.value);
    EXPECT_EQ(found.best->set.cost, run->best->cost);
    EXPECT_EQ(found.best->set.p_worth, run->best->p_worth);
  }
}

}  // namespace
}  // namespace tiebeam::risk
