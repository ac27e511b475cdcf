// What the room answers to pages and programs. Shapes: docs/guide/case.md names what each part is
// for.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "model/json.h"
#include "rooms/investment/engine/sign_off.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

// All initiatives with what they are worth, those of the greatest value first, unvalued ones last.
[[nodiscard]] Json cases_json(const FigureBook& book, const Portfolio& portfolio,
                              const KeepPtr& keep, const std::vector<Finding>& findings);
// One case with all its parts. REQUIRES: `one` is of `portfolio`.
[[nodiscard]] Json case_json(const FigureBook& book, const Portfolio& portfolio,
                             const RecordCase& one, const KeepPtr& keep,
                             const std::vector<Finding>& findings, const std::string& recompute);
// A case that is not on record: what a page can show of it. `detail` null: it cannot be valued.
[[nodiscard]] Json unsaved_json(const Portfolio& portfolio, const RecordCase& one,
                                const CaseDetail* detail, const std::string& recompute);
// The case with inputs larger or smaller than estimated.
[[nodiscard]] Json scaled_json(const Portfolio& portfolio, const RecordCase& one,
                               const ScaledCase& scaled, const std::string& recompute);

// The signatures of a case against what it is now.
[[nodiscard]] Standing standing_of(const FigureBook& book, const Portfolio& portfolio,
                                   const RecordCase& one);
// Empty where it cannot be valued.
[[nodiscard]] std::string hash_of(const Portfolio& portfolio, const RecordCase& one);

}  // namespace tiebeam::investment
