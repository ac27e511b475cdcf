// Puts the risk room on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::risk {

void mount(Table& table);

}  // namespace tiebeam::risk
