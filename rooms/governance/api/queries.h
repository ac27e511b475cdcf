// What the room's pages ask for.
#pragma once

#include <vector>

#include "application/command.h"

namespace tiebeam::governance {

[[nodiscard]] std::vector<Query> governance_queries();

}  // namespace tiebeam::governance
