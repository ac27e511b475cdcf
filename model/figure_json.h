// Figures and findings as the contract's JSON.
#pragma once

#include "base/figure.h"
#include "base/finding.h"
#include "model/figures.h"
#include "model/json.h"

namespace tiebeam {

[[nodiscard]] Json to_json(const Figure& figure);
[[nodiscard]] Json to_json(const Finding& finding);
[[nodiscard]] Json to_json(const Error& error);
[[nodiscard]] Json to_json(const Evidence& evidence, const Snapshot& snapshot);

}  // namespace tiebeam
