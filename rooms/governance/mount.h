// Puts the governance room on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::governance {
void mount(Table& table);
}
