#include "rooms/governance/mount.h"

#include "rooms/governance/api/queries.h"
#include "rooms/governance/cli/commands.h"
#include "rooms/governance/governance.h"
#include "rooms/governance/records.h"

namespace tiebeam::governance {

void mount(Table& table) {
  table.record<Decision>("governance");
  table.record<Commitment>("governance");
  for (FigureFamily& family : governance_families()) table.figures.add(std::move(family));
  for (Rule& rule : governance_rules()) table.rules.add(std::move(rule));
  for (Query& query : governance_queries()) table.queries.push_back(std::move(query));
  for (Command& command : governance_commands()) table.commands.push_back(std::move(command));
}

}  // namespace tiebeam::governance
