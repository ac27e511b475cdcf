// Where the exceedance curve is drawn. docs/method/risk.md.
#pragma once

#include <vector>

namespace tiebeam::risk {

// Round losses (1, 2, 5 and their tens) from the least to the largest given, both inside.
// REQUIRES: 0 < least <= most.
[[nodiscard]] std::vector<double> round_losses(double least, double most);

}  // namespace tiebeam::risk
