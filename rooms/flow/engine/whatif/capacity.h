// How much of the waiting before a state more capacity would take away: an estimate with a range.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/flow/engine/utilisation/presence.h"
#include "rooms/flow/engine/whatif/whatif.h"

namespace tiebeam::flow {

// One queue and those who serve it, as in the weeks that rates are measured over.
struct Station {
  std::vector<CutStay> waits;  // those that ended with service, by place, one for each state
  std::size_t people = 0;      // who served it in the last full weeks
  double people_a_week = 0;    // of those, seen in a week
  double busy = 0;             // share of their weeks with active work
  double wait_days = 0, service_days = 0;               // mean per served stay
  double arrival_variation = 0, service_variation = 0;  // squared coefficients of variation
  std::size_t served = 0;  // stays served in the last full weeks, behind all but `waits`
};

// The queue is the state itself when it waits; before a state that is worked in, it is the waiting
// that ended with a stay there (not what was blocked).
[[nodiscard]] Station station_of(const FlowReport& report, const FinishedStays& stays,
                                 const std::vector<PersonWeek>& presence, std::uint32_t state,
                                 bool is_queue);

struct Estimated {
  Cut cut;
  std::string assumption;
};
// Four readings: utilisation as seen and as the waits imply, one queue for all and one for each.
// An error is the reason why nothing can be said.
[[nodiscard]] std::expected<Estimated, std::string> capacity_cut(const Station& station,
                                                                 const Lever& lever);

constexpr std::size_t kServedStays = 20;  // fewer tell nothing of variability. Source: ours.

}  // namespace tiebeam::flow
