// What the flow room's pages ask for beside figures.
#pragma once

#include <vector>

#include "application/command.h"

namespace tiebeam::flow {

[[nodiscard]] std::vector<Query> flow_queries();

}  // namespace tiebeam::flow
