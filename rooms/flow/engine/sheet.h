// The figures of one family that rests on work items, while they are being made.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {

class FigureSheet : public FigureSet {
 public:
  FigureSheet(const FlowReport& report, const std::vector<FigureSpec>& specs)
      : FigureSet(specs, report.as_of, sources_behind(report.log)) {}
  // Says what a figure rests on: `count` items, chosen by `filter`, and the files they came in.
  Figure& rests_on(std::string_view key, std::size_t count, std::string filter) {
    return FigureSet::rests_on(key, "work_item", count, std::move(filter));
  }
};

// The p line of sorted values with its interval, or how many of `what` are needed: "finished
// items".
void set_percentile(Figure& figure, std::span<const double> sorted, double p,
                    std::string_view what);
// "a line at half", "an 85 % line"
[[nodiscard]] std::string line_name(double p);

// A list of tickets has no history: what to do about it, for every figure that needs one.
constexpr std::string_view kNoHistory =
    "a list of tickets tells when work was asked for and done, not when it began, waited or "
    "changed hands: import its history (tiebeam import FILE --format events with item,at,state, or "
    "the tool's audit log)";

}  // namespace tiebeam::flow
