// How long decisions take, and which ones wait at what cost. Open ones count for as long as they
// have waited (Kaplan and Meier 1958). docs/method/decision-latency.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/cost_of_waiting.h"
#include "quant/survival.h"
#include "rooms/governance/records.h"

namespace tiebeam::governance {

struct WaitingDecision {
  Decision record;
  std::optional<std::int64_t> age_days;  // since it was raised; none: nobody said when
  std::optional<Money> cost_so_far;      // cost of delay a week x weeks waited
  bool is_past_needed = false;           // the day it was needed by has passed
};

struct TakenDecision {
  Decision record;
  std::optional<std::int64_t> days;  // from raised to decided; none: not raised, or raised later
  std::optional<bool> in_time;       // by the day it was needed; none: no such day
};

struct Decisions {
  Day today{};
  std::vector<WaitingDecision> waiting;  // largest cost of delay a week first, then oldest, then id
  std::vector<TakenDecision> taken;      // newest first, then id
  quant::Curve curve;                    // ages in whole days from raised to decided
  std::size_t without_day = 0;          // left out of the curve: no day raised, or after the answer
  std::size_t needed = 0, in_time = 0;  // of those whose needed day passed: decided by it
  std::optional<Money> cost_a_week;  // of all that wait and say it, in the organisation's currency
  std::optional<Money> cost_so_far;
  std::size_t costed = 0, other_currency = 0;
};

// Only what was raised by `today`; what was decided later still waits.
[[nodiscard]] Decisions compute_decisions(const std::vector<Decision>& decisions, Currency currency,
                                          Day today);

}  // namespace tiebeam::governance
