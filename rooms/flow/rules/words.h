// Wording that the rules of this room share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "rooms/flow/rules/facts.h"

namespace tiebeam::flow {

// "a", "a and b", "a, b and c".
[[nodiscard]] std::string listed(const std::vector<std::string>& words);
// "1 piece of work", "3 pieces of work".
[[nodiscard]] std::string pieces_of_work(std::int64_t count);
// The stream when it has a name, else the organisation as a whole.
[[nodiscard]] Subject subject_of(std::string_view stream);
// " in Payroll": what follows "work" where it is of one stream of `facts`.
[[nodiscard]] std::string in_stream(const FlowFacts& facts, const StreamFacts& stream);
// A finding on the day of the figures; the registry fills the rest.
[[nodiscard]] Finding finding(Subject subject, std::string message,
                              std::vector<std::string> figures, Instant as_of);

}  // namespace tiebeam::flow
