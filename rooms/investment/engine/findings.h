// What a person should know of a valuation: docs/method/initiative-value.md, section "Findings".
#pragma once

#include <vector>

#include "base/finding.h"
#include "rooms/investment/engine/value.h"

namespace tiebeam::investment {

// investment.likely_loss: not mandatory, and more likely than not worth less than nothing, also
// against doing nothing. In the order of the cases.
[[nodiscard]] std::vector<Finding> value_findings(const Cases& cases, const Valuation& valuation);

}  // namespace tiebeam::investment
