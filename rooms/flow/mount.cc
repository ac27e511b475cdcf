#include "rooms/flow/mount.h"

#include "rooms/flow/api/queries.h"
#include "rooms/flow/cli/commands.h"
#include "rooms/flow/engine/load.h"
#include "rooms/flow/flow.h"
#include "rooms/flow/guards.h"
#include "rooms/flow/records.h"
#include "rooms/flow/work_items.h"

namespace tiebeam::flow {

void mount(Table& table) {
  table.record<ValueStream>("flow");
  table.record<WorkItem>("flow");
  table.event<Transition>("flow");
  table.event<ItemFact>("flow");
  table.event<Deployment>("flow");
  table.event<CodeChange>("flow");
  table.event<IncidentEvent>("flow");
  for (FigureFamily& family : flow_families()) table.figures.add(std::move(family));
  for (Rule& rule : flow_rules()) table.rules.add(std::move(rule));
  table.audits.push_back({.figure = "flow.little.residual",
                          .measure = little_residual,
                          .at_most = 1e-9,
                          .meaning = "what came, what left and what is in progress add up"});
  table.guards.emplace("value_stream", [](const Watched& writing) {
    return writing.record ? check_value_stream(*writing.record) : std::vector<Error>{};
  });
  table.derived.emplace("work_item", Derived{.records = work_items, .count = work_item_count});
  for (Query& query : flow_queries()) table.queries.push_back(std::move(query));
  for (Command& command : flow_commands()) table.commands.push_back(std::move(command));
}

}  // namespace tiebeam::flow
