#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {
namespace {

std::string stale_words(const CaseFacts& each) {
  if (each.old.empty()) {
    return fmt::format("\"{}\" was to be of use by {} in 9 of 10 cases, and is not", each.name,
                       format_day_long(*each.was_due));
  }
  const OldEstimate& oldest = each.old.front();
  return fmt::format("{} of \"{}\" was given on {}{}", oldest.input, each.name,
                     format_day_long(oldest.given_on),
                     each.old.size() == 1 ? ""
                     : each.old.size() == 2
                         ? ", and one other estimate long ago"
                         : fmt::format(", and {} other estimates long ago", each.old.size() - 1));
}

}  // namespace

Rule stale_estimate_rule(ReadFacts read) {
  return {"investment.stale_estimate",
          Severity::info,
          "An estimate that nobody has looked at again",
          "Estimates age: prices, plans and people have moved since.",
          "Ask who gave it whether it still holds, and write down the day.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!(each.stage != Stage::stopped && each.stage != Stage::done &&
                    (!each.old.empty() || (each.was_due && each.stage == Stage::funded))))
                continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message = stale_words(each);
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
