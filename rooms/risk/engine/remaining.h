// What sets of controls leave of a scenario's events and losses, trial by trial.
// docs/method/risk.md, section "Controls".
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "quant/kernels/kernels.h"
#include "rooms/risk/engine/prepared.h"

namespace tiebeam::risk {

using Row = std::array<double, quant::kBlock + quant::kPad>;
using ControlSet = std::vector<std::size_t>;  // places in the register, rising

// Sets of controls that are compared on one scenario, and all reductions of that scenario.
struct Variants {
  std::span<const PreparedReduction> reductions;
  std::span<const ControlSet> sets;
};

// What one set leaves in a block: shares of the events and of each loss that remain, by trial.
struct Remaining {
  bool fewer = false;    // events are prevented; else `events` says nothing
  bool smaller = false;  // losses are reduced; else `losses` says nothing
  Row events, losses;
};

// One entry a set, in their order, true for the given trials: layers multiply, they never add.
// REQUIRES: trials below kBlock and rising, with room for kPad more.
void remaining(const Variants& variants, std::uint64_t block, std::span<const std::uint32_t> trials,
               std::vector<Remaining>& out);

}  // namespace tiebeam::risk
