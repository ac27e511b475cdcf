// The forecast's figures: those that need no question (the next weeks, the work in progress, the
// report card), and those that answer one. Formulas start with the words in engine/recompute.h.
#pragma once

#include <string_view>
#include <vector>

#include "model/figures.h"
#include "rooms/flow/engine/forecast/forecast.h"
#include "rooms/flow/engine/recompute.h"

namespace tiebeam::flow {

// What the figures without a question are read from: all work, the weeks ahead, the card of 4
// weeks, and when the work in progress is done.
struct StandingForecast {
  History history;
  std::optional<Answers> refused;
  std::vector<std::size_t> working;
  std::optional<Outlook> outlook;
  ReportCard card;
  std::vector<History> each;     // of every stream
  std::optional<Forecast> open;  // none: nothing is in progress
};
[[nodiscard]] std::shared_ptr<const StandingForecast> standing_forecast(const FlowReport& report);

[[nodiscard]] const std::vector<FigureSpec>& forecast_specs();
[[nodiscard]] std::vector<Figure> forecast_figures(const FlowReport& report,
                                                   const StandingForecast& standing);
[[nodiscard]] std::vector<Evidence> forecast_evidence(const FlowReport& report,
                                                      const StandingForecast& standing,
                                                      std::string_view key, std::size_t offset,
                                                      std::size_t limit);

// p50, p85 and p95 of a question as figures: days from today, or items.
[[nodiscard]] std::vector<Figure> answer_figures(const FlowReport& report,
                                                 const Forecast& forecast);

// "forecast at P of ...", from the finished items that are its evidence. none: not such a formula.
[[nodiscard]] std::optional<Recomputed> recompute_forecast(std::string_view formula,
                                                           const std::vector<Evidence>& evidence);

}  // namespace tiebeam::flow
