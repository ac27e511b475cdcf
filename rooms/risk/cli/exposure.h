// tiebeam risk exposure, tiebeam risk scenario ID: the organisation's records, as the page shows
// them.
#pragma once

#include <vector>

#include "application/command.h"
#include "rooms/risk/exposure.h"

namespace tiebeam::risk {

[[nodiscard]] std::vector<Command> exposure_commands(const KeepPtr& keep);

}  // namespace tiebeam::risk
