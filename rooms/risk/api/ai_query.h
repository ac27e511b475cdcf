// What the page of AI tools asks for.
#pragma once

#include "application/command.h"

namespace tiebeam::risk {

[[nodiscard]] Query ai_query();

}  // namespace tiebeam::risk
