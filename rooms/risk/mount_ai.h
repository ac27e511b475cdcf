// Puts the register of AI tools on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::risk {
void mount_ai(Table& table);
}
