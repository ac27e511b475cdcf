// tiebeam flow metrics [FILE] and tiebeam flow audit [FILE]
#pragma once

#include <vector>

#include "application/command.h"

namespace tiebeam::flow {

[[nodiscard]] std::vector<Command> flow_commands();

}  // namespace tiebeam::flow
