// The Table: are we getting what we agreed, and what must we decide? Five figures fixed in kind,
// each now and a week before, the sentences over them, the priorities, and what waits for a
// decision.
#pragma once

#include "model/figures.h"
#include "model/json.h"
#include "model/rules.h"

namespace tiebeam::briefing {

[[nodiscard]] Json table_json(const FigureBook& book, const RuleRegistry& rules);

}  // namespace tiebeam::briefing
