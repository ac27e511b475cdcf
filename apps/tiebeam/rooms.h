// Every room's mount, called in alphabetical order. The body is generated from rooms/*.
#pragma once

#include "application/table.h"

namespace tiebeam {
void mount_rooms(Table& table);
}
