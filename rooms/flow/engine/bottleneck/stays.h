// The time that each finished item spent in each state between commit and finish, whole
// microseconds: what every "what if these stays were shorter" is replayed on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// One item in one state: all of its stays there together.
struct ItemStays {
  std::uint32_t place;   // in FinishedStays::items
  std::int64_t time;     // in the state
  std::int64_t waiting;  // the part of it that was wait, block or backlog
};

struct StayedState {
  std::uint32_t state = 0;  // id in the state column
  std::string name;
  Meaning meaning = Meaning::unknown;  // the one most of its time had
  std::vector<ItemStays> items;        // those that were in it, by place
  std::int64_t time = 0;
  std::int64_t waiting = 0;
};

struct FinishedStays {
  std::vector<std::uint32_t> items;  // in the log's order, which is by key
  std::vector<std::int64_t> cycles;  // finish - commit of each
  // By name. Without the time between two cycles, which no state of the workflow can give back.
  std::vector<StayedState> states;

  [[nodiscard]] const StayedState* find(std::string_view name) const;
};

// The items of flow.cycle_time.*: finished in the window, their beginning and history known; of one
// value stream (index in the log's streams) where it is given. Cost: O(events).
[[nodiscard]] FinishedStays finished_stays(const FlowReport& report,
                                           std::optional<std::uint32_t> stream = std::nullopt);

[[nodiscard]] constexpr bool is_waiting(Meaning meaning) {
  return meaning == Meaning::wait || meaning == Meaning::blocked || meaning == Meaning::backlog;
}
// Between two cycles: the work was done, or given up, and came back.
[[nodiscard]] constexpr bool is_between_cycles(Meaning meaning) {
  return meaning == Meaning::done || meaning == Meaning::cancelled;
}

}  // namespace tiebeam::flow
