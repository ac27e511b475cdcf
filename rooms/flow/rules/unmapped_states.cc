#include <fmt/format.h>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

std::vector<Finding> look(const FlowFacts& facts) {
  if (facts.unmapped.empty()) return {};
  std::vector<std::string> names;
  for (const auto& [state, events] : facts.unmapped) {
    if (names.size() == 5) break;
    names.push_back(fmt::format("'{}' ({} {})", state, events, events == 1 ? "event" : "events"));
  }
  const std::size_t count = facts.unmapped.size();
  if (count > names.size()) names.push_back(fmt::format("{} more", count - names.size()));
  const double share =
      100 * static_cast<double>(facts.unmapped_events) / static_cast<double>(facts.events);
  return {finding(
      subject_of(""),
      fmt::format(
          "nobody has said what {} of work {}: {}; {:.1f} of 100 events are in such states, and "
          "the time spent there is counted as unknown",
          count == 1 ? "one state" : fmt::format("{} states", count), count == 1 ? "means" : "mean",
          listed(names), share),
      {"flow.unmapped.share", "flow.efficiency"}, facts.as_of)};
}

}  // namespace

Rule unmapped_states_rule(ReadFacts read) {
  return {"flow.unmapped_states",
          Severity::warning,
          "States that nobody has explained",
          "A state without a meaning is neither work nor waiting, so every share of time leaves it "
          "out and may "
          "mislead.",
          "Say for each whether work waits, is worked on, is blocked, done or cancelled in it, in "
          "the state map "
          "(docs/format/state-map.md), then: tiebeam import FILE --state-map map.toml",
          [read = std::move(read)](const FigureBook& book) { return look(read(book)); }};
}

}  // namespace tiebeam::flow
