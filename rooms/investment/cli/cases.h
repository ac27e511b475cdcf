// `tiebeam investment cases | case ID | preview`, and what is written about a case: `sign`,
// `withdraw`.
#pragma once

#include <vector>

#include "application/command.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

[[nodiscard]] std::vector<Command> case_commands(const KeepPtr& keep);
[[nodiscard]] std::vector<Writing> sign_writings(const KeepPtr& keep);

}  // namespace tiebeam::investment
