// Puts the partnership room on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::partnership {
void mount(Table& table);
}
