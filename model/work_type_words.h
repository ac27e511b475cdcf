// What kind of work a source's own word for a type names, for every room that reads items by type.
#pragma once

#include <string_view>

namespace tiebeam {

// "Bug" is a "defect", "Story" a "feature", "Service Request" a "request": a name of
// flow::WorkType. Empty for a word that says none of them. Case and spaces around do not matter.
[[nodiscard]] std::string_view work_type_named(std::string_view text);

}  // namespace tiebeam
