// The flow room: how long work takes to become of use, and where it waits. Snapshot in, figures and
// findings out. Records: records.h. What is computed and why: docs/method/flow-time.md and its
// neighbours.
#pragma once

#include <memory>
#include <vector>

#include "model/figures.h"
#include "model/rules.h"
#include "rooms/flow/engine/cumulative.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// Figures, arrays and what they rest on, computed once a book. Cost: report.h. REQUIRES: the book
// outlives what is read from the report.
[[nodiscard]] std::shared_ptr<const FlowReport> report_of(const FigureBook& book);

// The figures as the registry wants them, with the evidence under each.
[[nodiscard]] FigureFamily flow_family();

// What this room notices, one rule per file in rules/.
[[nodiscard]] std::vector<Rule> flow_rules();

}  // namespace tiebeam::flow
