// Where and for whom work waits, what to ask about today, demand and teams, as tables for a
// terminal.
#pragma once

#include <string>

#include "model/figures.h"

namespace tiebeam::flow {

[[nodiscard]] std::string waits_text(const FigureBook& book);
[[nodiscard]] std::string capacity_text(const FigureBook& book);

}  // namespace tiebeam::flow
