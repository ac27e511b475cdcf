// Which scenarios the worst years are made of.
#pragma once

#include <vector>

#include "rooms/risk/engine/control_sets.h"
#include "rooms/risk/engine/prepared.h"

namespace tiebeam::risk {

// Euler's allocation: each prepared scenario's mean loss in the years that lose at least `loss`, as
// a share of all. Source: Tasche 1999; years exactly at `loss` count alike. Where 19 of 20 years
// have no loss, the years that have one are the worst. Empty where too few years are that bad.
struct TailWanted {
  const Prepared& prepared;
  const ControlSet& in_place;
  const std::vector<double>& years;  // the portfolio by trial, whole blocks, with those controls
  std::size_t trials = 0;
  double loss = 0;
  unsigned threads = 1;
};
[[nodiscard]] std::vector<double> tail_shares(const TailWanted& of);

}  // namespace tiebeam::risk
