#include "rooms/flow/flow.h"

#include "rooms/flow/engine/evidence.h"
#include "rooms/flow/engine/figures.h"
#include "rooms/flow/rules/rules.h"

namespace tiebeam::flow {

FlowReport compute_flow(const Snapshot& snapshot, const Asked& asked) {
  return compute_report(snapshot, asked);
}

FigureFamily flow_family() {
  FigureFamily family;
  family.name = "flow";
  family.figures = figure_specs();
  family.compute = [](const FigureBook& book) { return compute_flow(book.snapshot(), book.asked()).figures; };
  // Computed anew for each question: 10 ms, and nothing to keep in step.
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset, std::size_t limit) {
    return evidence_of(compute_flow(book.snapshot(), book.asked()), key, offset, limit);
  };
  return family;
}

std::vector<Rule> flow_rules() {
  return {past_expectation_rule(),  load_above_capacity_rule(),       unmapped_states_rule(),
          efficiency_not_measurable_rule(), little_audit_failed_rule(), no_purpose_rule()};
}

}  // namespace tiebeam::flow
