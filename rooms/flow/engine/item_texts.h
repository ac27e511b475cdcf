// What the sources say of each item in words: its service, priority and type. Read beside the log,
// because only some subjects need it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rooms/flow/engine/log.h"

namespace tiebeam::flow {

// Ids in the columns of the item facts, one each per FlowLog::items; 0: not said.
struct ItemTexts {
  const EventTable* facts = nullptr;  // null: no facts, and all are 0
  std::vector<std::uint32_t> service, priority, type;

  [[nodiscard]] std::string_view service_of(std::uint32_t item) const;
  [[nodiscard]] std::string_view priority_of(std::uint32_t item) const;
  [[nodiscard]] std::string_view type_of(std::uint32_t item) const;
};

// The newest of each that is known at the log's as-of, field by field; of ticket lists only the
// newest that names the item counts. Cost: O(rows of the facts).
[[nodiscard]] ItemTexts item_texts(const FlowLog& log);

}  // namespace tiebeam::flow
