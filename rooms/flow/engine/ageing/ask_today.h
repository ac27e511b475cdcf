// Open work to ask about today: longer in its state than 85 of 100 stay there, or older than its
// stream promised; the most surprising first, each with a sentence that says why.
// docs/method/bottlenecks.md.
#pragma once

#include <string>
#include <vector>

#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

constexpr std::size_t kAskedToday = 7;  // more is not asked in one meeting. Source: ours.

struct AskRow {
  std::size_t aging = 0;  // in FlowReport::aging
  double surprise = 0;    // share of others that were done, or had left the state, by this age
  double overrun = 0;     // age as a multiple of the line it is past
  std::string why;
};

// All of them; pages show the first kAskedToday. Cost: O(n log n) of the open items.
[[nodiscard]] std::vector<AskRow> ask_today(const FlowReport& report);

// flow.ask_today
[[nodiscard]] FigureFamily ask_today_family();

}  // namespace tiebeam::flow
