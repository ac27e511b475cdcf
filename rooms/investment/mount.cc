#include "rooms/investment/mount.h"

#include "rooms/investment/records.h"

namespace tiebeam::investment {

void mount(Table& table) { table.record<Initiative>("investment"); }

}  // namespace tiebeam::investment
