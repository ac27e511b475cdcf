// The arrays about where and for whom work waits, as JSON, added to what `flow metrics` answers.
#pragma once

#include "model/figures.h"
#include "rooms/flow/columns.h"
#include "rooms/flow/engine/ageing/ask_today.h"
#include "rooms/flow/engine/bottleneck/bottleneck.h"
#include "rooms/flow/engine/party/waiting.h"

namespace tiebeam::flow {

// bottlenecks, parties, party_answer, ask_today
void add_waits(Json& out, const FigureBook& book);
[[nodiscard]] ArrayNotes waits_notes();

// {"now", "then", "saved", "low", "high"}; null where too few items are finished.
[[nodiscard]] Json effect_json(const Effect& effect);

}  // namespace tiebeam::flow
