// A round of guesses that somebody took, as it is written.
#pragma once

#include "application/command.h"
#include "rooms/risk/calibration.h"

namespace tiebeam::risk {

// Ranges of a person for questions, scored and kept: --person or --by-name, --range "ID LOW HIGH",
// one a line. Errors: risk.no_such_person, risk.no_such_question, risk.bad_range.
[[nodiscard]] Result<RecordPlan> plan_calibration(const Asking& asking, const Writer& writer);

}  // namespace tiebeam::risk
