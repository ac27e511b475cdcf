// A forecast and a backtest as JSON: what `flow forecast --json`, `flow backtest --json` and the
// page read. Shape: docs/method/forecast.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/json.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {

// What a person asked, as text; empty: not given.
struct AskedForecast {
  std::string items, by, streams, split;
};
// " --items 30 --stream payroll", for the command that gives the same answer.
// Values given one a line or with commas, with commas.
[[nodiscard]] std::string comma_joined(std::string values);
[[nodiscard]] std::string options_text(const AskedForecast& asked);

// `figures`: registered ones to show beside the answer's own.
[[nodiscard]] Json forecast_json(const FlowReport& report, const Forecast& forecast,
                                 const std::vector<Figure>& figures,
                                 const std::vector<std::string>& warnings, std::string recompute);

[[nodiscard]] Json backtest_json(const Backtest& result, const std::vector<std::string>& warnings);

}  // namespace tiebeam::flow
