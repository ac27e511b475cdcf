#include "rooms/strategy/mount.h"

#include "rooms/strategy/records.h"

namespace tiebeam::strategy {

void mount(Table& table) {
  table.record<Priority>("strategy");
  table.record<Kpi>("strategy");
  table.record<KpiReading>("strategy");
  table.record<Capability>("strategy");
  table.links.push_back({.name = "serves",
                         .from = {"work_item", "value_stream", "initiative", "team"},
                         .to = {"priority", "initiative"},
                         .help = "exists for the sake of"});
}

}  // namespace tiebeam::strategy
