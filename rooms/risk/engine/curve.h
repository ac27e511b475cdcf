// Where the exceedance curve is drawn, and what it says of an appetite. docs/method/risk.md.
#pragma once

#include <string_view>
#include <vector>

#include "quant/quantile.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

// Round losses (1, 2, 5 and their tens) from the least to the largest given, both inside.
// REQUIRES: 0 < least <= most.
[[nodiscard]] std::vector<double> round_losses(double least, double most);

enum class Verdict : std::uint8_t { within, breach, undecided };
[[nodiscard]] std::string_view verdict_name(Verdict verdict);
// breach: the whole interval of the probability lies above what is tolerated; within: at or below
// it; undecided: more trials, or better estimates, must tell.
[[nodiscard]] Verdict verdict_of(const AppetitePoint& point, const quant::Spread& probability);

}  // namespace tiebeam::risk
