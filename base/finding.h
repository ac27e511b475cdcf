// A Finding is something that a rule saw and a person should know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace tiebeam {

enum class Severity : std::uint8_t { info, warning, error };
[[nodiscard]] std::string_view severity_name(Severity severity);

struct Subject {
  std::string type;  // "service", "value_stream", "import"
  std::string id;
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

struct Finding {
  std::string rule;  // "flow.past_expectation"
  Severity severity = Severity::warning;
  Subject subject;
  std::string message;               // what is
  std::string why;                   // why it matters to the business
  std::string act;                   // what to do next ("do" in JSON)
  std::vector<std::string> figures;  // keys the message rests on
  Day since{};  // first day on which the facts of the finding held, or the as-of day
};

}  // namespace tiebeam
