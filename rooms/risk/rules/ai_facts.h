// What the rules of AI tools look at: plain facts that the facade takes from the register.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "model/figures.h"

namespace tiebeam::risk {

struct AiToolFacts {
  std::string id, name, department;
  std::string says;  // what of it is seen: "personal data", "30 days"
  Day since{};
};
// A department, or a purpose, with its tools.
struct AiGroupFacts {
  std::string name;
  std::vector<AiToolFacts> tools;  // not empty
  std::size_t departments = 0;
  std::optional<Money> spend;
};
struct AiFacts {
  Day today{};
  std::vector<AiToolFacts> unevaluated, no_oversight, overdue;
  std::vector<AiToolFacts> blocked;       // without an alternative that may be used
  std::vector<AiGroupFacts> used_before;  // by department
  std::vector<AiGroupFacts> duplicates;
  std::int64_t months_growing = 0;
  std::vector<std::string> lags;  // of these months and the one before them: "June 12 days"
};
using ReadAiFacts = std::function<AiFacts(const FigureBook& book)>;

}  // namespace tiebeam::risk
