// The flow room: how long work takes to become of use, and where it waits. Snapshot in, figures and
// findings out. Records: records.h. What is computed and why: docs/method/flow-time.md and its
// neighbours.
#pragma once

#include <memory>
#include <vector>

#include "model/figures.h"
#include "model/rules.h"
#include "rooms/flow/engine/cumulative.h"
#include "rooms/flow/engine/forecast/backtest.h"
#include "rooms/flow/engine/forecast/forecast.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// The figures as the registry wants them, one family a subject, with the evidence under each.
[[nodiscard]] std::vector<FigureFamily> flow_families();

// What `flow metrics` prints: every figure of the room, family by family.
[[nodiscard]] std::vector<Figure> metric_figures(const FigureBook& book);

// p50, p85 and p95 of a forecast's question as figures: days from today, or items.
[[nodiscard]] std::vector<Figure> answer_figures(const FlowReport& report,
                                                 const Forecast& forecast);

// What this room notices, one rule per file in rules/.
[[nodiscard]] std::vector<Rule> flow_rules();

}  // namespace tiebeam::flow
