// What the room's pages ask for.
#pragma once

#include <vector>

#include "application/command.h"
#include "rooms/risk/exposure.h"

namespace tiebeam::risk {

[[nodiscard]] std::vector<Query> risk_queries(const KeepPtr& keep);

}  // namespace tiebeam::risk
