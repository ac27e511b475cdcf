// Puts what one begins with on the table: starting points and the calibration of guesses.
#pragma once

#include "application/table.h"

namespace tiebeam::risk {

void mount_start(Table& table);

}  // namespace tiebeam::risk
