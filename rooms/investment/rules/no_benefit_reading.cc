#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule no_benefit_reading_rule(ReadFacts read) {
  return {"investment.no_benefit_reading",
          Severity::warning,
          "A promise that nobody holds against what came",
          "What is not read is not managed, and the next promise will be no better than this one.",
          "Read how far the KPI has moved because of it, agree on it with the business, and write "
          "it down.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!((each.stage == Stage::scaling || each.stage == Stage::done) &&
                    each.has_benefit && each.benefit_due && !each.has_reading))
                continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message = fmt::format(
                  "\"{}\" was to bring something by {}, and nobody has read whether it did",
                  each.name, format_day_long(*each.benefit_due));
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
