// What waiting has cost so far: exact, to the minor unit.
#pragma once

#include <cstdint>

#include "base/money.h"

namespace tiebeam {

// `a_week` x `days` / 7, half away from zero. Errors: money.overflow.
[[nodiscard]] Result<Money> cost_of_waiting(Money a_week, std::int64_t days);

}  // namespace tiebeam
