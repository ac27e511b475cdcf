// Writes a file whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace tiebeam::cli {

// Writes beside `path` and renames over it. Errors: file.unwritable with the cause.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view text);

}  // namespace tiebeam::cli
