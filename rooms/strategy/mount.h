// Puts the strategy room on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::strategy {
void mount(Table& table);
}
