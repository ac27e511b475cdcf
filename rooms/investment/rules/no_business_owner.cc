#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule no_business_owner_rule(ReadFacts read) {
  return {"investment.no_business_owner",
          Severity::warning,
          "A funded case without a business owner",
          "IT can deliver it; only the business can make it worth something.",
          "Name who in the business answers for the outcome.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!(each.is_running() && !each.has_business_owner)) continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message = fmt::format(
                  "\"{}\" is funded and nobody in the business answers for what it brings",
                  each.name);
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
