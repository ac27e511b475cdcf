// AI tools as they follow from imported inventories, and as the register holds them.
#pragma once

#include <vector>

#include "model/snapshot.h"
#include "rooms/risk/ai_records.h"

namespace tiebeam::risk {

// One record a tool, sorted by id, of its newest import. What the source does not say is not given,
// the decision and the evaluation among it.
[[nodiscard]] std::vector<Record> imported_tools(const Snapshot& snapshot);
// How many there are. Cost: much less.
[[nodiscard]] std::size_t imported_tool_count(const Snapshot& snapshot);

struct ListedTool {
  AiTool record;
  // Whether anybody said what was decided: an inventory that has no day of approval leaves open
  // whether there was one.
  bool decision_is_known = true;
};
// Imported tools under what people wrote of them, sorted by id.
[[nodiscard]] std::vector<ListedTool> listed_tools(const Snapshot& snapshot);

}  // namespace tiebeam::risk
