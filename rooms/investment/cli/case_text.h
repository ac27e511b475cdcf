// Cases as text for people, at most 100 columns wide.
#pragma once

#include <string>

#include "model/json.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

[[nodiscard]] std::string cases_text(const FigureBook& book, const Portfolio& portfolio,
                                     const KeepPtr& keep);
[[nodiscard]] std::string case_text(const FigureBook& book, const Portfolio& portfolio,
                                    const RecordCase& one, const KeepPtr& keep);
// The sentence of an answer and its figures, one a line.
[[nodiscard]] std::string figures_text(const Json& answer);

}  // namespace tiebeam::investment
