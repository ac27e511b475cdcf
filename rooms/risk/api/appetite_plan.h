// The whole appetite at once: points changed, added and taken out in one step, by name.
#pragma once

#include "application/command.h"

namespace tiebeam::risk {

// FILE (docs/format/appetite.md) with --by PERSON or --by-name NAME, --role ROLE. The appetite on
// record becomes what it says: points that it leaves out go. Nothing is written when a point on
// record is not as FILE says it was seen. Errors: risk.bad_appetite, risk.appetite_moved,
// risk.no_such_person, appetite.not_in_order.
[[nodiscard]] Writing appetite_writing();

}  // namespace tiebeam::risk
