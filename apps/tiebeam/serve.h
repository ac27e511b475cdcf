// Runs the server until SIGINT or SIGTERM.
#pragma once

#include "cli/shell.h"

namespace tiebeam {

[[nodiscard]] Result<void> serve(const Table& table, const cli::Environment& environment,
                                 const cli::Serving& wanted);

}  // namespace tiebeam
