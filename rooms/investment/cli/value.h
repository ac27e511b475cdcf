// `tiebeam investment value [FILE]`.
#pragma once

#include "application/command.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

[[nodiscard]] Command value_command(const KeepPtr& keep);

}  // namespace tiebeam::investment
