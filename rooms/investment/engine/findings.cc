#include "rooms/investment/engine/findings.h"

#include <fmt/format.h>

namespace tiebeam::investment {

std::vector<Finding> value_findings(const Cases& cases, const Valuation& valuation) {
  std::vector<Finding> out;
  for (const CaseValue& value : valuation.initiatives) {
    const MoneySummary& money = value.do_nothing ? value.do_nothing->advantage : value.npv.summary;
    if (value.kind == InitiativeKind::mandatory || money.p_loss <= 0.5) continue;
    const std::string_view figure = value.do_nothing ? "advantage.p_worse" : "npv.p_loss";
    out.push_back(
        {.rule = "investment.likely_loss",
         .severity = Severity::warning,
         .subject = {.type = "initiative", .id = value.id},
         .message = fmt::format("{} {} in {:.0f} of 100 cases", value.id,
                                value.do_nothing ? "is worse than doing nothing" : "loses money",
                                100 * money.p_loss),
         .why = "money spent on it is more likely lost than won",
         .act = "stop it, make it smaller, or learn first what it depends on most",
         .figures = {fmt::format("investment.{}.{}", value.id, figure)},
         .since = day_of(cases.as_of)});
  }
  return out;
}

}  // namespace tiebeam::investment
