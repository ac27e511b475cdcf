// The figures of the register of AI tools, and the tools under each.
#pragma once

#include <vector>

#include "model/figures.h"
#include "rooms/risk/engine/ai/register.h"

namespace tiebeam::risk {

[[nodiscard]] std::vector<FigureSpec> ai_specs();
[[nodiscard]] std::vector<Figure> ai_figures(const AiRegister& ai, Instant as_of);
[[nodiscard]] std::vector<Evidence> ai_evidence(const AiRegister& ai, std::string_view key,
                                                std::size_t offset, std::size_t limit);

}  // namespace tiebeam::risk
