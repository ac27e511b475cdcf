// A figure again, from nothing but its formula and its evidence: what an auditor does with a
// spreadsheet. The kinds of formula and their reading are listed in rooms/flow/README.md.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/figures.h"

namespace tiebeam::flow {

struct Recomputed {
  std::optional<double> value;      // none: not reached
  std::optional<double> low, high;  // a band only
};

// none: the formula works on other figures, or is of no known kind. REQUIRES: all of the evidence.
[[nodiscard]] std::optional<Recomputed> recompute(std::string_view formula,
                                                  const std::vector<Evidence>& evidence);

}  // namespace tiebeam::flow
