// Does the file still say what was written? Walks the chain, every kept value, the tables against
// the journal, and every block that an import left.
#pragma once

#include <optional>

#include "store/sqlite.h"
#include "store/store.h"

namespace tiebeam::store {

// The first entry that does not hold; nothing when all do. `catalog` includes "import".
// REQUIRES: a read transaction is open. Cost: reads the whole file once.
[[nodiscard]] Result<std::optional<JournalFault>> find_fault(Db& db, const Catalog& catalog);

}  // namespace tiebeam::store
