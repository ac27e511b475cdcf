// The flow room: how long work takes to become of use, and where it waits. Snapshot in, figures and
// findings out. Records: records.h. What is computed and why: docs/method/flow-time.md and its
// neighbours.
#pragma once

#include <vector>

#include "model/figures.h"
#include "model/rules.h"
#include "rooms/flow/engine/cumulative.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// Figures, arrays and what they rest on. Pure; cost in report.h. The snapshot must outlive the
// report.
[[nodiscard]] FlowReport compute_flow(const Snapshot& snapshot, const Asked& asked);

// The figures as the registry wants them, with the evidence under each.
[[nodiscard]] FigureFamily flow_family();

// What this room notices, one rule per file in rules/.
[[nodiscard]] std::vector<Rule> flow_rules();

}  // namespace tiebeam::flow
