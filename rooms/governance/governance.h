// The governance room's facade: how fast decisions are made, what their waiting costs, and whether
// both sides keep their word.
#pragma once

#include <memory>
#include <vector>

#include "model/json.h"
#include "model/rules.h"
#include "rooms/governance/engine/decisions.h"
#include "rooms/governance/engine/say_do.h"

namespace tiebeam::governance {

// What the room's figures are seen from: model/known_until.h over its records.
[[nodiscard]] Instant seen_from(const FigureBook& book);
// Made once for a book.
[[nodiscard]] std::shared_ptr<const SayDo> say_do_of(const FigureBook& book);
[[nodiscard]] std::shared_ptr<const Decisions> decisions_of(const FigureBook& book);

[[nodiscard]] std::vector<FigureFamily> governance_families();
[[nodiscard]] std::vector<Rule> governance_rules();

// Figures with the rows they are made of: `promises`, `sides`, `bands`; `waiting`, `taken`.
[[nodiscard]] Json say_do_json(const FigureBook& book, const std::vector<Finding>& findings);
[[nodiscard]] Json decisions_json(const FigureBook& book, const std::vector<Finding>& findings);

}  // namespace tiebeam::governance
