// What keeps a connection from becoming a request, each with what was found, what was expected and
// a next step.
#pragma once

#include <cstddef>
#include <string>

#include "base/error.h"

namespace tiebeam::server::refusals {

[[nodiscard]] Error broke();
[[nodiscard]] Error too_many_connections(std::size_t most);
[[nodiscard]] Error too_slow();
[[nodiscard]] Error head_too_large(std::size_t bytes, std::size_t most);
[[nodiscard]] Error body_too_large(std::size_t most);
[[nodiscard]] Error no_space();
[[nodiscard]] Error malformed(std::string message);

}  // namespace tiebeam::server::refusals
