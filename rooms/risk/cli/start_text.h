// Starting points and guesses as text for a terminal.
#pragma once

#include <string>

#include "rooms/risk/calibration.h"
#include "rooms/risk/start.h"

namespace tiebeam::risk {

[[nodiscard]] std::string start_text(const StartAnswer& answer);
[[nodiscard]] std::string calibration_text(const FigureBook& book);
// The next round of a person, and how to answer it.
[[nodiscard]] std::string round_text(const FigureBook& book, const std::string& person);

}  // namespace tiebeam::risk
