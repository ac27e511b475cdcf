// Puts the flow room on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::flow {
void mount(Table& table);
}
