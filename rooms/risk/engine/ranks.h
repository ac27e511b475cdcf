// Values of many years by their ranks, without sorting them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rooms/risk/engine/measures.h"

namespace tiebeam::risk {

// The rank-th smallest losses above 0, for rising ranks from 1.
[[nodiscard]] std::vector<double> by_ranks(const LossColumn& column,
                                           const quant::LogHistogram& histogram,
                                           const std::vector<std::uint64_t>& ranks);
// Quantiles of the first n values, by rising share. `values` holds whole blocks.
[[nodiscard]] std::vector<double> quantiles_of(const std::vector<double>& values, std::size_t n,
                                               std::span<const double> shares);

}  // namespace tiebeam::risk
