// Puts the monthly review on the table.
#pragma once

#include "application/table.h"

namespace tiebeam::partnership {
void mount_review(Table& table);
}
