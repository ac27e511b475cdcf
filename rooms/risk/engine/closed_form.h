// The expected loss a year without simulation, where a formula exists. docs/method/risk.md.
#pragma once

#include <optional>

#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

// E[events] E[loss of one event]. None where there is no formula: several insurance layers, or one
// on a sum of losses; a driver that moves both how often and how much; a metalog under insurance.
// REQUIRES: the register was prepared without fault.
// Source: Wald's equation; layers: E[min(X, D + L)] - E[min(X, D)] (Klugman, Panjer, Willmot 2012).
[[nodiscard]] std::optional<double> expected_loss(const Register& all, const Scenario& scenario);

// A year's loss at the medians of what makes it, less insurance: exact where nothing varies, and of
// the size of what is drawn where a far tail makes the expected loss many times all that is seen.
[[nodiscard]] double typical_loss(const Register& all, const Scenario& scenario);

}  // namespace tiebeam::risk
