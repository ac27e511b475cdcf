// A valuation as JSON: docs/format/initiatives.md, section "The answer".
#pragma once

#include <string>
#include <vector>

#include "model/json.h"
#include "rooms/investment/engine/value.h"

namespace tiebeam::investment {

[[nodiscard]] Json value_json(const Cases& cases, const Valuation& valuation,
                              const std::vector<std::string>& warnings);
[[nodiscard]] std::string hex_of(const quant::Mix& digest);

}  // namespace tiebeam::investment
