#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

std::vector<Finding> look(const FigureBook& book) {
  const Figure* efficiency = book.find("flow.efficiency");
  if (!efficiency || efficiency->status != Status::not_measurable) return {};
  return {
      finding(subject_of(""),
              "the share of time in which work is worked on cannot be told: " + efficiency->reason,
              {"flow.efficiency"}, efficiency->as_of)};
}

}  // namespace

Rule efficiency_not_measurable_rule() {
  return {
      "flow.efficiency_not_measurable",
      Severity::info,
      "Waiting cannot be seen",
      "Most of the time of most work is waiting. Where the states of the tool do not show it, "
      "nobody can "
      "shorten it, and any number given for it would be made up.",
      "Add the states in which work waits to the tool's workflow, or name them in the state map "
      "(docs/method/flow-efficiency.md)",
      look};
}

}  // namespace tiebeam::flow
