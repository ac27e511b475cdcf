#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule funded_loss_rule(ReadFacts read) {
  return {"investment.funded_loss",
          Severity::warning,
          "A funded case that is expected to lose money",
          "On average this money is lost, and there may be better uses for it.",
          "Stop it, make it smaller, or learn first what its value depends on most.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!(each.is_running() && each.is_valued && each.has_benefit && !each.is_mandatory &&
                    each.mean < 0))
                continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message = fmt::format("\"{}\" is funded and expected to be worth {}",
                                            each.name, each.mean_words);
              finding.figures = {fmt::format("investment.{}.npv.mean", each.id)};
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
