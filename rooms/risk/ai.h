// AI tools: the facade of the register, its figures and rules, for command line, server and tests.
#pragma once

#include <memory>
#include <vector>

#include "model/json.h"
#include "model/rules.h"
#include "rooms/risk/engine/ai/register.h"

namespace tiebeam::risk {

// The as-of that was asked for or fixed, else the newest event, change of an AI tool or import of
// an inventory.
[[nodiscard]] Instant ai_seen_from(const FigureBook& book);
// Judged once for a book.
[[nodiscard]] std::shared_ptr<const AiRegister> ai_register_of(const FigureBook& book);

[[nodiscard]] FigureFamily ai_family();
[[nodiscard]] std::vector<Rule> ai_rules();

// Figures, tools, departments, months, duplicates and blocked uses: docs/reference/openapi.json,
// risk/ai.
[[nodiscard]] Json ai_json(const FigureBook& book, const std::vector<Finding>& findings);

}  // namespace tiebeam::risk
