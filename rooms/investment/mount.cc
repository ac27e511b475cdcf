#include "rooms/investment/mount.h"

#include "rooms/investment/cli/value.h"
#include "rooms/investment/records.h"

namespace tiebeam::investment {

void mount(Table& table) {
  table.record<Initiative>("investment");
  table.commands.push_back(value_command());
}

}  // namespace tiebeam::investment
