// Amounts of a simulation as exact money.
#pragma once

#include <cmath>
#include <optional>

#include "base/money.h"

namespace tiebeam::investment {

// The exact money nearest to an amount; none beyond what money can hold.
[[nodiscard]] inline std::optional<Money> money_of(double amount, Currency currency) {
  double minor = amount;
  for (int i = 0; i < currency.digits(); ++i) minor *= 10;
  if (!(std::abs(minor) < 9e18)) return std::nullopt;
  return Money(std::llround(minor), currency);
}

}  // namespace tiebeam::investment
