// `tiebeam risk ai`.
#pragma once

#include "application/command.h"

namespace tiebeam::risk {

[[nodiscard]] Command ai_command();

}  // namespace tiebeam::risk
