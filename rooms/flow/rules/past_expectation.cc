#include <fmt/format.h>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

// What the stream promised, else what 85 of 100 keep.
std::string line_of(const StreamRow& stream, const FlowReport& report) {
  if (stream.expectation_days) {
    return fmt::format("{:.1f} days, the time that was promised for {:.0f} of 100", *stream.expectation_days,
                       100 * stream.expectation_share);
  }
  const auto line = quant::survival_value(report.curve, 0.85);
  return fmt::format("{:.1f} days, the time in which 85 of 100 finish", days_of(line.value_or(0)));
}

std::vector<Finding> look(const FigureBook& book) {
  const FlowReport report = compute_report(book.snapshot(), book.asked());
  std::vector<Finding> out;
  for (const StreamRow& stream : report.streams) {
    if (stream.past_expectation == 0) continue;
    std::vector<std::string> worst;
    for (const AgingRow& row : report.aging) {
      if (!row.past_85 || row.value_stream != stream.id || worst.size() == 3) continue;
      worst.push_back(fmt::format("{} ({:.0f} days)", row.item, row.age_days));
    }
    out.push_back(finding(
        subject_of(stream.id),
        fmt::format("{} of {} open {} older than {}; oldest: {}", stream.past_expectation, pieces_of_work(stream.now),
                    stream.past_expectation == 1 ? "is" : "are", line_of(stream, report), listed(worst)),
        {"flow.cycle_time.km.p85", "flow.load.now", "flow.age.p85"}, report.as_of));
  }
  return out;
}

}  // namespace

Rule past_expectation_rule() {
  return {"flow.past_expectation", Severity::warning, "Open work past the 85 % line",
          "Work that is late by its own measure is where promises break next, and it never shows in the "
          "averages of finished work.",
          "Ask today, oldest first, what each one waits for: tiebeam figure flow.age.p85 --explain lists them",
          look};
}

}  // namespace tiebeam::flow
