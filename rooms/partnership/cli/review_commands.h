// `tiebeam partnership review` and `tiebeam partnership digest`.
#pragma once

#include <string>
#include <vector>

#include "application/command.h"
#include "rooms/partnership/review.h"

namespace tiebeam::partnership {

[[nodiscard]] std::vector<Command> review_commands();
[[nodiscard]] std::string review_text(const Review& review);
[[nodiscard]] std::string digest_text(const Snapshot& snapshot, const std::vector<Review>& reviews);

}  // namespace tiebeam::partnership
