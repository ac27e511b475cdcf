// The questions that the investment pages ask.
#pragma once

#include <vector>

#include "application/command.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

[[nodiscard]] std::vector<Query> investment_queries(const KeepPtr& keep);

}  // namespace tiebeam::investment
