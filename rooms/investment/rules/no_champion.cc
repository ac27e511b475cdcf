#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule no_champion_rule(ReadFacts read) {
  return {"investment.no_champion",
          Severity::warning,
          "A funded case without a champion",
          "Without an executive who stands behind it, nobody in the business defends its money or "
          "its outcome.",
          "Name its sponsor: the executive who reads the case and signs it.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!(each.is_running() && !each.has_champion)) continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message =
                  fmt::format("\"{}\" is funded and no executive stands behind it", each.name);
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
