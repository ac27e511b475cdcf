// The arrays of `flow metrics` as JSON and as tables for a terminal.
#pragma once

#include <string>

#include "model/json.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {

[[nodiscard]] Json weeks_json(const FlowReport& report);
[[nodiscard]] Json states_json(const FlowReport& report);
[[nodiscard]] Json months_json(const FlowReport& report);
[[nodiscard]] Json aging_json(const FlowReport& report);
[[nodiscard]] Json handover_json(const FlowReport& report);
[[nodiscard]] Json waits_json(const FlowReport& report);
[[nodiscard]] Json types_json(const FlowReport& report);
[[nodiscard]] Json streams_json(const FlowReport& report);

[[nodiscard]] std::string states_text(const FlowReport& report);
[[nodiscard]] std::string streams_text(const FlowReport& report);   // where there are several
[[nodiscard]] std::string aging_text(const FlowReport& report);     // the ten oldest
[[nodiscard]] std::string handover_text(const FlowReport& report);  // the worst five pairs

}  // namespace tiebeam::flow
