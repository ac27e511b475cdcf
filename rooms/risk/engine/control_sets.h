// Which controls to buy: what sets of controls take away on average, and the best set under a
// budget. docs/method/risk.md, section "Controls".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "rooms/risk/engine/block.h"
#include "rooms/risk/engine/prepared.h"

namespace tiebeam::risk {

// Buffers of one thread that simulates blocks under sets of controls.
struct SetWorkspace {
  explicit SetWorkspace(const Prepared& prepared) : work(prepared) {}
  Workspace work;
  BlockLoss loss;
};

// Whether the scenario's years can be others under one set than under the other.
[[nodiscard]] bool differ_on(const Prepared& prepared, std::size_t scenario, const ControlSet& one,
                             const ControlSet& other);
[[nodiscard]] ControlSet both(const ControlSet& one, const ControlSet& other);
// What the set leaves of the scenario's expected loss, a share; none where insurance makes it more
// than a product.
[[nodiscard]] std::optional<double> expected_part(const Prepared& prepared, std::size_t scenario,
                                                  const ControlSet& set);
// With the control where it is not among them, without it where it is.
[[nodiscard]] ControlSet switched(const ControlSet& set, std::size_t control);

// Those that may be bought: not in place, and somebody said what they cost.
[[nodiscard]] ControlSet choices_of(const Register& wanted);
// What to add of `choices` to the controls in place: the set with the largest expected reduction
// less cost, at most `budget` of expected cost a year.
// Every set is tried up to kExhaustive controls; beyond, the best found by adding, dropping and
// exchanging one at a time from several starts.
struct BestSet {
  ControlSet controls;
  bool proven = true;
};
constexpr std::size_t kExhaustive = 16;
[[nodiscard]] BestSet best_set(const Prepared& prepared, double budget, const ControlSet& in_place,
                               const ControlSet& choices);

}  // namespace tiebeam::risk
