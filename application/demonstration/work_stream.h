// A made-up team at work: pieces come in, queue for people, wait, go back, and are done; written as
// an event file (docs/format/events.md), as if a tracker had exported it.
#pragma once

#include <string>

#include "application/demonstration/work_plan.h"

namespace tiebeam::demonstration {

// Events before `until`, by time. The same plan, seed and zone give the same bytes.
// Errors: calendar.*.
[[nodiscard]] Result<std::string> event_file(const WorkPlan& plan, std::uint64_t seed,
                                             const Zone& zone, Instant until);

}  // namespace tiebeam::demonstration
