#include "rooms/risk/mount.h"

#include "rooms/risk/cli/simulate.h"

namespace tiebeam::risk {

void mount(Table& table) { table.commands.push_back(simulate_command()); }

}  // namespace tiebeam::risk
