// The product's side of the forecast: which weeks it stands on, the two questions, several streams,
// what it refuses, and that every figure follows from its evidence.
#include "rooms/flow/engine/forecast/forecast.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "rooms/flow/engine/forecast/figures.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::Org;

const Instant kStart = testing::at("2023-01-02T10:00:00Z");  // a Monday

// `weeks` weeks of work of one stream, `counts(week)` items finished in each, two days after they
// began; one more is open for every `open`.
template <class F>
void add_weeks(Org& org, std::string_view stream, int weeks, F counts, int open = 0) {
  for (int week = 0; week < weeks; ++week) {
    const int count = counts(week);
    for (int i = 0; i < count; ++i) {
      const std::string item =
          std::string(stream) + "-" + std::to_string(week) + "-" + std::to_string(i);
      const Instant begun = kStart + days{7 * week} + hours{i % 40};
      org.event(item, begun, "Active");
      org.event(item, begun + days{2}, "Closed");
      if (!stream.empty()) org.created(item, begun, {}, stream);
    }
  }
  for (int i = 0; i < open; ++i) {
    const std::string item = std::string(stream) + "-open-" + std::to_string(i);
    org.event(item, kStart + days{7 * (weeks - 1)}, "Active");
    if (!stream.empty()) org.created(item, kStart + days{7 * (weeks - 1)}, {}, stream);
  }
}
// Repeatable weeks between low and high.
auto any_between(int low, int high, std::uint64_t seed) {
  return [low, high, seed](int week) {
    std::mt19937_64 rng(seed * 1000 + static_cast<std::uint64_t>(week));
    return low + static_cast<int>(rng() % static_cast<std::uint64_t>(high - low + 1));
  };
}
FlowReport report_at(Org& org, Instant as_of) {
  return compute_report(org.snapshot(), {.as_of = as_of, .from = {}, .to = {}});
}
FlowReport report_after(Org& org, int weeks) { return report_at(org, kStart + days{7 * weeks}); }
ForecastQuestion ask(const FlowReport& report, std::string_view items, std::string_view by = {},
                     std::string_view streams = {}, std::string_view split = {}) {
  auto question = parse_question(report, items, by, streams, split);
  TB_CHECK(question.has_value(), question.error().message);
  return *std::move(question);
}

TEST(History, StandsOnFullWeeksCountedBackFromTheStartOfTheDay) {
  Org org;
  add_weeks(org, "", 20, [](int) { return 3; });
  // Monday 10:00 of week 20: weeks end on Mondays at 00:00, as the work began on Mondays.
  const FlowReport report = report_after(org, 20);
  const History history = history_of_all(report);
  EXPECT_EQ(format_day(history.today), "2023-05-22");
  ASSERT_FALSE(history.weeks.empty());
  EXPECT_EQ(history.weeks.back().to, history.today);
  // The first week starts before the first event (10:00 of its Monday): it is not full.
  EXPECT_EQ(history.weeks.size(), 19U);
  for (const HistoryWeek& week : history.weeks) EXPECT_EQ(week.finished, 3U);
  EXPECT_EQ(history.series.number.back(), -1);
  EXPECT_EQ(history.series.end, 0);
}

TEST(History, WhatFinishedOnTheDayOfTheAsOfIsNotInAnyWeek) {
  Org org;
  add_weeks(org, "", 20, [](int) { return 3; });
  org.event("late", kStart + days{140}, "Active").event("late", kStart + days{140}, "Closed");
  EXPECT_EQ(history_of_all(report_after(org, 20)).finished, 57U);
}

TEST(History, EveryFinishIsInTheWeekItsEvidenceSays) {
  Org org;
  Zone berlin;
  berlin.name = "Europe/Berlin";
  berlin.steps = {{testing::at("2022-10-30T01:00:00Z"), hours{1}},
                  {testing::at("2023-03-26T01:00:00Z"), hours{2}},
                  {testing::at("2023-10-29T01:00:00Z"), hours{1}}};
  org.snapshot().zones.emplace("Europe/Berlin", berlin);
  org.snapshot().organisation.zone = "Europe/Berlin";
  std::mt19937_64 rng(3);
  std::vector<std::int64_t> finishes;
  for (int i = 0; i < 400; ++i) {
    const Instant end = kStart + hours{rng() % 8000} + std::chrono::minutes{rng() % 60};
    org.event("I-" + std::to_string(i), end - hours{1}, "Active");
    org.event("I-" + std::to_string(i), end, "Closed");
    finishes.push_back(end.time_since_epoch().count());
  }
  const FlowReport report = report_at(org, testing::at("2023-11-20T22:30:00Z"));
  const History history = history_of_all(report);
  EXPECT_EQ(history.zone, "Europe/Berlin");
  std::vector<std::uint32_t> counts(history.weeks.size(), 0);
  for (const std::int64_t at : finishes) {
    if (const auto week = week_of(report, history, at)) ++counts[*week];
  }
  for (std::size_t i = 0; i < counts.size(); ++i) EXPECT_EQ(counts[i], history.weeks[i].finished);
}

TEST(History, ShutdownsAreLeftOutOfPastAndFuture) {
  Org org;
  add_weeks(org, "payroll", 60, [](int week) { return week >= 50 && week < 52 ? 0 : 5; });
  const FlowReport without = report_after(org, 60);
  WorkCalendar office;
  office.id = "office";
  for (int day = 0; day < 14; ++day)
    office.holidays.push_back(format_day(day_of(kStart + days{7 * 50 + day})));
  for (int day = 0; day < 7; ++day)
    office.holidays.push_back(format_day(day_of(kStart + days{7 * 61 + day})));
  org.record(office);
  ValueStream stream;
  stream.id = "payroll";
  stream.calendar = Id<"calendar">("office");
  org.record(stream);
  const FlowReport report = report_after(org, 60);
  const History history = history_of_all(report);
  EXPECT_EQ(std::ranges::count_if(history.weeks, &HistoryWeek::is_shutdown), 2);
  EXPECT_EQ(history.series.size(), history.weeks.size() - 2);
  const auto working = working_weeks_ahead(report, history, 4);
  EXPECT_EQ(working, (std::vector<std::size_t>{0, 1, 1, 2, 3}));
  const Forecast with = compute_forecast(report, ask(report, "5"));
  const Forecast plain = compute_forecast(without, ask(without, "5"));
  EXPECT_TRUE(with.steps[1].is_shutdown);
  EXPECT_EQ(with.steps[1].finished, with.steps[0].finished);
  // Without two empty weeks the median is five a week again.
  EXPECT_EQ(with.answers.p50, 1U);
  EXPECT_GT(*with.steps[0].done, *plain.steps[0].done);
  EXPECT_EQ(with.warnings.size(), 2U);
}

TEST(Forecast, WhenAndHowManyAreTwoSidesOfOneAnswer) {
  Org org;
  add_weeks(org, "", 90, any_between(2, 12, 5), 4);
  const FlowReport report = report_after(org, 90);
  for (const int items : {1, 10, 30, 75}) {
    const Forecast when = compute_forecast(report, ask(report, std::to_string(items)));
    ASSERT_EQ(when.answers.status, Status::ok);
    EXPECT_LE(*when.answers.p50, *when.answers.p85);
    EXPECT_LE(*when.answers.p85, *when.answers.p95);
    for (const auto& [weeks, sure] :
         {std::pair{*when.answers.p50, 50}, {*when.answers.p85, 85}, {*when.answers.p95, 95}}) {
      const auto most = [&](std::size_t week) {
        const Forecast many =
            compute_forecast(report, ask(report, {}, format_day(day_ahead(when.history, week))));
        return sure == 50 ? *many.answers.p50 : sure == 85 ? *many.answers.p85 : *many.answers.p95;
      };
      EXPECT_GE(most(weeks), static_cast<std::size_t>(items));
      if (weeks > 1) {
        EXPECT_LE(most(weeks - 1), static_cast<std::size_t>(items));
      }
    }
    EXPECT_EQ(when.history.open, 4U);
  }
}

TEST(Forecast, ChancesRiseWithTimeAndFallWithWork) {
  Org org;
  add_weeks(org, "", 90, any_between(0, 9, 11));
  const FlowReport report = report_after(org, 90);
  std::vector<ForecastStep> fewer;
  for (const char* items : {"5", "20", "40", "20-60", "80"}) {
    const Forecast forecast = compute_forecast(report, ask(report, items));
    double before = 0;
    for (const ForecastStep& step : forecast.steps) {
      ASSERT_GE(*step.done, before);
      before = *step.done;
      ASSERT_TRUE(std::ranges::is_sorted(step.finished));
    }
    for (std::size_t i = 0; i < std::min(fewer.size(), forecast.steps.size()); ++i) {
      if (std::string_view(items) != "20-60") {
        ASSERT_LE(*forecast.steps[i].done, *fewer[i].done);
      }
    }
    if (std::string_view(items) != "20-60") fewer = forecast.steps;
  }
  std::size_t before = 0;
  for (int day = 1; day < 40; ++day) {
    const Forecast forecast = compute_forecast(
        report,
        ask(report, {},
            format_day(Day{std::chrono::local_days{history_of_all(report).today} + days{day}})));
    ASSERT_GE(*forecast.answers.p50, before);
    before = *forecast.answers.p50;
    ASSERT_GE(*forecast.answers.p50, *forecast.answers.p85);
    ASSERT_GE(*forecast.answers.p85, *forecast.answers.p95);
  }
}

TEST(Forecast, AllStreamsHaveToFinish) {
  Org org;
  add_weeks(org, "fast", 80, any_between(6, 12, 1));
  add_weeks(org, "slow", 80, any_between(1, 4, 2));
  const FlowReport report = report_after(org, 80);
  const Forecast both = compute_forecast(report, ask(report, "30", {}, "fast,slow"));
  const Forecast fast = compute_forecast(report, ask(report, "30", {}, "fast"));
  const Forecast slow = compute_forecast(report, ask(report, "30", {}, "slow"));
  ASSERT_EQ(both.streams.size(), 2U);
  EXPECT_EQ(both.streams[0].answers.p85, fast.answers.p85);
  EXPECT_EQ(both.streams[1].answers.p85, slow.answers.p85);
  EXPECT_GE(*both.answers.p85, std::max(*fast.answers.p85, *slow.answers.p85));
  for (std::size_t i = 0; i < std::min({both.steps.size(), fast.steps.size(), slow.steps.size()});
       ++i)
    EXPECT_NEAR(*both.steps[i].done, *fast.steps[i].done * *slow.steps[i].done, 1e-12);
  EXPECT_NE(both.warnings.front().find("independent"), std::string::npos);
  const Forecast each = compute_forecast(report, ask(report, "60,10", {}, "fast,slow"));
  EXPECT_EQ(each.streams[0].scope, "60");
  EXPECT_EQ(each.streams[1].scope, "10");
  // Together they finish about as much as both.
  const std::string by = format_day(day_ahead(fast.history, 8));
  const Forecast many = compute_forecast(report, ask(report, {}, by, "fast,slow"));
  EXPECT_GT(*many.answers.p50, *compute_forecast(report, ask(report, {}, by, "fast")).answers.p50);
  EXPECT_EQ(many.history.finished, fast.history.finished + slow.history.finished);
}

// Where a slow stream holds the open work, one pace of all work would say far too early.
TEST(Forecast, OpenWorkIsDoneAtThePaceOfItsOwnStream) {
  Org org;
  add_weeks(org, "fast", 80, any_between(20, 30, 1), 2);
  add_weeks(org, "slow", 80, any_between(1, 3, 2), 20);
  add_weeks(org, "young", 3, any_between(1, 2, 3), 4);
  const FlowReport report = report_after(org, 80);
  const Forecast open = compute_forecast(report, ask(report, "open"));
  ASSERT_EQ(open.streams.size(), 2U);
  EXPECT_EQ(open.streams[0].scope + " " + open.streams[1].scope, "2 20");
  ASSERT_EQ(open.question.left_out.size(), 1U);
  EXPECT_TRUE(open.question.left_out[0].starts_with("4 items in progress in young are left out: "))
      << open.question.left_out[0];
  const Forecast slow = compute_forecast(report, ask(report, "20", {}, "slow"));
  EXPECT_EQ(open.answers.p85, slow.answers.p85);
  const Forecast pooled = compute_forecast(report, ask(report, "26"));
  EXPECT_GT(*open.answers.p50, 3 * *pooled.answers.p50);
  const Forecast chosen = compute_forecast(report, ask(report, "open", {}, "fast"));
  EXPECT_EQ(chosen.streams.front().scope, "2");
  EXPECT_EQ(parse_question(report, "open", {}, "fast,young", {})->streams.size(), 2U);
}

TEST(Forecast, OpenWorkOfStreamsWithoutAPaceIsTakenAsOne) {
  Org org;
  for (const char* name : {"a", "b", "c"})
    add_weeks(org, name, 12, [](int week) { return week % 4 == 0 ? 1 : 0; }, 1);
  const FlowReport report = report_after(org, 12);
  const Forecast open = compute_forecast(report, ask(report, "open"));
  ASSERT_EQ(open.streams.size(), 1U);
  EXPECT_EQ(open.streams.front().scope, "3");
  EXPECT_TRUE(open.answers.p50);
  Org idle;
  add_weeks(idle, "a", 12, [](int) { return 1; });
  const FlowReport none = report_after(idle, 12);
  EXPECT_EQ(parse_question(none, "open", {}, {}, {}).error().code, "flow.forecast_nothing_open");
}

TEST(Forecast, RefusesWithAReasonAndSaysHowMuchIsNeeded) {
  Org none;
  const FlowReport empty = report_after(none, 1);
  EXPECT_EQ(compute_forecast(empty, ask(empty, "5")).answers.status, Status::too_few);
  Org short_one;
  add_weeks(short_one, "", 6, [](int) { return 4; });
  const FlowReport report = report_after(short_one, 6);
  const Forecast refused = compute_forecast(report, ask(report, "5"));
  EXPECT_EQ(refused.answers.status, Status::too_few);
  EXPECT_NE(refused.answers.reason.find(std::to_string(kWeeksNeeded) + " are needed"),
            std::string::npos)
      << refused.answers.reason;
  Org open;
  for (int i = 0; i < 90; ++i) open.event("O-" + std::to_string(i), kStart + days{i}, "Active");
  Org at_once;  // 50 on the day of the as-of: something was finished, but no week has passed
  for (int i = 0; i < 50; ++i) {
    const std::string item = "D-" + std::to_string(i);
    at_once.event(item, kStart, "Active").event(item, kStart + std::chrono::hours{5}, "Closed");
  }
  const FlowReport young = compute_report(at_once.snapshot(), {});
  const Forecast no_week = compute_forecast(young, ask(young, "5"));
  EXPECT_TRUE(
      no_week.answers.reason.starts_with("50 items of all work are finished, but no full week"))
      << no_week.answers.reason;
  const FlowReport never = report_after(open, 20);
  EXPECT_NE(compute_forecast(never, ask(never, "5")).answers.reason.find("never finished"),
            std::string::npos);
  Org rare;
  add_weeks(rare, "", 60, [](int week) { return week % 20 == 0 ? 1 : 0; });
  add_weeks(rare, "", 1, [](int) { return 0; }, 3);
  const FlowReport few = report_after(rare, 60);
  EXPECT_EQ(compute_forecast(few, ask(few, "5")).answers.status, Status::too_few);
}

TEST(Forecast, BeyondItsReachItSaysSo) {
  Org org;
  add_weeks(org, "", 30, any_between(0, 3, 9));
  const FlowReport report = report_after(org, 30);
  const Forecast far = compute_forecast(report, ask(report, "5000"));
  EXPECT_EQ(far.answers.status, Status::not_reached);
  EXPECT_FALSE(far.answers.p85);
  const auto figures = answer_figures(report, far);
  EXPECT_EQ(figures[1].low, 7.0 * static_cast<double>(far.weeks_ahead));
  const Forecast late = compute_forecast(report, ask(report, {}, "2031-01-01"));
  EXPECT_EQ(late.answers.status, Status::not_reached);
}

TEST(Forecast, SameQuestionSameAnswerWhateverCameLater) {
  Org org;
  add_weeks(org, "", 70, any_between(1, 9, 21));
  const FlowReport before = report_after(org, 60);
  Org more;
  add_weeks(more, "", 60, any_between(1, 9, 21));
  add_weeks(more, "z", 5, [](int) { return 30; });
  Org same;
  add_weeks(same, "", 60, any_between(1, 9, 21));
  const FlowReport short_report = report_after(same, 60);
  const Forecast a = compute_forecast(before, ask(before, "37"));
  const Forecast b = compute_forecast(short_report, ask(short_report, "37"));
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    EXPECT_EQ(a.steps[i].done, b.steps[i].done);
    EXPECT_EQ(a.steps[i].finished, b.steps[i].finished);
  }
}

// Whatever the log and the question: an answer or a reason, never both missing, in the right order.
TEST(Forecast, RandomLogsGetAnAnswerOrAReason) {
  std::mt19937_64 rng(20240301);
  std::size_t answered = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    Org org;
    for (const auto& event : testing::random_events(rng, 1 + static_cast<int>(rng() % 150)))
      testing::add(org, event);
    if (round % 2 == 0)
      add_weeks(org, round % 4 == 0 ? "" : "s", 40, any_between(0, 6, rng() % 50));
    const FlowReport report = report_at(org, testing::at("2023-06-01") + hours{rng() % 15'000});
    const std::string today = format_day(history_of_all(report).today);
    const std::string items = std::to_string(1 + rng() % 200);
    const bool is_when = rng() % 2 == 0;
    auto question = parse_question(report, is_when ? items : "", is_when ? "" : "2025-06-30", "",
                                   is_when && rng() % 3 == 0 ? "0.4" : "");
    ASSERT_TRUE(question) << question.error().message << today;
    const Forecast forecast = compute_forecast(report, *question);
    const Answers& all = forecast.answers;
    EXPECT_EQ(all.reason.empty(), all.status == Status::ok);
    if (all.status == Status::ok) {
      ++answered;
      ASSERT_TRUE(all.p50 && all.p85 && all.p95);
      EXPECT_TRUE(is_when ? *all.p50 <= *all.p85 && *all.p85 <= *all.p95
                          : *all.p50 >= *all.p85 && *all.p85 >= *all.p95);
    }
    for (const Figure& figure : answer_figures(report, forecast))
      EXPECT_EQ(figure.has_value(), figure.status == Status::ok) << figure.reason;
    std::uint32_t finished = 0;
    for (const HistoryWeek& week : forecast.history.weeks) finished += week.finished;
    EXPECT_LE(finished, report.walked.items.size());
  }
  EXPECT_GT(answered, 10U);
}

TEST(Scope, ARangeIsALognormalBetweenItsFivePercentEnds) {
  const auto points = points_of({.low = 20, .high = 40});
  double weight = 0, below_20 = 0, above_40 = 0;  // an item on the border is half on each side
  for (const ScopePoint& point : points) {
    weight += point.weight;
    below_20 += point.items < 20 ? point.weight : point.items == 20 ? point.weight / 2 : 0;
    above_40 += point.items > 40 ? point.weight : point.items == 40 ? point.weight / 2 : 0;
  }
  EXPECT_NEAR(weight, 1, 1e-12);
  EXPECT_NEAR(below_20, 0.05, 2e-3);
  EXPECT_NEAR(above_40, 0.05, 2e-3);
  // By hand: exp(mu + sigma^2 / 2) with mu = ln sqrt(800), sigma = ln 2 / (2 x 1.644854).
  const double sigma = std::log(2.0) / (2 * 1.6448536);
  EXPECT_NEAR(mean_of(points), std::sqrt(800.0) * std::exp(sigma * sigma / 2), 0.02);
}

TEST(Scope, WhatComesUpAddsItsShare) {
  EXPECT_NEAR(mean_of(points_of({.low = 50, .high = 50, .split = 0.3})), 65, 1e-6);
  EXPECT_NEAR(mean_of(points_of({.low = 20, .high = 40, .split = 1})),
              2 * mean_of(points_of({.low = 20, .high = 40})), 0.01);
  const auto large = points_of({.low = 20'000, .high = 60'000, .split = 0.5});
  EXPECT_LT(large.size(), 4000U);
  double weight = 0;
  for (const ScopePoint& point : large) weight += point.weight;
  EXPECT_NEAR(weight, 1, 1e-9);
  const double plain = mean_of(points_of({.low = 20'000, .high = 60'000}));
  EXPECT_NEAR(mean_of(large), 1.5 * plain, 0.01 * plain);
}

TEST(Question, FaultsAreToldWithTheirNextStep) {
  Org org;
  add_weeks(org, "payroll", 20, [](int) { return 3; });
  const FlowReport report = report_after(org, 20);
  const auto code = [&](std::string_view items, std::string_view by, std::string_view streams,
                        std::string_view split) {
    const auto asked = parse_question(report, items, by, streams, split);
    return asked ? std::string("ok") : asked.error().code;
  };
  EXPECT_EQ(code("", "", "", ""), "flow.forecast_no_question");
  EXPECT_EQ(code("3", "2024-01-01", "", ""), "flow.forecast_two_questions");
  for (const char* bad : {"0", "-3", "x", "3-", "9-3", "1-1000", "3.5", "99999999", "1e9", "3-5-7"})
    EXPECT_EQ(code(bad, "", "", ""), "flow.forecast_bad_items") << bad;
  for (const char* bad : {"2020-01-01", "2023-05-22", "soon", "2023-13-01"})
    EXPECT_EQ(code("", bad, "", ""), "flow.forecast_bad_date") << bad;
  EXPECT_EQ(code("", "2023-05-23", "", ""), "ok");
  EXPECT_EQ(code("3", "", "payrol", ""), "flow.no_such_stream");
  EXPECT_EQ(code("3", "", "", "x"), "flow.forecast_bad_split");
  EXPECT_EQ(code("3", "", "", "-1"), "flow.forecast_bad_split");
  EXPECT_EQ(code("", "2024-01-01", "", "0.2"), "flow.forecast_bad_split");
  EXPECT_EQ(code("3,4", "", "payroll", ""), "flow.forecast_items_count");
  EXPECT_EQ(code("3", "", "payroll", "0.5"), "ok");
}

TEST(ForecastFigures, FollowFromTheirFormulaAndTheirEvidence) {
  std::mt19937_64 rng(8);
  for (int round = 0; round < 8; ++round) {
    SCOPED_TRACE(round);
    Org org;
    const int weeks = 14 + static_cast<int>(rng() % 110);
    const int most = 1 + static_cast<int>(rng() % 20);
    add_weeks(org, "", weeks, any_between(0, most, rng() % 100), static_cast<int>(rng() % 12));
    if (round % 2 == 1) {  // of three streams, one of which only lends its past
      add_weeks(org, "slow", weeks, any_between(0, 2, rng() % 100), static_cast<int>(rng() % 20));
      add_weeks(org, "idle", weeks / 2, any_between(1, 9, rng() % 100));
    }
    const FlowReport report = report_after(org, weeks);
    const auto standing = standing_forecast(report);
    for (const Figure& figure : forecast_figures(report, *standing)) {
      const auto evidence = forecast_evidence(report, *standing, figure.key, 0, 1'000'000);
      if (figure.status == Status::too_few) {
        EXPECT_FALSE(figure.reason.empty());
        continue;
      }
      const auto again = recompute(figure.trail.formula, evidence);
      ASSERT_TRUE(again) << figure.key;
      if (!figure.has_value()) {
        EXPECT_FALSE(again->value);
        EXPECT_TRUE(figure.low);
        continue;
      }
      ASSERT_TRUE(again->value) << figure.key;
      EXPECT_NEAR(*again->value, figure.number(), 1e-9 * std::max(1.0, figure.number()))
          << figure.key;
      std::vector<Evidence> joined;
      for (std::size_t from = 0;; from = joined.size()) {
        const auto page = forecast_evidence(report, *standing, figure.key, from, 50);
        if (page.empty()) break;
        joined.insert(joined.end(), page.begin(), page.end());
      }
      ASSERT_EQ(joined.size(), evidence.size());
    }
  }
}

TEST(ForecastFigures, CardIsShownFromTwentyPastForecastsOn) {
  for (const int weeks : {60, 120}) {
    Org org;
    add_weeks(org, "", weeks, any_between(3, 12, 4));
    const FlowReport report = report_after(org, weeks);
    const Forecast forecast = compute_forecast(report, ask(report, "20"));
    const ReportCard& four = forecast.cards.front();
    EXPECT_EQ(four.is_calibrated(), weeks == 120);
    for (std::size_t i = 1; i < four.origins.size(); ++i)
      EXPECT_EQ(four.origins[i].origin - four.origins[i - 1].origin, 4U);
    EXPECT_EQ(four.origins.back().origin + 4, forecast.history.series.size());
  }
}

}  // namespace
}  // namespace tiebeam::flow
