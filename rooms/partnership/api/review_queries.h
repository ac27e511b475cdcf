// What the pages of the review ask for.
#pragma once

#include <vector>

#include "application/command.h"

namespace tiebeam::partnership {

[[nodiscard]] std::vector<Query> review_queries();

}  // namespace tiebeam::partnership
