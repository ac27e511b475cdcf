// Which controls to buy: what sets of controls take away on average, and the best set under a
// budget. docs/method/risk.md, section "Controls".
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "rooms/risk/engine/block.h"
#include "rooms/risk/engine/prepared.h"

namespace tiebeam::risk {

using ControlSet = std::vector<std::size_t>;  // places in the register, rising

// What each set leaves of the scenario's events and losses in the block: layers multiply, they
// never add. One row a set, in their order.
void remaining(const Prepared& prepared, std::size_t scenario, const std::vector<ControlSet>& sets,
               std::uint64_t block, std::vector<Remaining>& out);
// The sets that touch the scenario at all.
[[nodiscard]] std::vector<std::size_t> sets_touching(const Prepared& prepared, std::size_t scenario,
                                                     const std::vector<ControlSet>& sets);

// The set with the largest expected reduction less cost, at most `budget` of expected cost a year.
// Every set is tried up to kExhaustive controls; beyond, the best found by adding, dropping and
// exchanging one at a time from several starts.
struct BestSet {
  ControlSet controls;
  bool proven = true;
};
constexpr std::size_t kExhaustive = 16;
[[nodiscard]] BestSet best_set(const Prepared& prepared, double budget);

}  // namespace tiebeam::risk
