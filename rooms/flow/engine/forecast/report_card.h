// How a stream's own past forecasts did: origins that do not overlap, counted back from now, each
// seeing only what was known then. docs/method/forecast.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/forecast/backtest.h"

namespace tiebeam::flow {

constexpr std::size_t kOriginsNeeded = 20;
constexpr std::size_t kOriginsShown = 52;  // at most so many, the newest
constexpr std::size_t kCardWeeks[] = {4, 8, 13};

struct ReportCard {
  std::size_t weeks = 0;                               // horizon
  std::vector<PastForecast> origins = {};              // oldest first
  double held_p85 = 0, held_p95 = 0, coverage_90 = 0;  // shares of the origins
  double crps_ratio = 0;  // sum of score / scale against that of the weekly bootstrap of 12

  [[nodiscard]] bool is_calibrated() const { return origins.size() >= kOriginsNeeded; }
  // "needs 80 more weeks of history", for a card that is not.
  [[nodiscard]] std::string reason() const;
};

[[nodiscard]] ReportCard report_card(std::span<const Series> all, std::size_t own,
                                     std::size_t weeks);

}  // namespace tiebeam::flow
