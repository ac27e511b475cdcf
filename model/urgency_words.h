// Whether a type or a priority, in the source's own words, says that work could not wait.
// docs/method/unplanned.md lists the words.
#pragma once

#include <string_view>

namespace tiebeam {

// "Emergency change", "Hotfix", "Outage". Incidents are known by WorkType, not by this.
[[nodiscard]] bool is_urgent_type(std::string_view text);
// "1 - Critical", "P1", "Sev 1", "Blocker", "Dringend": the highest level, or a word for it. "2 -
// High" is not.
[[nodiscard]] bool is_urgent_priority(std::string_view text);

}  // namespace tiebeam
