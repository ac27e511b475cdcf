// How far long work is, on one line of a terminal that people watch.
#pragma once

#include <functional>
#include <string>

#include "cli/shell.h"

namespace tiebeam::cli {

// Prints "WHAT: 41 % DONE " over and over on standard error, when that is a terminal and the work
// has lasted a second; ends the line at a share of 1. REQUIRES: `environment` outlives it.
[[nodiscard]] std::function<void(double share)> progress_line(const Environment& environment,
                                                              std::string what, std::string done);

}  // namespace tiebeam::cli
