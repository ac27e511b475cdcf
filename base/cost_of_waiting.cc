#include "base/cost_of_waiting.h"

namespace tiebeam {

Result<Money> cost_of_waiting(Money a_week, std::int64_t days) {
  constexpr std::int64_t kWeek = 7;
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a_week.minor(), days, &product)) {
    return fail(Kind::invalid, "money.overflow", "the cost of waiting is too large to be counted",
                "look at the cost of delay a week and at the day the question was raised");
  }
  const std::int64_t whole = product / kWeek, rest = product % kWeek;
  const bool up = 2 * (rest < 0 ? -rest : rest) >= kWeek;
  return Money(whole + (up ? (rest < 0 ? -1 : 1) : 0), a_week.currency());
}

}  // namespace tiebeam
