// Work items as records: what follows from the imported events, under what people wrote of them.
#pragma once

#include <vector>

#include "model/record_type.h"
#include "model/snapshot.h"

namespace tiebeam::flow {

// One record an item, sorted by id, as of the organisation's date. Two keys that make one slug keep
// the first. Cost: a pass over all events.
[[nodiscard]] std::vector<Record> work_items(const Snapshot& snapshot);
// How many keys there are. Cost: the same pass, none of the records.
[[nodiscard]] std::size_t work_item_count(const Snapshot& snapshot);

}  // namespace tiebeam::flow
