#include <fmt/format.h>

#include <algorithm>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

std::vector<Finding> look(const FigureBook& book) {
  const FlowReport report = compute_report(book.snapshot(), book.asked());
  std::vector<const StateRow*> unknown;
  for (const StateRow& row : report.states) {
    if (row.meaning == Meaning::unknown && row.events > 0) unknown.push_back(&row);
  }
  if (unknown.empty()) return {};
  std::ranges::sort(unknown, [](const StateRow* a, const StateRow* b) {
    return a->events != b->events ? a->events > b->events : a->state < b->state;
  });
  std::vector<std::string> names;
  for (const StateRow* row : unknown) {
    if (names.size() < 5) names.push_back(fmt::format("'{}' ({} events)", row->state, row->events));
  }
  if (unknown.size() > 5) names.push_back(fmt::format("{} more", unknown.size() - 5));
  return {finding(subject_of(""),
                  fmt::format("nobody has said what {} of work {}: {}; {:.1f} of 100 events are in such states, and the "
                              "time spent there is counted as unknown",
                              unknown.size() == 1 ? "one state" : fmt::format("{} states", unknown.size()),
                              unknown.size() == 1 ? "means" : "mean", listed(names),
                              100 * static_cast<double>(report.unmapped_events) / static_cast<double>(report.events)),
                  {"flow.unmapped.share", "flow.efficiency"}, report.as_of)};
}

}  // namespace

Rule unmapped_states_rule() {
  return {"flow.unmapped_states", Severity::warning, "States that nobody has explained",
          "A state without a meaning is neither work nor waiting, so every share of time leaves it out and may "
          "mislead.",
          "Say for each whether work waits, is worked on, is blocked, done or cancelled in it, in the state map "
          "(docs/format/state-map.md), then: tiebeam import FILE --state-map map.toml",
          look};
}

}  // namespace tiebeam::flow
