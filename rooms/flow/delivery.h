// Deployments and incidents beside the flow of work: one door for rules, commands and pages.
#pragma once

#include <vector>

#include "model/json.h"
#include "model/rules.h"
#include "rooms/flow/engine/dora/dora.h"

namespace tiebeam::flow {

[[nodiscard]] std::vector<Rule> delivery_rules();

// Adds dora_services and dora_months to the JSON of `flow metrics`, and what their columns are to
// its `columns`. REQUIRES: `json` is that of metrics_json.
void add_delivery_json(Json& json, const FigureBook& book);

}  // namespace tiebeam::flow
