// A delivery forecast: when a scope of work will be done, or how many items by a day, with the
// report card of its own past, or the reason why none can be made. Pure. docs/method/forecast.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/figure.h"
#include "rooms/flow/engine/forecast/history.h"
#include "rooms/flow/engine/forecast/outlook.h"
#include "rooms/flow/engine/forecast/report_card.h"

namespace tiebeam::flow {

// Exactly one of `scopes` and `by` is set.
struct ForecastQuestion {
  std::vector<Scope> scopes;           // when: one for each of `streams`, or one for all of them
  std::optional<Day> by;               // how many by the end of this day
  std::vector<std::uint32_t> streams;  // indices in FlowLog::streams; empty: all work
  std::vector<std::string> left_out;   // work that was asked of but has no pace, in plain words
};

// The question as text gives it: items "30", "20-40", "30,20-40" (one a stream), or "open", the
// work in progress of each stream; by "2026-03-31"; streams "payroll,portal"; split "0.2". Empty:
// not given. Errors: flow.forecast_no_question, _two_questions, _bad_items, _items_count,
// _nothing_open, _bad_date, _bad_split, flow.no_such_stream with a near miss.
[[nodiscard]] Result<ForecastQuestion> parse_question(const FlowReport& report,
                                                      std::string_view items, std::string_view by,
                                                      std::string_view streams,
                                                      std::string_view split);

// Three answers, surest last. `when`: weeks from today; `how_many`: at least so many items.
struct Answers {
  std::optional<std::size_t> p50, p85, p95;
  Status status = Status::ok;  // of the answer that is least sure
  std::string reason;          // in plain words, whenever status is not ok
};

struct StreamForecast {
  History history;
  std::string scope;  // "30", "20-40"; empty for how many
  Answers answers;
};

struct ForecastStep {
  std::size_t week = 0;  // from today
  Day date{};
  bool is_shutdown = false;
  std::optional<double> done = {};        // chance that the scope is done by then; when only
  std::array<std::size_t, 7> finished{};  // quantiles of how many are done by then, kStepShares
};
constexpr std::array<double, 7> kStepShares = {0.05, 0.15, 0.25, 0.5, 0.75, 0.85, 0.95};

struct Forecast {
  ForecastQuestion question;
  Answers answers;
  std::optional<std::size_t> low, high;  // 90 % interval of the median, same unit
  double scope_mean = 0;                 // items, with what comes up while working
  std::size_t weeks_ahead = 0;           // how far it looked
  std::size_t days_ahead = 0;            // of `by`
  History history;                       // of all streams asked for together
  std::vector<StreamForecast> streams;
  std::vector<ForecastStep> steps;
  std::vector<ReportCard> cards;  // 4, 8, 13 weeks
  std::size_t card = 0;           // the one that speaks for this question
  std::vector<std::string> warnings;
};

// When the work in progress of `streams` is done; empty: of all that have a history, each at its
// own pace, while the others are left out. Where none has, of all work as one. none: nothing is
// open.
[[nodiscard]] std::optional<ForecastQuestion> open_question(const FlowReport& report,
                                                            std::vector<std::uint32_t> streams);

// Why no forecast can be made from a history, or nothing.
[[nodiscard]] std::optional<Answers> refusal(const FlowReport& report, const History& history);

[[nodiscard]] Forecast compute_forecast(const FlowReport& report, const ForecastQuestion& question);

}  // namespace tiebeam::flow
