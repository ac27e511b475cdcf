#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule no_benefit_rule(ReadFacts read) {
  return {"investment.no_benefit",
          Severity::warning,
          "A funded case that promises nothing",
          "Without an effect on a KPI nobody will ever know whether it was worth its money.",
          "Say which KPI it moves, by how much, and what one unit of it is worth.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!(each.is_running() && !each.has_benefit && !each.is_mandatory)) continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message = fmt::format(
                  "\"{}\" is funded and moves no KPI that is worth something", each.name);
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
