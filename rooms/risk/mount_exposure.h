// Puts what the register of an organisation answers on the table: figures, rules, questions,
// commands, writings.
#pragma once

#include "application/table.h"

namespace tiebeam::risk {
void mount_exposure(Table& table);
}
