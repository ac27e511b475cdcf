// What records say could be lost: the same as their register file, whatever else is on record;
// switched controls; drawn years; figures with reasons; rules.
#include "rooms/risk/exposure.h"

#include <gtest/gtest.h>

#include <random>

#include "rooms/risk/engine/draws.h"
#include "rooms/risk/exposure_figures.h"
#include "rooms/risk/org_test_support.h"
#include "rooms/risk/preview.h"
#include "rooms/risk/register_file.h"
#include "rooms/risk/register_json.h"
#include "rooms/risk/room_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

const ScenarioResult& result_of(const Exposed& found, std::string_view id) {
  return *std::ranges::find(found.simulation->scenarios, id, &ScenarioResult::id);
}
double worth_of(const Exposed& found, std::string_view id) {
  const auto& controls = found.records->wanted.controls;
  const auto at = std::ranges::find(controls, id, &Control::id) - controls.begin();
  return found.simulation->controls[static_cast<std::size_t>(at)].reduction.value;
}

TEST(Exposure, OfRecordsIsThatOfTheirFile) {
  Room room;
  const Org org = small_company();
  const Exposed found = room.found(org, {.trials = 20'000, .seed = 7, .budget = 100'000});
  Register file = *read_register(write_json(register_json(found.records->wanted)));
  file.control_budget = 100'000;
  const Simulation again = *simulate(file, {.trials = 20'000, .seed = 7, .contributions = true});
  const Simulation& here = *found.simulation;
  EXPECT_EQ(again.digest, here.digest);
  EXPECT_EQ(again.portfolio.ale, here.portfolio.ale);
  EXPECT_EQ(again.portfolio.quantiles, here.portfolio.quantiles);
  ASSERT_EQ(again.controls.size(), here.controls.size());
  for (std::size_t i = 0; i < again.controls.size(); ++i) {
    EXPECT_EQ(again.controls[i].reduction.value, here.controls[i].reduction.value);
    EXPECT_EQ(again.controls[i].p_worth, here.controls[i].p_worth);
  }
  EXPECT_EQ(again.best->controls, found.best->set.controls);
  for (std::size_t i = 0; i < again.scenarios.size(); ++i)
    EXPECT_EQ(again.scenarios[i].tail_share, here.scenarios[i].tail_share);
}

TEST(Exposure, OfAScenarioDoesNotDependOnOthers) {
  Room room;
  const Exposed before = room.found(small_company());
  Org more = small_company();
  more.scenario("a-flood", "0.1..0.9", "9000..90000");
  more.control("a-dam", ControlStatus::in_place)
      .reduces("a-dam", "a-flood", ReducedFactor::frequency, "0.2..0.4");
  more.reduces("backup", "a-flood", ReducedFactor::magnitude, "0.1..0.3");
  const Exposed after = room.found(more);
  for (const char* id : {"ransomware", "vendor-failure", "lost-laptop"}) {
    EXPECT_EQ(result_of(before, id).digest, result_of(after, id).digest) << id;
    EXPECT_EQ(result_of(before, id).measures.ale, result_of(after, id).measures.ale) << id;
  }
  for (const char* id : {"mfa", "second-source", "encryption"})
    EXPECT_DOUBLE_EQ(worth_of(before, id), worth_of(after, id)) << id;
}

TEST(Exposure, IsLeftAloneByAControlOfNoEffect) {
  Room room;
  Org with = small_company();
  for (const auto status : {ControlStatus::in_place, ControlStatus::proposed}) {
    const std::string id = status == ControlStatus::in_place ? "idle-today" : "idle";
    with.control(id, status);
    with.reduces(id, "ransomware", ReducedFactor::frequency, "0");
    with.reduces(id, "lost-laptop", ReducedFactor::magnitude, "0");
  }
  const Exposed before = room.found(small_company()), after = room.found(with);
  EXPECT_EQ(before.simulation->digest, after.simulation->digest);
  EXPECT_EQ(worth_of(after, "idle"), 0);
  EXPECT_EQ(worth_of(after, "idle-today"), 0);
  EXPECT_EQ(worth_of(before, "mfa"), worth_of(after, "mfa"));
}

// What a switch shows is what a run shows that has the control in place.
TEST(Exposure, WithSwitchedControlsIsThatOfARunThatHasThemInPlace) {
  Room room;
  const Org today = small_company();
  const Exposed found = room.found(today);
  const Register& wanted = found.records->wanted;
  std::mt19937_64 rng(20261122);  // fixed: a failure must reproduce
  for (int round = 0; round < 12; ++round) {
    ControlSet on;
    Org switched = small_company();
    for (std::size_t i = 0; i < wanted.controls.size(); ++i) {
      const bool is_on = rng() % 2 == 0;
      if (is_on) on.push_back(i);
      switched.control(wanted.controls[i].id,
                       is_on ? ControlStatus::in_place : ControlStatus::proposed, "1000");
    }
    const Chosen chosen = with_controls(wanted, *found.simulation, on, 2);
    const Exposed run = room.found(switched);
    EXPECT_NEAR(chosen.set.residual.ale / run.simulation->portfolio.ale, 1, 1e-12) << round;
    for (std::size_t q = 0; q < kShares.size(); ++q) {
      ASSERT_EQ(chosen.set.residual.quantiles[q].has_value(),
                run.simulation->portfolio.quantiles[q].has_value());
      if (!chosen.set.residual.quantiles[q]) continue;
      const double wide = *run.simulation->portfolio.quantiles[q];
      EXPECT_NEAR(*chosen.set.residual.quantiles[q], wide, 1e-9 * (1 + wide)) << round;
    }
    for (std::size_t i = 0; i < chosen.appetite.size(); ++i)
      EXPECT_EQ(chosen.appetite[i].probability.value,
                run.simulation->appetite[i].probability.value);
  }
}

TEST(Exposure, WithoutAnyControlIsTheSameWhicheverAreInPlace) {
  Room room;
  Org all = small_company(), none = small_company();
  for (const char* id : {"backup", "mfa", "second-source", "encryption"}) {
    all.control(id, ControlStatus::in_place);
    none.control(id, ControlStatus::proposed);
  }
  const Exposed with = room.found(all), without = room.found(none);
  EXPECT_FALSE(without.simulation->avoided.has_value());
  EXPECT_NEAR(with.simulation->avoided->residual.ale, without.simulation->portfolio.ale, 1e-6);
  const Chosen off = with_controls(with.records->wanted, *with.simulation, {}, 1);
  EXPECT_NEAR(off.set.residual.ale, without.simulation->portfolio.ale, 1e-6);
  EXPECT_NEAR(with.simulation->avoided->reduction.value,
              without.simulation->portfolio.ale - with.simulation->portfolio.ale, 1e-6);
}

TEST(Exposure, FormulaStandsBesideTheMeanAlsoWithControlsInPlace) {
  Room room;
  const Exposed found = room.found(small_company(), {.trials = 100'000});
  for (const ScenarioResult& each : found.simulation->scenarios) {
    ASSERT_TRUE(each.ale_exact.has_value()) << each.id;
    EXPECT_NEAR(each.measures.ale, *each.ale_exact, 5 * each.measures.se) << each.id;
  }
}

TEST(Exposure, OfAServiceIsTheSumOfItsScenariosYearByYear) {
  Room room;
  const Exposed found = room.found(small_company());
  ASSERT_EQ(found.groups.size(), 2U);
  const Measures& orders = found.simulation->groups[0];
  EXPECT_EQ(found.groups[0].id, "orders");
  const double sum =
      result_of(found, "ransomware").measures.ale + result_of(found, "vendor-failure").measures.ale;
  EXPECT_NEAR(orders.ale, sum, 1e-9 * sum);
  const double bad = *result_of(found, "ransomware").measures.quantiles[3] +
                     *result_of(found, "vendor-failure").measures.quantiles[3];
  EXPECT_LT(*orders.quantiles[3], bad);  // two bad years seldom come together
}

TEST(Exposure, IsSimulatedOnceForAContent) {
  Room room;
  const Exposed one = room.found(small_company()), again = room.found(small_company());
  EXPECT_EQ(one.simulation.get(), again.simulation.get());
  Org renamed = small_company();
  RiskScenario record = to_struct<RiskScenario>(*renamed.shared()->find("scenario", "lost-laptop"));
  record.basis = "asked again";
  record.name = "A laptop is left in a train";
  renamed.put(record);
  EXPECT_EQ(room.found(renamed).simulation.get(), one.simulation.get());
  record.frequency = estimate("3..9");
  renamed.put(record);
  EXPECT_NE(room.found(renamed).simulation.get(), one.simulation.get());
  for (std::uint64_t seed = 2; seed < 20; ++seed)
    static_cast<void>(room.found(small_company(), {.trials = 1000, .seed = seed}));
  EXPECT_NE(room.found(small_company()).simulation.get(), one.simulation.get());  // let go of
}

// The rule of docs/method/risk.md, section "On the page", in plain loops.
double year_with(const Draws& draws, const Register& wanted, const ControlSet& on,
                 std::uint64_t i) {
  double sum = draws.rest[i];
  for (const ScenarioDraws& each : draws.scenarios) {
    double events = 1, sizes = 1;
    for (const ReductionDraws& one : draws.reductions) {
      if (one.scenario != each.scenario || !std::ranges::binary_search(on, one.control)) continue;
      (one.factor == Factor::frequency ? events : sizes) *=
          1 - (one.by.size() == 1 ? one.by[0] : one.by[i]);
    }
    for (std::size_t k = 0; k < each.draw.size(); ++k) {
      if (each.draw[k] != i || each.prevented[k] >= events) continue;
      double left = each.loss[k] * sizes;
      for (const InsuranceLayer& layer : wanted.scenarios[each.scenario].insurance)
        left -= std::min(layer.limit, std::max(0.0, left - layer.deductible));
      sum += left;
    }
  }
  return sum;
}

TEST(Draws, GiveTheYearsOfTheRunForAnySetOfControls) {
  Room room;
  Org org = small_company();
  Insurance layer;
  layer.id = layer.name = "cyber";
  layer.scenario = Id<"scenario">("ransomware");
  layer.deductible = Money(10'000'000, Currency{});
  layer.limit = Money(50'000'000, Currency{});
  org.put(layer).scenario("untouched", "0.5", "100..900");
  const Exposed found = room.found(org);
  const Register& wanted = found.records->wanted;
  const Draws draws = paired_draws(wanted, found.simulation->kept->prepared, kDraws);
  std::mt19937_64 rng(7);  // fixed: a failure must reproduce
  for (int round = 0; round < 6; ++round) {
    Org switched = org;
    ControlSet on;
    for (std::size_t i = 0; i < wanted.controls.size(); ++i) {
      const bool is_on = rng() % 2 == 0;
      if (is_on) on.push_back(i);
      switched.control(wanted.controls[i].id,
                       is_on ? ControlStatus::in_place : ControlStatus::proposed);
    }
    const Exposed run = room.found(switched);
    for (std::uint64_t i = 0; i < kDraws; ++i) {
      const double year = run.simulation->kept->years[i];
      ASSERT_NEAR(year_with(draws, wanted, on, i), year, 1e-9 * (1 + year)) << round << " " << i;
    }
    org = small_company();
    org.put(layer).scenario("untouched", "0.5", "100..900");
  }
}

TEST(RiskFigures, SayWhyThereAreNone) {
  Room room;
  Org org;
  const FigureBook empty = room.book(org);
  EXPECT_EQ(empty.find("risk.loss.p90")->status, Status::not_measurable);
  EXPECT_TRUE(empty.find("risk.loss.p90")->reason.contains("no scenario is written down yet"));
  EXPECT_EQ(empty.find("risk.scenarios.finished")->number(), 0);
  RiskScenario half;
  half.id = half.name = "half";
  org.put(half);
  const FigureBook unfinished = room.book(org);
  EXPECT_TRUE(unfinished.find("risk.loss.mean")->reason.contains("lacks something"));
  EXPECT_EQ(unfinished.evidence("risk.scenarios.unfinished", 0, 9).size(), 1U);
}

TEST(RiskFigures, HaveTheirIntervalsSeedAndRecords) {
  Room room;
  const FigureBook book = room.book(small_company());
  for (const Figure& figure : book.all("risk.loss.")) {
    EXPECT_TRUE(figure.has_value()) << figure.key << figure.reason;
    EXPECT_EQ(figure.trail.seed, 1U) << figure.key;
    EXPECT_EQ(figure.n, 100'000) << figure.key;
    EXPECT_EQ(figure.trail.inputs[0].record_type, "scenario") << figure.key;
  }
  const Figure& bad = *book.find("risk.loss.p90");
  const double value = static_cast<double>(std::get<Money>(bad.value).minor()) / 100;
  EXPECT_LT(bad.interval->low, value);
  EXPECT_GT(bad.interval->high, value);
  const auto rows = book.evidence("risk.loss.mean", 0, 2);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].subject, "scenario/ransomware");
  EXPECT_GT(book.find("risk.appetite.factor")->number(), 1);
  EXPECT_EQ(book.evidence("risk.appetite.factor", 0, 9)[0].subject, "appetite/bad-year");
}

std::vector<std::string> noticed(const Room& room, const Org& org) {
  const FigureBook book = room.book(org);
  std::vector<std::string> out;
  for (const Finding& each : room.table.rules.run(book)) {
    EXPECT_FALSE(each.message.empty() || each.why.empty() || each.act.empty()) << each.rule;
    EXPECT_EQ(each.act.find("tiebeam "), std::string::npos) << each.rule;
    out.push_back(each.rule + " " + each.subject.type + "/" + each.subject.id);
  }
  return out;
}

TEST(RiskRules, AreSilentOnASoundRegister) {
  const Room room;
  Org org = small_company();
  org.appetite("bad-year", 0.1, 3'000'000).appetite("very-bad-year", 0.01, 30'000'000);
  EXPECT_EQ(noticed(room, org), std::vector<std::string>{});
}

TEST(RiskRules, NoticeWhatNobodyLooksAfter) {
  const Room room;
  Org org;
  RiskScenario bare = Org::sound("bare", "0.1", "5..9");
  bare.owner = {};
  bare.review_on.reset();
  bare.estimated_on.reset();
  bare.treatment = Treatment::accept;
  RiskScenario old = Org::sound("old", "0.1", "5..9");
  old.review_on = day("2026-10-31");
  old.estimated_on = day("2025-10-30");
  RiskScenario half;
  half.id = half.name = "half";
  half.owner = Id<"person">("ada");
  half.review_on = day("2027-01-01");
  org.put(bare).put(old).put(half);
  org.control("untried", ControlStatus::in_place);
  RiskControl untried = to_struct<RiskControl>(*org.shared()->find("control", "untried"));
  untried.tested_at.reset();
  org.put(untried).reduces("untried", "old", ReducedFactor::frequency, "0.5");
  EXPECT_EQ(noticed(room, org),
            (std::vector<std::string>{
                "risk.accepted_by_nobody scenario/bare", "risk.appetite_not_set organisation/acme",
                "risk.control_untested control/untried", "risk.no_owner scenario/bare",
                "risk.review_due scenario/bare", "risk.review_due scenario/old",
                "risk.unfinished scenario/half", "risk.stale_estimate scenario/bare",
                "risk.stale_estimate scenario/old"}));
}

TEST(RiskRules, TellABreachWithWhatItComesFrom) {
  const Room room;
  const FigureBook book = room.book(small_company());
  const auto all = room.table.rules.run(book);
  const auto breach = std::ranges::find(all, "risk.appetite_breached", &Finding::rule);
  ASSERT_NE(breach, all.end());
  EXPECT_EQ(breach->subject, (Subject{"appetite", "bad-year"}));
  EXPECT_TRUE(breach->message.contains("A loss above EUR 200,000 is")) << breach->message;
  EXPECT_TRUE(breach->message.contains("The ransomware")) << breach->message;
}

}  // namespace
}  // namespace tiebeam::risk
