// Who of a team was seen in which week, and how long at least one piece of active work lay with
// them: what utilisation is estimated from. Never shown by person. docs/method/bottlenecks.md.
#pragma once

#include <cstdint>
#include <vector>

#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// One person in one team in one of the last full weeks, all in microseconds.
struct PersonWeek {
  std::uint32_t team;
  std::uint32_t person;
  std::uint32_t week;   // index in FlowReport::week_periods
  std::int64_t busy;    // time with at least one active item of theirs
  std::int64_t active;  // active time of their items, items counted one by one
  std::uint32_t row;    // of the transitions: the first that shows them there
};

// For every person with an event or an active stay in the week, where team and person are named in
// the row; sorted by team, person, week. Weeks: those that rates are measured over.
[[nodiscard]] std::vector<PersonWeek> presence_of(const FlowReport& report);

}  // namespace tiebeam::flow
