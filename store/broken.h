// What is said of a file that holds what Tiebeam never wrote.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tiebeam::store {

// Entries are numbered and versions counted up to here: a reader of JSON holds each number exactly.
constexpr std::int64_t kHighestNumber = std::int64_t{1} << 53U;

[[nodiscard]] inline std::unexpected<Error> broken(std::string message) {
  return fail(Kind::unavailable, "store.broken", std::move(message), "restore the newest backup");
}
[[nodiscard]] inline std::unexpected<Error> broken_bytes(std::string_view what) {
  return broken(fmt::format("{} cannot be read", what));
}

}  // namespace tiebeam::store
