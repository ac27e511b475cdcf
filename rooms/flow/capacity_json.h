// The arrays about demand, teams and handovers as JSON, added to what `flow metrics` answers.
#pragma once

#include "model/figures.h"
#include "rooms/flow/columns.h"
#include "rooms/flow/engine/demand/demand.h"
#include "rooms/flow/engine/handovers/worst.h"
#include "rooms/flow/engine/utilisation/utilisation.h"

namespace tiebeam::flow {

// handover_worst, demand, teams
void add_capacity(Json& out, const FigureBook& book);
[[nodiscard]] ArrayNotes capacity_notes();

}  // namespace tiebeam::flow
