// Files as a whole: a finished one gets its name in one step, and never over another.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tiebeam::store {

[[nodiscard]] bool file_exists(const std::string& path);
// Lets `fill` make a file beside `path`, syncs it and gives it the name; removes it on any failure.
// What processes that are no more left behind goes first.
// REQUIRES: what `fill` opened is closed when it returns, and its write-ahead log folded.
// Errors: store.exists, store.unavailable, those of `fill`.
[[nodiscard]] Result<void> publish(
    const std::string& path, const std::function<Result<void>(const std::string& draft)>& fill);
// The name that a draft is to get, by which people know it; any other path as it is.
[[nodiscard]] std::string goal_of(const std::string& path);
// Removes a file that was just made and is of no use, with what SQLite may have left beside it.
void take_back(const std::string& path);

// What it means for people that the system has no room for a write; nothing for other causes.
struct NoRoom {
  std::string_view cause, hint;
};
[[nodiscard]] std::optional<NoRoom> no_room(int system_error);

}  // namespace tiebeam::store
