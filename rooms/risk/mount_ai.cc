#include "rooms/risk/mount_ai.h"

#include "rooms/risk/ai.h"
#include "rooms/risk/ai_records.h"
#include "rooms/risk/api/ai_query.h"
#include "rooms/risk/cli/ai_command.h"

namespace tiebeam::risk {

void mount_ai(Table& table) {
  table.record<AiTool>("risk");
  table.event<AiUse>("risk");
  table.derived.emplace("ai_tool",
                        Derived{.records = imported_tools, .count = imported_tool_count});
  table.figures.add(ai_family());
  for (Rule& rule : ai_rules()) table.rules.add(std::move(rule));
  table.queries.push_back(ai_query());
  table.commands.push_back(ai_command());
}

}  // namespace tiebeam::risk
