// Where the exceedance curve is drawn. docs/method/risk.md.
#pragma once

#include <vector>

namespace tiebeam::risk {

// Round losses (1, 2, 5 and their tens) from the least to the largest given, both inside.
// REQUIRES: 0 < least <= most.
[[nodiscard]] std::vector<double> round_losses(double least, double most);
// Twelve losses to each ten-fold (1, 1.2, 1.5, 1.8, 2.2, ...), the least at or below and the last
// at or above the ends; at most kMostPoints, the largest ones.
constexpr std::size_t kMostPoints = 120;
[[nodiscard]] std::vector<double> even_losses(double least, double most);

}  // namespace tiebeam::risk
