// A scenario that is not saved yet, as it would be told; and the draws with which a page switches
// controls by itself.
#pragma once

#include "rooms/risk/exposure_json.h"

namespace tiebeam::risk {

// The fields of a scenario that change what it costs, as typed: {"frequency", "0.05..0.5"}. With
// the id of a scenario on record the others are as there, and "" takes a field away.
[[nodiscard]] const std::vector<std::string>& preview_fields();
// Errors: those of register_of and simulate. What cannot be meant, or is missing, is in `errors`.
[[nodiscard]] Result<Json> preview_json(const FigureBook& book, SimulationKeep& keep,
                                        const Options& typed, const ExposureWish& wanted);

// docs/method/risk.md, section "Draws". Errors: those of exposed.
constexpr std::uint64_t kDraws = 2000;
[[nodiscard]] Result<Json> draws_json(const FigureBook& book, SimulationKeep& keep,
                                      const ExposureWish& wanted);

}  // namespace tiebeam::risk
