#include "rooms/risk/mount.h"

#include "rooms/risk/mount_ai.h"
#include "rooms/risk/mount_exposure.h"
#include "rooms/risk/mount_guards.h"
#include "rooms/risk/mount_start.h"
#include "rooms/risk/records.h"

namespace tiebeam::risk {

void mount(Table& table) {
  table.record<RiskScenario>("risk");
  table.record<RiskControl>("risk");
  table.record<ControlEffect>("risk");
  table.record<Appetite>("risk");
  table.record<Insurance>("risk");
  table.record<SharedCause>("risk");
  table.record<Driver>("risk");
  table.record<DriverLoading>("risk");
  mount_guards(table);
  mount_ai(table);
  mount_exposure(table);
  mount_start(table);
}

}  // namespace tiebeam::risk
