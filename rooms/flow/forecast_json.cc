#include "rooms/flow/forecast_json.h"

#include <fmt/format.h>

#include "model/figure_json.h"
#include "model/json_parts.h"

namespace tiebeam::flow {
namespace {

// An answer as a day or as a number.
Json answer_json(const Forecast& forecast, const History& history,
                 const std::optional<std::size_t>& answer) {
  if (!answer) return {};
  if (forecast.question.by) return *answer;
  return format_day(day_ahead(history, *answer));
}

Json scope_json(const Forecast& forecast) {
  if (forecast.question.by) return {};
  std::size_t low = 0, high = 0;
  std::string text;
  for (std::size_t i = 0; i < forecast.streams.size(); ++i) {
    const auto& scopes = forecast.question.scopes;
    const Scope& scope = scopes[std::min(i, scopes.size() - 1)];
    low += scope.low, high += scope.high;
    text += (text.empty() ? "" : ", ") + scope_text(scope);
  }
  const double mean =
      forecast.scope_mean > 0 ? forecast.scope_mean : static_cast<double>(low + high) / 2;
  return Json::object({{"text", text},
                       {"low", low},
                       {"high", high},
                       {"split", forecast.question.scopes.front().split},
                       {"mean", mean}});
}

Json card_numbers(const ReportCard& card) {
  Json out = Json::object({{"horizon_weeks", card.weeks},
                           {"status", card.is_calibrated() ? "calibrated" : "uncalibrated"},
                           {"count", card.origins.size()}});
  const bool shown = card.is_calibrated();
  const auto number = [&](double value) { return shown ? Json(value) : Json(); };
  out.set("held_p85", number(card.held_p85));
  out.set("held_p95", number(card.held_p95));
  out.set("coverage_90", number(card.coverage_90));
  out.set("crps_ratio", number(card.crps_ratio));
  out.set("skill", number(1 - card.crps_ratio));
  return out;
}

Json origin_json(const Forecast& forecast, const PastForecast& past) {
  const History& history = forecast.history;
  const auto day = [&](std::size_t origin) {
    const std::int64_t back = history.series.number_at(origin);  // 0: today
    return format_day(Day{std::chrono::local_days{history.today} + std::chrono::days{7 * back}});
  };
  return Json::object({{"at", day(past.origin)},
                       {"until", day(past.origin + past.weeks)},
                       {"p50", past.p50},
                       {"p85", past.p15},
                       {"p95", past.p05},
                       {"q05", past.p05},
                       {"q95", past.p95},
                       {"came", past.came},
                       {"held_p85", past.held_p85()},
                       {"held_p95", past.held_p95()},
                       {"inside_90", past.inside_90()}});
}

Json card_json(const Forecast& forecast) {
  Json out = Json::Object{};
  if (forecast.cards.empty()) {
    const ReportCard none{.weeks = kCardWeeks[0]};
    out = card_numbers(none);
    out.set("reason", forecast.answers.reason);
  } else {
    const ReportCard& card = forecast.cards[forecast.card];
    out = card_numbers(card);
    out.set("reason", card.is_calibrated() ? Json() : Json(card.reason()));
  }
  out.set("needed", kOriginsNeeded);
  out.set("against", "weekly bootstrap of the last 12 weeks");
  out.set("rows", each(forecast.cards, card_numbers));
  const std::vector<PastForecast> none;
  out.set("origins", each(forecast.cards.empty() ? none : forecast.cards[forecast.card].origins,
                          [&](const PastForecast& past) { return origin_json(forecast, past); }));
  return out;
}

Json history_json(const History& history) {
  Json weeks = Json::Array{}, left_out = Json::Array{};
  for (const HistoryWeek& week : history.weeks) {
    Json row = Json::object({{"from", format_day(week.from)},
                             {"to", format_day(week.to)},
                             {"finishes", std::int64_t{week.finished}}});
    if (week.is_shutdown) {
      row.set("reason", fmt::format("no working time in calendar {}", history.calendar));
      left_out.push(std::move(row));
    } else {
      weeks.push(std::move(row));
    }
  }
  const bool none = history.weeks.empty();
  return Json::object({{"from", none ? Json() : Json(format_day(history.weeks.front().from))},
                       {"to", format_day(history.today)},
                       {"zone", history.zone},
                       {"count", history.series.size()},
                       {"needed", kWeeksNeeded},
                       {"finished", history.finished},
                       {"weeks", std::move(weeks)},
                       {"left_out", std::move(left_out)}});
}

Json step_json(const ForecastStep& step) {
  Json out = Json::object({{"week", step.week},
                           {"date", format_day(step.date)},
                           {"shutdown", step.is_shutdown},
                           {"p_done", step.done ? Json(*step.done) : Json()}});
  for (std::size_t i = 0; i < kStepShares.size(); ++i)
    out.set(fmt::format("q{:02.0f}", 100 * kStepShares[i]), step.finished[i]);
  return out;
}

Json stream_json(const Forecast& forecast, const StreamForecast& each) {
  const History& history = each.history;
  const std::size_t weeks = history.series.size();
  const double pace =
      weeks == 0 ? 0 : static_cast<double>(history.finished) / static_cast<double>(weeks);
  const Answers& answers = each.answers;
  return Json::object({{"value_stream", history.id},
                       {"name", history.name},
                       {"items", each.scope.empty() ? Json() : Json(each.scope)},
                       {"p50", answer_json(forecast, history, answers.p50)},
                       {"p85", answer_json(forecast, history, answers.p85)},
                       {"p95", answer_json(forecast, history, answers.p95)},
                       {"status", status_name(answers.status)},
                       {"reason", answers.reason.empty() ? Json() : Json(answers.reason)},
                       {"weeks", weeks},
                       {"a_week", pace},
                       {"finished", history.finished},
                       {"open", history.open}});
}

}  // namespace

std::string comma_joined(std::string values) {
  std::ranges::replace(values, '\n', ',');
  return values;
}

std::string options_text(const AskedForecast& asked) {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    if (!value.empty()) out += fmt::format(" --{} {}", name, value);
  };
  add("items", asked.items);
  add("by", asked.by);
  add("stream", asked.streams);
  add("split", asked.split);
  return out;
}

Json forecast_json(const FlowReport& report, const Forecast& forecast,
                   const std::vector<Figure>& figures, const std::vector<std::string>& warnings,
                   std::string recompute) {
  const Answers& answers = forecast.answers;
  const bool is_when = !forecast.question.by;
  std::vector<std::string> all_warnings = warnings;
  all_warnings.insert(all_warnings.end(), forecast.warnings.begin(), forecast.warnings.end());
  std::vector<Figure> all_figures = answer_figures(report, forecast);
  all_figures.insert(all_figures.end(), figures.begin(), figures.end());
  return Json::object(
      {{"p50", answer_json(forecast, forecast.history, answers.p50)},
       {"p85", answer_json(forecast, forecast.history, answers.p85)},
       {"p95", answer_json(forecast, forecast.history, answers.p95)},
       {"question", is_when ? "when" : "how_many"},
       {"scope", scope_json(forecast)},
       {"by", is_when ? Json() : Json(format_day(*forecast.question.by))},
       {"as_of", format_instant(report.as_of)},
       {"status", status_name(answers.status)},
       {"reason", answers.reason.empty() ? Json() : Json(answers.reason)},
       {"open", forecast.history.open},
       {"figures", each(all_figures, [](const Figure& figure) { return to_json(figure); })},
       {"findings", Json::Array{}},
       {"warnings", Json::array(all_warnings)},
       {"report_card", card_json(forecast)},
       {"history", history_json(forecast.history)},
       {"steps", each(forecast.steps, step_json)},
       {"streams", each(forecast.streams,
                        [&](const StreamForecast& one) { return stream_json(forecast, one); })},
       {"recompute", std::move(recompute)}});
}

Json backtest_json(const Backtest& result, const std::vector<std::string>& warnings) {
  const auto row_json = [](const HorizonRow& row) {
    return Json::object({{"horizon", row.weeks},
                         {"series", row.series},
                         {"origins", row.origins},
                         {"crps_ratio", row.crps_ratio},
                         {"held_p85", row.held_p85},
                         {"held_p95", row.held_p95},
                         {"coverage_90", row.coverage_90},
                         {"each", each(row.each, [](const HorizonRow::One& one) {
                            return Json::object({{"series", one.series},
                                                 {"origins", one.origins},
                                                 {"crps_ratio", one.crps_ratio}});
                          })}});
  };
  Json when;
  if (result.when) {
    const WhenRow& row = *result.when;
    when = Json::object({{"series", row.series},
                         {"origins", row.origins},
                         {"crps_ratio", row.crps_ratio},
                         {"crps_weeks", row.crps_weeks},
                         {"reference_weeks", row.reference_weeks},
                         {"held_p85", row.held_p85},
                         {"held_p95", row.held_p95},
                         {"mean_p85_weeks", row.mean_p85_weeks}});
  }
  return Json::object({{"figures", Json::Array{}},
                       {"findings", Json::Array{}},
                       {"warnings", Json::array(warnings)},
                       {"horizons", each(result.horizons, row_json)},
                       {"when", std::move(when)},
                       {"left_out", Json::array(result.left_out)},
                       {"method", "docs/method/forecast.md"}});
}

}  // namespace tiebeam::flow
