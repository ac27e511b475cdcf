// `tiebeam risk simulate FILE`.
#pragma once

#include "application/command.h"

namespace tiebeam::risk {

[[nodiscard]] Command simulate_command();

}  // namespace tiebeam::risk
