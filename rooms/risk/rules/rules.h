// What the risk room notices. One file per subject; each rule says what is, why it matters and what
// to do.
#pragma once

#include "model/rules.h"
#include "rooms/risk/rules/facts.h"

namespace tiebeam::risk {

[[nodiscard]] Rule appetite_breached_rule(ReadFacts read);
[[nodiscard]] Rule appetite_undecided_rule(ReadFacts read);
[[nodiscard]] Rule appetite_not_set_rule(ReadFacts read);
[[nodiscard]] Rule appetite_nobody_rule(ReadFacts read);
[[nodiscard]] Rule no_owner_rule(ReadFacts read);
[[nodiscard]] Rule review_due_rule(ReadFacts read);
[[nodiscard]] Rule accepted_by_nobody_rule(ReadFacts read);
[[nodiscard]] Rule stale_estimate_rule(ReadFacts read);
[[nodiscard]] Rule unfinished_rule(ReadFacts read);
[[nodiscard]] Rule control_untested_rule(ReadFacts read);

}  // namespace tiebeam::risk
