// A report as the JSON of `flow metrics` (contract): figures, findings, warnings and the arrays,
// and for each array what its columns are, so that a page can say of every cell how it was made.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "model/json.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {

[[nodiscard]] Json metrics_json(const FigureBook& book, const std::vector<Figure>& figures,
                                const std::vector<Finding>& findings,
                                const std::vector<std::string>& warnings);

}  // namespace tiebeam::flow
