#include "rooms/risk/engine/ai/lag.h"

namespace tiebeam::risk {
namespace {

// Months further apart than this are no run.
constexpr int kWidestGap = 2;
// A growth that ended longer ago than this is history.
constexpr int kNewestWithin = 6;

int months_between(std::chrono::year_month a, std::chrono::year_month b) {
  return static_cast<int>((b - a).count());
}

// Whether the lag grew from `before` to `after`; none: nobody can tell yet.
std::optional<bool> grew(const LagMonth& before, const LagMonth& after) {
  if (before.p50 && after.p50) return *after.p50 > *before.p50;
  if (before.p50) {
    if (after.curve.longest >= *before.p50) return true;
    return std::nullopt;
  }
  return after.p50 ? std::optional(false) : std::nullopt;
}

}  // namespace

void put_months(AiRegister& ai) {
  std::map<std::chrono::year_month, std::vector<quant::Spell>> by_month;
  for (const JudgedTool& one : ai.tools) {
    if (!one.lag) continue;
    const Day first = *one.record().first_used_on;
    by_month[first.year() / first.month()].push_back(
        {.entry = 0, .exit = one.lag->days, .ending = one.lag->ending});
  }
  for (const auto& [month, spells] : by_month) {
    LagMonth out{month, quant::survival_curve(spells), {}};
    if (spells.size() >= kLeastInMonth) out.p50 = quant::survival_value(out.curve, 0.5);
    ai.months.push_back(std::move(out));
  }
  std::vector<std::size_t> enough;
  for (std::size_t i = 0; i < ai.months.size(); ++i)
    if (ai.months[i].curve.spells >= kLeastInMonth) enough.push_back(i);
  const auto now = ai.today.year() / ai.today.month();
  for (std::size_t at = enough.size(); at-- > 1;) {
    const LagMonth &before = ai.months[enough[at - 1]], &after = ai.months[enough[at]];
    if (months_between(after.month, now) > kNewestWithin) break;
    const auto step = months_between(before.month, after.month) <= kWidestGap
                          ? grew(before, after)
                          : std::optional<bool>(false);
    if (!step && !ai.newest_compared) continue;  // too young to be compared
    if (!ai.newest_compared) ai.newest_compared = enough[at];
    if (!step.value_or(false)) break;
    ++ai.months_growing;
  }
}

}  // namespace tiebeam::risk
