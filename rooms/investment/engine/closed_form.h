// The mean of an initiative's net present value without simulation, where the inputs that are
// multiplied are independent. docs/method/initiative-value.md, section "The mean without trials".
#pragma once

#include <optional>
#include <string>

#include "rooms/investment/engine/prepared.h"

namespace tiebeam::investment {

struct ExactMean {
  std::optional<double> value;
  std::string reason;  // in plain words, when there is none
};
[[nodiscard]] ExactMean exact_npv_mean(const PreparedCase& initiative, const Shared& shared,
                                       const Settings& settings);

}  // namespace tiebeam::investment
