// Where a value stands in JSON, as RFC 6901 writes it: "/states/In~1Progress".
#pragma once

#include <string>
#include <string_view>

namespace tiebeam {

// The name of a member as a part of a pointer: "~" is "~0" there, and "/" is "~1".
[[nodiscard]] std::string pointer_part(std::string_view name);
// A pointer as a line of text says it: "/" for the whole, no control characters, not too long.
[[nodiscard]] std::string shown_pointer(std::string_view pointer);

}  // namespace tiebeam
