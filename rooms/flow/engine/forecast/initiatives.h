// When the open work of each initiative will be done: its own items at the pace of the streams they
// flow in, or, where no item names it, all open work of its stream. Other rooms read it from a
// book (forecast_records.h). docs/method/forecast.md, section "Of an initiative".
#pragma once

#include <string>
#include <vector>

#include "model/figures.h"
#include "rooms/flow/engine/report.h"
#include "rooms/flow/forecast_records.h"

namespace tiebeam::flow {

// The initiative that each item of the log is done for, "" where nothing says so. What people wrote
// down about an item goes before a link, a link before what its source says.
[[nodiscard]] std::vector<std::string> initiative_of_items(const FlowLog& log);

// Of every initiative on record that is neither done nor stopped and has own items or a stream.
[[nodiscard]] InitiativeForecasts compute_initiative_forecasts(const FlowReport& report);

[[nodiscard]] FigureFamily initiative_forecast_family();

}  // namespace tiebeam::flow
