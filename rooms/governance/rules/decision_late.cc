#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/governance/rules/rules.h"

namespace tiebeam::governance {
namespace {

std::string cost(const DecisionFacts& decision) {
  if (!decision.cost_a_week) return {};
  Figure figure;
  figure.value = *decision.cost_a_week;
  return fmt::format("; each week of waiting costs {}", in_words(figure));
}

}  // namespace

Rule decision_late_rule(ReadFacts read) {
  return {"governance.decision_late",
          Severity::warning,
          "A decision waits past the day it was needed",
          "Work that waits for an answer costs as much as work that is done wrong, and it is seen "
          "by nobody.",
          "Decide it, or say who decides it by when: tiebeam record decision set ID "
          "decided_at=DAY chosen=... why=...",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const DecisionFacts& decision : facts.waiting) {
              if (!decision.is_late) continue;
              Finding finding;
              finding.subject = {"decision", decision.id};
              finding.message =
                  fmt::format("\"{}\" was needed by {} and is not decided{}", decision.name,
                              format_day_long(*decision.needed_by), cost(decision));
              finding.figures = {"governance.decisions.late",
                                 "governance.decisions.waiting.cost_a_week"};
              finding.since = *decision.needed_by;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::governance
