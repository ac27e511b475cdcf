// What the governance room notices. One file per rule; each says what is, why it matters and what
// to do.
#pragma once

#include "model/rules.h"
#include "rooms/governance/rules/facts.h"

namespace tiebeam::governance {

[[nodiscard]] Rule promise_overdue_rule(ReadFacts read);
[[nodiscard]] Rule promise_undated_rule(ReadFacts read);
[[nodiscard]] Rule decision_late_rule(ReadFacts read);
[[nodiscard]] Rule decision_no_decider_rule(ReadFacts read);

}  // namespace tiebeam::governance
