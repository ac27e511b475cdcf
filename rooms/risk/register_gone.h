// What an import takes away: parts of the file's scenarios, common causes and controls that are on
// record and no longer in the file. docs/format/risk-register.md, section "Into records".
#pragma once

#include "rooms/risk/records.h"
#include "rooms/risk/register_import.h"

namespace tiebeam::risk {

// Whether the layer is part of what is simulated: in the organisation's currency. Others are not
// exported, so that a file says nothing of them.
[[nodiscard]] bool counts(const Insurance& layer, const Snapshot& snapshot);
// Adds them to `made.removed`, and in words to `made.told`. Of reductions those between a control
// and a scenario that are both in the file.
void remove_gone(const Snapshot& snapshot, RegisterRecords& made);

}  // namespace tiebeam::risk
