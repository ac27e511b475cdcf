#include <fmt/format.h>

#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {

Rule ai_lag_growing_rule(ReadAiFacts read) {
  constexpr std::int64_t kAlert = 2;
  return {"risk.ai_lag_growing",
          Severity::warning,
          "Approval of AI tools falls further behind their use",
          "Innovation outpaces governance: more and more is in use that nobody has looked at.",
          "Ask what holds the decisions up, and decide the small ones by a rule: tiebeam risk ai",
          [read = std::move(read)](const FigureBook& book) {
            const AiFacts facts = read(book);
            if (facts.months_growing < kAlert) return std::vector<Finding>{};
            Finding finding;
            finding.subject = {"organisation", "self"};
            finding.message = fmt::format(
                "The time from first use to approval grew {} months in a row (half of the tools "
                "first used in that month): {}",
                facts.months_growing, fmt::join(facts.lags, ", "));
            finding.figures = {"risk.ai.governance_lag.growing", "risk.ai.governance_lag.p50"};
            finding.since = facts.today;
            return std::vector<Finding>{std::move(finding)};
          }};
}

}  // namespace tiebeam::risk
