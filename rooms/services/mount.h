#pragma once

#include "application/table.h"

namespace tiebeam::services {

void mount(Table& table);

}  // namespace tiebeam::services
