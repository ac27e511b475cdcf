// One rule a symptom: what the diagnosis calls visible stands among the findings, too, and is
// disputed there.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/rules.h"

namespace tiebeam::partnership {

// What a rule says when its symptom is visible. Engine and rules do not know each other.
struct SymptomFacts {
  std::string message, figure;
  Instant as_of{};
};
using ReadSymptom = std::function<std::optional<SymptomFacts>(const FigureBook& book)>;

struct SymptomWords {
  std::string id, title, why, act;
};

// Severity info: the facts under a symptom have warnings of their own in their rooms.
[[nodiscard]] Rule symptom_rule(SymptomWords words, ReadSymptom read);

}  // namespace tiebeam::partnership
