// Evidence in two steps: first the pieces under a figure as numbers, then only the asked-for ones
// in words, with the lines of the source files they stand on.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "model/figures.h"
#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {

using Piece = EvidencePiece;
// Fills `what` and `places` of a piece's evidence.
using Tell = std::function<void(const Piece&, const ItemFlow&, Evidence&)>;

// Largest first, then by item, then by sub; at most `limit` from `offset`.
[[nodiscard]] std::vector<Evidence> told(const FlowReport& report, std::vector<Piece> pieces,
                                         const Tell& tell, std::size_t offset, std::size_t limit);

// The rows of the log in which an item's clock started and stopped.
void place_ends(const FlowReport& report, const ItemFlow& flow, Evidence& out);
// The instant in the form in which evidence is written.
[[nodiscard]] std::string when(std::int64_t micros);

}  // namespace tiebeam::flow
