// tiebeam risk export, tiebeam risk import FILE: the records as a register file, and back.
#pragma once

#include "application/command.h"

namespace tiebeam::risk {

[[nodiscard]] Command export_command();
[[nodiscard]] Writing import_writing();

}  // namespace tiebeam::risk
