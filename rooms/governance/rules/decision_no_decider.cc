#include <fmt/format.h>

#include "rooms/governance/rules/rules.h"

namespace tiebeam::governance {

Rule decision_no_decider_rule(ReadFacts read) {
  return {"governance.decision_no_decider",
          Severity::warning,
          "A decision that nobody may decide",
          "A question without a name beside it goes round until somebody is tired of it, and waits "
          "all that time.",
          "Name who decides: tiebeam record decision set ID decider=PERSON",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const DecisionFacts& decision : facts.waiting) {
              if (decision.has_decider) continue;
              Finding finding;
              finding.subject = {"decision", decision.id};
              finding.message =
                  fmt::format("\"{}\" waits, and nobody is named who decides it", decision.name);
              finding.figures = {"governance.decisions.waiting"};
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::governance
