// The answers to the room's questions, one file each.
#pragma once

#include "application/command.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {

// Every finish of the window: item, when, how long. Columns, so that 100 000 of them are 4 MB.
[[nodiscard]] Json cycle_times(const FlowReport& report);
// How many items were in each state, and how many ever reached each stage, day by day (at most
// about 400 times).
[[nodiscard]] Json cumulative_flow(const FlowReport& report);
// One item from its first event to now: every stay, who held it, and where that stands in the
// sources. Errors: flow.no_such_item, with a near miss.
[[nodiscard]] Result<Json> life_line(const FlowReport& report, std::string_view key);

// The finished items that were in a state, longest first, at most 200; none for a state nobody was
// in.
[[nodiscard]] Json state_items(const FigureBook& book, std::string_view state);

// Which waits are asked for; an empty text asks for all, an empty party for those of nobody named.
struct WaitingWords {
  std::string state, stream;
  std::optional<std::string> party;
};
// The items that a wait is made of, finished and open, longest first, at most 200.
[[nodiscard]] Json waiting_items(const FigureBook& book, const WaitingWords& words);

}  // namespace tiebeam::flow
