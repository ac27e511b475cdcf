// Puts the briefing room on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::briefing {
void mount(Table& table);
}
