// How a report's log would be read live: its maps, facts, zone and as-of. Without facts where none
// is known, so that most logs take the short way.
#pragma once

#include "rooms/flow/engine/live/live_flow.h"

namespace tiebeam::flow::live {

// Cost: O(rows).
[[nodiscard]] Reading reading_of(const FlowLog& log);

}  // namespace tiebeam::flow::live
