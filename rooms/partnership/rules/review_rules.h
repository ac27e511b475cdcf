// What the review notices: a rhythm that stopped, an action past its day, minutes left open.
#pragma once

#include "model/rules.h"
#include "rooms/partnership/rules/review_facts.h"

namespace tiebeam::partnership {

[[nodiscard]] Rule engagement_silent_rule(ReadReviewFacts read);
[[nodiscard]] Rule action_overdue_rule(ReadReviewFacts read);
[[nodiscard]] Rule minutes_open_rule(ReadReviewFacts read);

}  // namespace tiebeam::partnership
