// The whole store as a snapshot, from the tables or from the journal.
#pragma once

#include <memory>
#include <optional>

#include "model/snapshot.h"
#include "store/sqlite.h"

namespace tiebeam::store {

// As of now, or of entry `seq`. `full` is the catalog with "import"; `catalog` is what the snapshot
// names. `described` are today's event types. REQUIRES: a read transaction is open.
// Errors: store.not_found (no such entry), store.broken.
[[nodiscard]] Result<std::shared_ptr<Snapshot>> load_snapshot(
    Db& db, const Catalog& full, const Catalog& catalog, const std::vector<EventType>& described,
    std::optional<std::int64_t> seq);

}  // namespace tiebeam::store
