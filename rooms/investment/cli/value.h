// `tiebeam investment value FILE`.
#pragma once

#include "application/command.h"

namespace tiebeam::investment {

[[nodiscard]] Command value_command();

}  // namespace tiebeam::investment
