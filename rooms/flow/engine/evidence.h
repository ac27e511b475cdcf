// What each figure rests on: item by item its contribution, and the lines of the source files.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/figures.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// Largest contribution first, then by item key; at most `limit` from `offset`. Empty for a figure
// that is computed from other figures only, and for a key that is not ours. REQUIRES: the snapshot
// is alive.
[[nodiscard]] std::vector<Evidence> evidence_of(const FlowReport& report, std::string_view key,
                                                std::size_t offset, std::size_t limit);

}  // namespace tiebeam::flow
