// Puts the investment room on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::investment {
void mount(Table& table);
}
