// Files as a whole: a finished one gets its name in one step, and never over another.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/error.h"

namespace tiebeam::store {

[[nodiscard]] bool file_exists(const std::string& path);
// Lets `fill` make a file beside `path`, syncs it and gives it the name; removes it on any failure.
// Errors: store.exists, store.unavailable, those of `fill`.
[[nodiscard]] Result<void> publish(
    const std::string& path, const std::function<Result<void>(const std::string& draft)>& fill);

}  // namespace tiebeam::store
