#include "rooms/services/mount.h"

#include "rooms/services/records.h"

namespace tiebeam::services {

void mount(Table& table) { table.record<Service>("services"); }

}  // namespace tiebeam::services
