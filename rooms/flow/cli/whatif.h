// `tiebeam flow whatif`.
#pragma once

#include "application/command.h"

namespace tiebeam::flow {

[[nodiscard]] Command whatif_command();

}  // namespace tiebeam::flow
