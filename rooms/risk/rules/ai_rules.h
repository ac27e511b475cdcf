// What the room notices of AI tools. Each says what is, why it matters and what to do, and blames
// nobody: use that comes before approval says something of the way to an approval.
#pragma once

#include "model/rules.h"
#include "rooms/risk/rules/ai_facts.h"

namespace tiebeam::risk {

[[nodiscard]] Rule ai_unevaluated_rule(ReadAiFacts read);
[[nodiscard]] Rule ai_used_before_approval_rule(ReadAiFacts read);
[[nodiscard]] Rule ai_no_oversight_rule(ReadAiFacts read);
[[nodiscard]] Rule ai_review_overdue_rule(ReadAiFacts read);
[[nodiscard]] Rule ai_blocked_no_alternative_rule(ReadAiFacts read);
[[nodiscard]] Rule ai_duplicate_rule(ReadAiFacts read);
[[nodiscard]] Rule ai_lag_growing_rule(ReadAiFacts read);

// One finding a tool, the first of them; where there are more, the last says how many.
// `message` tells one tool; `rest` is what the others have in common: "see confidential data".
struct AiTelling {
  std::vector<std::string> figures;
  std::string (*message)(const AiToolFacts& tool);
  const char* rest;
};
[[nodiscard]] std::vector<Finding> told_one_by_one(const std::vector<AiToolFacts>& tools,
                                                   const AiTelling& telling);

}  // namespace tiebeam::risk
