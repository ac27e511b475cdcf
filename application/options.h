// Options of commands as numbers.
#pragma once

#include <cstdint>
#include <string_view>

#include "application/command.h"

namespace tiebeam {

// `text` as a whole number within [least, most]; the hint names `otherwise`.
// Errors: command.bad_option.
[[nodiscard]] Result<std::uint64_t> whole_number(std::string_view name, std::string_view text,
                                                 std::uint64_t least, std::uint64_t most,
                                                 std::uint64_t otherwise);
// A whole number within [least, most], or `otherwise` where the option is not given.
// Errors: command.bad_option.
[[nodiscard]] Result<std::uint64_t> whole_option(const Asking& asking, std::string_view name,
                                                 std::uint64_t least, std::uint64_t most,
                                                 std::uint64_t otherwise);

}  // namespace tiebeam
