// A digest as a mail file.
#pragma once

#include <string>
#include <vector>

#include "rooms/partnership/review.h"

namespace tiebeam::partnership {

// `text` is the digest for readers without HTML.
[[nodiscard]] std::string digest_mail(const Snapshot& snapshot, const std::vector<Review>& reviews,
                                      std::string text);

}  // namespace tiebeam::partnership
