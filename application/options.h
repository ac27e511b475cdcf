// Options of commands as numbers.
#pragma once

#include <cstdint>
#include <string_view>

#include "application/command.h"

namespace tiebeam {

// A whole number within [least, most], or `otherwise` where the option is not given.
// Errors: command.bad_option.
[[nodiscard]] Result<std::uint64_t> whole_option(const Asking& asking, std::string_view name,
                                                 std::uint64_t least, std::uint64_t most,
                                                 std::uint64_t otherwise);

}  // namespace tiebeam
