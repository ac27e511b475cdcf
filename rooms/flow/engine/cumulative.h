// The cumulative flow diagram as its two honest parts: how many items ever reached a stage (never
// falls), and how many are in each state (may fall). docs/method/little.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rooms/flow/engine/walk.h"

namespace tiebeam::flow {

struct Cumulative {
  std::vector<std::string> stages;  // as in the state map with the longest order
  std::vector<std::string> states;  // last: "", asked for but not seen in a state yet
  // reached[t][k]: items that reached stage k or a later one by times[t]
  std::vector<std::vector<std::int64_t>> reached;
  // occupancy[t][s]: items in states[s] at times[t]; a row adds up to the items created by then
  std::vector<std::vector<std::int64_t>> occupancy;
};

// REQUIRES: `times` rise. Cost: O(events x log times + states x times).
[[nodiscard]] Cumulative cumulative_of(const FlowLog& log, const std::vector<std::int64_t>& times);

}  // namespace tiebeam::flow
