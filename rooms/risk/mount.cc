#include "rooms/risk/mount.h"

#include "rooms/risk/ai_records.h"
#include "rooms/risk/cli/simulate.h"
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
  table.record<AiTool>("risk");
  table.commands.push_back(simulate_command());
}

}  // namespace tiebeam::risk
