#include "rooms/flow/cli/forecast.h"

#include <fmt/format.h>

#include "application/table.h"
#include "application/text_file.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/flow/flow.h"
#include "rooms/flow/forecast_json.h"
#include "rooms/flow/times_file.h"

namespace tiebeam::flow {
namespace {

std::string answer_text(const Forecast& forecast, const History& history,
                        const std::optional<std::size_t>& answer) {
  if (!answer) return "not within reach";
  if (forecast.question.by) return counted(static_cast<std::int64_t>(*answer));
  return fmt::format("{} ({} {})", format_day_long(day_ahead(history, *answer)), *answer,
                     *answer == 1 ? "week" : "weeks");
}

std::string question_text(const Forecast& forecast) {
  if (forecast.question.by) {
    return fmt::format("How many of {} will be done by {}?", forecast.history.name,
                       format_day_long(*forecast.question.by));
  }
  std::string items;
  for (std::size_t i = 0; i < forecast.streams.size(); ++i) {
    const bool is_last = i + 1 == forecast.streams.size();
    items += (i == 0 ? "" : is_last ? " and " : ", ") + forecast.streams[i].scope;
  }
  const double split = forecast.question.scopes.front().split;
  return fmt::format("When will {} items{} of {} be done?", items,
                     split > 0 ? fmt::format(" (and {} more that come up for each)", split) : "",
                     forecast.history.name);
}

std::string streams_text(const Forecast& forecast) {
  if (forecast.streams.size() < 2) return {};
  cli::TextTable table({"value stream", ">items", ">50 of 100", ">85 of 100", ">95 of 100"});
  for (const StreamForecast& each : forecast.streams) {
    const Answers& answers = each.answers;
    table.add({cli::fit(each.history.name, 24), each.scope,
               answer_text(forecast, each.history, answers.p50),
               answer_text(forecast, each.history, answers.p85),
               answer_text(forecast, each.history, answers.p95)});
  }
  return "\nEach stream alone\n" + table.text();
}

std::string card_text(const Forecast& forecast) {
  if (forecast.cards.empty()) return {};
  std::string out = "\nHow sure were we before\n";
  const ReportCard& best = forecast.cards[forecast.card];
  if (!best.is_calibrated()) return out + cli::wrap(best.reason());
  cli::TextTable table({">weeks", ">forecasts", ">85 of 100 kept", ">95 of 100 kept",
                        ">inside 90 of 100", ">gain on 12-week draws"});
  for (const ReportCard& card : forecast.cards) {
    if (!card.is_calibrated()) continue;
    table.add({counted(static_cast<std::int64_t>(card.weeks)),
               counted(static_cast<std::int64_t>(card.origins.size())),
               in_words(card.held_p85, "share"), in_words(card.held_p95, "share"),
               in_words(card.coverage_90, "share"), in_words(1 - card.crps_ratio, "share")});
  }
  return out + table.text();
}

std::string history_text(const Forecast& forecast) {
  const History& history = forecast.history;
  if (history.weeks.empty()) return {};
  return cli::wrap(
      fmt::format("\nFrom {} items finished in {} full weeks, {} to {}; {} in progress now.",
                  counted(static_cast<std::int64_t>(history.finished)), history.series.size(),
                  format_day_long(history.weeks.front().from), format_day_long(history.today),
                  counted(static_cast<std::int64_t>(history.open))));
}

std::string forecast_text(const Forecast& forecast, const std::vector<std::string>& warnings) {
  std::string out = question_text(forecast) + "\n\n";
  const Answers& answers = forecast.answers;
  if (answers.p50 || answers.p85 || answers.p95) {
    cli::TextTable table(
        {"in so many of 100 such cases", forecast.question.by ? ">at least" : ">by"});
    table.add({"50", answer_text(forecast, forecast.history, answers.p50)});
    table.add({"85", answer_text(forecast, forecast.history, answers.p85)});
    table.add({"95", answer_text(forecast, forecast.history, answers.p95)});
    out += table.text();
  }
  if (answers.status != Status::ok) out += cli::wrap("no full answer: " + answers.reason);
  out += streams_text(forecast) + card_text(forecast) + history_text(forecast);
  if (!warnings.empty() || !forecast.warnings.empty()) out += "\n";
  for (const std::string& warning : warnings) out += cli::wrap("warning: " + warning);
  for (const std::string& warning : forecast.warnings) out += cli::wrap("warning: " + warning);
  return out;
}

Result<Answer> run_forecast(const Asking& asking) {
  const FlowReport& report = *report_of(*asking.book);
  const AskedForecast asked{comma_joined(asking.option("--items")), asking.option("--by"),
                            comma_joined(asking.option("--stream")), asking.option("--split")};
  TB_TRY(const ForecastQuestion question,
         parse_question(report, asked.items, asked.by, asked.streams, asked.split));
  const Forecast forecast = compute_forecast(report, question);
  std::vector<std::string> warnings = asking.warnings;
  warnings.insert(warnings.end(), report.log.faults.begin(), report.log.faults.end());
  Answer answer;
  if (asking.json) {
    answer.json = forecast_json(report, forecast, asking.book->all("flow.forecast."), warnings,
                                asking.recompute + options_text(asked));
  } else {
    answer.text = forecast_text(forecast, warnings);
  }
  return answer;
}

std::string backtest_text(const Backtest& result) {
  cli::TextTable table({">weeks", ">series", ">forecasts", ">error / 12-week draws",
                        ">85 of 100 kept", ">95 of 100 kept", ">inside 90 of 100"});
  for (const HorizonRow& row : result.horizons) {
    table.add({counted(static_cast<std::int64_t>(row.weeks)),
               counted(static_cast<std::int64_t>(row.series)),
               counted(static_cast<std::int64_t>(row.origins)), rounded(row.crps_ratio),
               in_words(row.held_p85, "share"), in_words(row.held_p95, "share"),
               in_words(row.coverage_90, "share")});
  }
  std::string out = table.text();
  if (result.when) {
    const WhenRow& row = *result.when;
    out += "\n" + cli::wrap(fmt::format(
                      "When will 8 weeks of work be done, asked {} times: error {} against 12-week "
                      "draws; 85 of 100 kept {}, 95 of 100 kept {}.",
                      row.origins, rounded(row.crps_ratio), in_words(row.held_p85, "share"),
                      in_words(row.held_p95, "share")));
  }
  for (const std::string& each : result.left_out) out += cli::wrap("left out: " + each);
  return out;
}

Result<Answer> run_backtest(const Asking& asking) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 28;
  TB_TRY(const TextFile file, read_text_file(asking.option(kOwnFile), kMostBytes));
  TB_TRY(const std::vector<Times> times,
         read_times(file.name, std::string_view(file.text).substr(file.skip), file.csv));
  const Backtest result = backtest(times);
  if (result.horizons.front().series == 0) {
    Error error{.kind = Kind::invalid,
                .code = "flow.backtest_too_short",
                .message = fmt::format("{}: no series takes part in the backtest", file.name),
                .detail = fmt::format("{}", fmt::join(result.left_out, "\n")),
                .hint = "give at least one series of 130 weeks with one finished item a week",
                .field = {}};
    return std::unexpected(std::move(error));
  }
  Answer answer;
  answer.text = backtest_text(result);
  answer.json = backtest_json(result, asking.warnings);
  return answer;
}

}  // namespace

Command forecast_command() {
  return {.room = "flow",
          .name = "forecast",
          .help = "when a number of items is done, or how many are done by a day",
          .details =
              "Exact, from the weeks of finished work; with how its own past forecasts did.\n"
              "Method: docs/method/forecast.md.",
          .takes_file = true,
          .options = {{.name = "--items",
                       .takes = "N|LOW-HIGH|open",
                       .help = "when are so many done; a range holds it nine times in ten; one "
                               "for each --stream, or one for all; open: what is in progress, each "
                               "stream at its own pace",
                       .choices = {},
                       .many = true},
                      {.name = "--by",
                       .takes = "DATE",
                       .help = "how many are done by this day",
                       .choices = {}},
                      {.name = "--stream",
                       .takes = "ID",
                       .help = "of this value stream; several: all have to finish",
                       .choices = {},
                       .many = true},
                      {.name = "--split",
                       .takes = "RATE",
                       .help = "further items that come up for each one, as in 0.2",
                       .choices = {}}},
          .run = run_forecast};
}

Command backtest_command() {
  return {.room = "flow",
          .name = "backtest",
          .help = "score the forecast on the past of many series",
          .details =
              "FILE: CSV with series,merged_at_unix, one row a finished piece of work.\n"
              "Protocol: docs/method/forecast.md.",
          .takes_file = false,
          .own_file = "finish times, CSV with the columns series,merged_at_unix",
          .options = {},
          .run = run_backtest};
}

}  // namespace tiebeam::flow
