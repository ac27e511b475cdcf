#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

// What the stream promised, else what 85 of 100 keep.
std::string line_of(const StreamFacts& stream, const FlowFacts& facts) {
  if (stream.expectation_days) {
    return fmt::format("{}, promised for {:.0f} of 100", in_words(*stream.expectation_days, "days"),
                       100 * stream.expectation_share);
  }
  return fmt::format("{}, the time in which 85 of 100 finish", in_words(facts.line_days, "days"));
}

std::vector<Finding> look(const FlowFacts& facts) {
  std::vector<Finding> out;
  for (const StreamFacts& stream : facts.streams) {
    if (stream.past_expectation == 0) continue;
    std::vector<std::string> oldest;
    for (const auto& [item, days] : stream.oldest) {
      oldest.push_back(fmt::format("{} ({:.0f} days)", item, days));
    }
    out.push_back(
        finding(subject_of(stream.id),
                fmt::format("{} of {} open {} of work{} {} older than {}; oldest: {}",
                            counted(stream.past_expectation), counted(stream.now),
                            stream.now == 1 ? "piece" : "pieces", in_stream(facts, stream),
                            stream.past_expectation == 1 ? "is" : "are", line_of(stream, facts),
                            listed(oldest)),
                {"flow.cycle_time.km.p85", "flow.load.now", "flow.age.p85"}, facts.as_of));
  }
  return out;
}

}  // namespace

Rule past_expectation_rule(ReadFacts read) {
  return {"flow.past_expectation",
          Severity::warning,
          "Open work past the 85 % line",
          "Work that is late by its own measure is where promises break next, and it never shows "
          "in the "
          "averages of finished work.",
          "Ask today, oldest first, what each one waits for: tiebeam figure flow.age.p85 --explain "
          "lists them",
          [read = std::move(read)](const FigureBook& book) { return look(read(book)); }};
}

}  // namespace tiebeam::flow
