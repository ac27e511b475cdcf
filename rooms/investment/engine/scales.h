// Inputs that are asked for larger or smaller than estimated: "what if adoption is 1.2 times
// that?". The same draws, so that what differs is the change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "rooms/investment/engine/prepared.h"

namespace tiebeam::investment {

struct Scale {
  std::string input;
  double factor = 1;
};
constexpr double kMostScale = 1000;

// "adoption:1.2", several one a line or with commas; empty: none. Errors: investment.bad_scale.
[[nodiscard]] Result<std::vector<Scale>> parse_scales(std::string_view text);
// Errors: investment.unknown_input, investment.not_a_share (it would leave 0 to 1).
[[nodiscard]] Result<void> scale_inputs(const std::vector<Scale>& scales, PreparedCase& initiative,
                                        Shared& shared, const Settings& settings);

}  // namespace tiebeam::investment
