// The figures of the room, made of what the engines computed, and the evidence under each.
#pragma once

#include <vector>

#include "model/figures.h"
#include "rooms/governance/engine/decisions.h"
#include "rooms/governance/engine/say_do.h"

namespace tiebeam::governance {

[[nodiscard]] std::vector<FigureSpec> say_do_specs();
[[nodiscard]] std::vector<Figure> say_do_figures(const SayDo& say_do, Instant as_of);
[[nodiscard]] std::vector<Evidence> say_do_evidence(const SayDo& say_do, std::string_view key,
                                                    std::size_t offset, std::size_t limit);

[[nodiscard]] std::vector<FigureSpec> decision_specs();
[[nodiscard]] std::vector<Figure> decision_figures(const Decisions& decisions, Instant as_of);
[[nodiscard]] std::vector<Evidence> decision_evidence(const Decisions& decisions,
                                                      std::string_view key, std::size_t offset,
                                                      std::size_t limit);

}  // namespace tiebeam::governance
