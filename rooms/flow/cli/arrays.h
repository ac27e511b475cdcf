// The arrays of `flow metrics` as tables for a terminal.
#pragma once

#include <string>

#include "rooms/flow/flow.h"

namespace tiebeam::flow {

[[nodiscard]] std::string states_text(const FlowReport& report);
[[nodiscard]] std::string streams_text(const FlowReport& report);   // where there are several
[[nodiscard]] std::string aging_text(const FlowReport& report);     // the ten oldest
[[nodiscard]] std::string handover_text(const FlowReport& report);  // the worst five pairs

}  // namespace tiebeam::flow
