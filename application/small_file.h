// A file that is read whole: maps, records.
#pragma once

#include <string>

#include "base/error.h"

namespace tiebeam {

// Errors: file.unreadable, file.too_large.
[[nodiscard]] Result<std::string> read_small_file(const std::string& path, std::size_t limit);

}  // namespace tiebeam
