#include "rooms/governance/mount.h"

#include "rooms/governance/records.h"

namespace tiebeam::governance {

void mount(Table& table) {
  table.record<Decision>("governance");
  table.record<Commitment>("governance");
}

}  // namespace tiebeam::governance
