// The open import: one transaction on a connection of its own.
#pragma once

#include <memory>
#include <string>

#include "store/sqlite.h"
#include "store/store.h"

namespace tiebeam::store {

// Takes the write lock. Errors: store.unavailable. REQUIRES: `catalog` (with "import") outlives it.
[[nodiscard]] Result<std::unique_ptr<Store::ImportWriter>> make_importer(
    std::unique_ptr<Db> db, std::shared_ptr<const Catalog> catalog, std::string actor, Instant at);

}  // namespace tiebeam::store
