#include "model/work_type_words.h"

#include <string>
#include <utility>

#include "base/text.h"

namespace tiebeam {

std::string_view work_type_named(std::string_view text) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"feature", "feature"},
      {"story", "feature"},
      {"user story", "feature"},
      {"epic", "feature"},
      {"new feature", "feature"},
      {"improvement", "feature"},
      {"enhancement", "feature"},
      {"defect", "defect"},
      {"bug", "defect"},
      {"risk", "risk"},
      {"security", "risk"},
      {"vulnerability", "risk"},
      {"debt", "debt"},
      {"tech debt", "debt"},
      {"technical debt", "debt"},
      {"refactoring", "debt"},
      {"maintenance", "debt"},
      {"incident", "incident"},
      {"problem", "incident"},
      {"request", "request"},
      {"service request", "request"},
      {"change request", "request"}};
  const std::string lower = to_lower_ascii(trim(text));
  for (const auto& [word, type] : kWords) {
    if (word == lower) return type;
  }
  return {};
}

}  // namespace tiebeam
