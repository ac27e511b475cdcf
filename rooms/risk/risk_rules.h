// The room's rules, with the facts they look at taken from records and figures.
#pragma once

#include <vector>

#include "model/rules.h"
#include "rooms/risk/exposure.h"

namespace tiebeam::risk {

[[nodiscard]] std::vector<Rule> risk_rules(const KeepPtr& keep);

}  // namespace tiebeam::risk
