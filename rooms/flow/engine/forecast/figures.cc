#include "rooms/flow/engine/forecast/figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/forecast.md";
constexpr std::size_t kCardHorizon = 4;

struct Line {
  const char* name;
  double sure;
  int in_100;
};
constexpr Line kLines[] = {{"p50", 0.5, 50}, {"p85", 0.85, 85}, {"p95", 0.95, 95}};

FigureSpec spec(std::string key, std::string label, std::string unit, std::string formula,
                std::vector<std::string> reads = {}) {
  return {std::move(key),  std::move(label), std::move(unit), std::move(formula), kMethod, 1,
          std::move(reads)};
}

std::vector<FigureSpec> make_specs() {
  std::vector<FigureSpec> out;
  for (const int weeks : {4, 13}) {
    for (const Line& line : kLines) {
      out.push_back(spec(
          fmt::format("flow.forecast.weeks{}.{}", weeks, line.name),
          fmt::format("At least so many done in the next {} weeks, in {} of 100 cases", weeks,
                      line.in_100),
          "items",
          fmt::format("forecast at {} of how many are finished in {} weeks", line.sure, weeks)));
    }
  }
  for (const Line& line : kLines) {
    out.push_back(spec(
        fmt::format("flow.forecast.open.{}", line.name),
        fmt::format("What is in progress is done within, in {} of 100 cases", line.in_100), "days",
        fmt::format("forecast at {} of the days until the items in progress of each stream, at its "
                    "own pace, are finished",
                    line.sure),
        {"flow.load.now"}));
  }
  out.push_back(spec("flow.forecast.card.origins", "Past forecasts of 4 weeks that can be scored",
                     "forecasts", "count of past forecasts that do not overlap"));
  out.push_back(
      spec("flow.forecast.card.held_p85", "Past promises of 85 of 100 that were kept", "share",
           "ratio of sums of forecasts with at least the 15 % quantile finished / forecasts"));
  out.push_back(spec("flow.forecast.card.coverage", "Past ranges of 90 of 100 that held what came",
                     "share",
                     "ratio of sums of forecasts with what came between 5 and 95 % / forecasts"));
  out.push_back(spec(
      "flow.forecast.card.skill", "Better than drawing from the last 12 weeks by", "share",
      "ratio of sums of (score of the 12-week bootstrap - own score) / score of the bootstrap"));
  return out;
}

// The finished items of a history and the files they came in.
void rest_on(const FlowReport& report, const History& history, Figure& figure) {
  TrailInput input;
  input.record_type = "work_item";
  input.count = static_cast<std::int64_t>(history.finished);
  input.filter = fmt::format("finished in the {} full weeks before {}", history.series.size(),
                             format_day(history.today));
  figure.trail.inputs.push_back(std::move(input));
  figure.n = static_cast<std::int64_t>(history.finished);
  const auto counted = std::ranges::find(report.figures, "flow.finished", &Figure::key);
  if (counted == report.figures.end()) return;
  for (const TrailInput& each : counted->trail.inputs) {
    if (!each.import_id.empty() || each.record_type == "value_stream")
      figure.trail.inputs.push_back(each);
  }
}

void set_days(Figure& figure, const History& history, std::optional<std::size_t> weeks,
              std::size_t looked, std::string_view reason) {
  if (weeks) {
    figure.value = 7.0 * static_cast<double>(*weeks);
    figure.trail.notes.push_back(fmt::format("by {}", format_day(day_ahead(history, *weeks))));
    return;
  }
  say(figure, Status::not_reached, std::string(reason));
  figure.low = 7.0 * static_cast<double>(looked);
}

const std::optional<std::size_t>& answer_at(const Answers& answers, const Line& line) {
  return line.in_100 == 50 ? answers.p50 : line.in_100 == 85 ? answers.p85 : answers.p95;
}

class Maker {
 public:
  Maker(const FlowReport& report, const StandingForecast& standing)
      : report_(report), standing_(standing) {
    for (const FigureSpec& each : forecast_specs())
      out_.push_back(blank_figure(each, report.as_of));
  }
  std::vector<Figure> all() {
    for (Figure& figure : out_) rest_on(report_, standing_.history, figure);
    if (standing_.refused) {
      for (Figure& figure : out_) say(figure, standing_.refused->status, standing_.refused->reason);
      return std::move(out_);
    }
    next_weeks();
    open_work();
    card();
    return std::move(out_);
  }

 private:
  Figure& at(std::string_view key) {
    const auto found = std::ranges::find(out_, key, &Figure::key);
    TB_CHECK(found != out_.end(), "every figure is declared");
    return *found;
  }
  void next_weeks() {
    for (const std::size_t weeks : {4UZ, 13UZ}) {
      for (const Line& line : kLines) {
        Figure& figure = at(fmt::format("flow.forecast.weeks{}.{}", weeks, line.name));
        figure.value = static_cast<double>(standing_.outlook->how_many(7 * weeks, 1 - line.sure));
        note(figure);
      }
      Figure& middle = at(fmt::format("flow.forecast.weeks{}.p50", weeks));
      middle.interval =
          Interval{static_cast<double>(standing_.outlook->how_many(7 * weeks, 0.05)),
                   static_cast<double>(standing_.outlook->how_many(7 * weeks, 0.95)), 0.9};
    }
  }
  void open_work() {
    for (const Line& line : kLines) {
      Figure& figure = at(fmt::format("flow.forecast.open.{}", line.name));
      if (!standing_.open) {
        say(figure, Status::too_few, "nothing is in progress");
        continue;
      }
      const Forecast& open = *standing_.open;
      rest_on_streams(open, figure);
      const Answers& answers = open.answers;
      figure.trail.formula = fmt::format(
          "forecast at {} of the days until {} items are finished{}", line.sure, open.history.open,
          open.streams.size() > 1 ? ", each stream at its own pace" : "");
      set_days(figure, open.history, answer_at(answers, line), open.weeks_ahead, answers.reason);
      note(figure);
      for (const std::string& warning : open.warnings) figure.trail.notes.push_back(warning);
      figure.trail.notes.emplace_back("new work does not go first");
    }
  }
  // Beside the streams asked of, the others lend the errors of their past.
  void rest_on_streams(const Forecast& open, Figure& figure) const {
    if (open.question.streams.empty()) return;
    std::size_t finished = 0;
    for (const History& each : standing_.each) finished += each.finished;
    figure.n = static_cast<std::int64_t>(finished);
    TrailInput& input = figure.trail.inputs.front();
    input.count = *figure.n;
    input.filter = fmt::format("finished in the full weeks of each stream before {}",
                               format_day(open.history.today));
  }
  void note(Figure& figure) const {
    if (!standing_.card.is_calibrated()) figure.trail.notes.push_back(standing_.card.reason());
  }
  void card() {
    const ReportCard& card = standing_.card;
    const auto n = static_cast<std::int64_t>(card.origins.size());
    at("flow.forecast.card.origins").value = static_cast<double>(n);
    const std::pair<const char*, double> values[] = {
        {"flow.forecast.card.held_p85", card.held_p85},
        {"flow.forecast.card.coverage", card.coverage_90},
        {"flow.forecast.card.skill", 1 - card.crps_ratio}};
    for (const auto& [key, value] : values) {
      Figure& figure = at(key);
      figure.n = n;
      if (!card.is_calibrated()) {
        say(figure, Status::too_few, card.reason());
        continue;
      }
      figure.value = value;
      if (figure.key.ends_with("skill")) continue;
      const auto count = static_cast<double>(n);
      const quant::Spread spread = quant::wilson(std::round(value * count), count);
      figure.interval = Interval{spread.low, spread.high, quant::kLevel};
    }
  }

  const FlowReport& report_;
  const StandingForecast& standing_;
  std::vector<Figure> out_;
};

std::string answer_key(const Forecast& forecast, std::string_view line) {
  std::string what = forecast.question.by ? "by=" + format_day(*forecast.question.by) : "items=";
  if (!forecast.question.by) {
    for (const StreamForecast& each : forecast.streams)
      what += (what.ends_with('=') ? "" : "+") + each.scope;
  }
  return fmt::format("flow.forecast[{}].{}", what, line);
}

Figure answer_figure(const FlowReport& report, const Forecast& forecast, const Line& line,
                     std::optional<std::size_t> answer) {
  const bool is_when = !forecast.question.by;
  const double at = is_when ? line.sure : 1 - line.sure;
  FigureSpec made = spec(
      answer_key(forecast, line.name),
      is_when ? fmt::format("Done within, in {} of 100 cases", line.in_100)
              : fmt::format("At least so many done, in {} of 100 cases", line.in_100),
      is_when ? "days" : "items",
      is_when ? fmt::format("first full week by which the chance of being done is {} or more", at)
              : fmt::format("least number that a share {} of the forecast does not exceed", at));
  Figure figure = blank_figure(made, report.as_of);
  rest_on(report, forecast.history, figure);
  const Answers& all = forecast.answers;
  if (all.status == Status::too_few) {
    say(figure, all.status, all.reason);
  } else if (is_when) {
    set_days(figure, forecast.history, answer, forecast.weeks_ahead, all.reason);
  } else if (answer) {
    figure.value = static_cast<double>(*answer);
  } else {
    say(figure, all.status, all.reason);
  }
  for (const std::string& warning : forecast.warnings) figure.trail.notes.push_back(warning);
  return figure;
}

}  // namespace

const std::vector<FigureSpec>& forecast_specs() {
  static const std::vector<FigureSpec> specs = make_specs();
  return specs;
}

std::shared_ptr<const StandingForecast> standing_forecast(const FlowReport& report) {
  auto out = std::make_shared<StandingForecast>();
  out->history = history_of_all(report);
  out->refused = refusal(report, out->history);
  if (out->refused) return out;
  const auto alone = std::make_shared<const Horizons>(std::vector{out->history.series});
  out->working =
      working_weeks_ahead(report, out->history, most_weeks_ahead(out->history.series.size()));
  out->outlook.emplace(alone, 0, out->working);
  out->card = report_card(alone->all(), 0, kCardHorizon);
  out->each = histories(report);
  if (const auto question = open_question(report, {}))
    out->open = compute_forecast(report, *question);
  return out;
}

std::vector<Figure> forecast_figures(const FlowReport& report, const StandingForecast& standing) {
  return Maker(report, standing).all();
}

std::vector<Figure> answer_figures(const FlowReport& report, const Forecast& forecast) {
  const Answers& answers = forecast.answers;
  std::vector<Figure> out;
  for (const Line& line : kLines)
    out.push_back(answer_figure(report, forecast, line, answer_at(answers, line)));
  if (out.front().has_value() && forecast.low && forecast.high) {
    const double scale = forecast.question.by ? 1 : 7;
    out.front().interval = Interval{scale * static_cast<double>(*forecast.low),
                                    scale * static_cast<double>(*forecast.high), 0.9};
  }
  return out;
}

}  // namespace tiebeam::flow
