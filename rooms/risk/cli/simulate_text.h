// A simulated register for people: a sentence a scenario, the curve as a small table.
#pragma once

#include <string>

#include "rooms/risk/risk.h"

namespace tiebeam::risk {

[[nodiscard]] std::string risk_text(const RiskAnswer& answer);

}  // namespace tiebeam::risk
