// The whole store as a snapshot, from the tables or from the journal.
#pragma once

#include <memory>
#include <optional>

#include "model/snapshot.h"
#include "store/sqlite.h"

namespace tiebeam::store {

struct Wanted {
  const std::vector<EventType>& described;  // today's event types
  std::optional<std::int64_t> seq;          // as of this journal entry; none: now
  const Snapshot* previous = nullptr;       // whose events may be shared
};

// `full` is the catalog with "import"; `catalog` is what the snapshot names. REQUIRES: a read
// transaction is open. Errors: store.not_found (no such entry), store.broken.
[[nodiscard]] Result<std::shared_ptr<Snapshot>> load_snapshot(Db& db, const Catalog& full,
                                                              const Catalog& catalog,
                                                              const Wanted& wanted);

}  // namespace tiebeam::store
