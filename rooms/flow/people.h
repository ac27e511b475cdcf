// The subjects of the flow room that look at people, always as areas, streams and teams: on whom
// work rests, what was not planned, what it asks of people. One door for rules, commands and pages.
#pragma once

#include <vector>

#include "model/json.h"
#include "model/rules.h"
#include "rooms/flow/engine/concentration/concentration.h"
#include "rooms/flow/engine/people_load/people_load.h"
#include "rooms/flow/engine/unplanned/unplanned.h"

namespace tiebeam::flow {

[[nodiscard]] std::vector<Rule> people_rules();

// Adds their arrays to the JSON of `flow metrics`, and what their columns are to its `columns`.
// REQUIRES: `json` is that of metrics_json.
void add_people_json(Json& json, const FigureBook& book);

}  // namespace tiebeam::flow
