// `tiebeam governance saydo` and `tiebeam governance latency`.
#pragma once

#include <vector>

#include "application/command.h"

namespace tiebeam::governance {

[[nodiscard]] std::vector<Command> governance_commands();

}  // namespace tiebeam::governance
