// Copies that are checked before they get their name.
#pragma once

#include <string>

#include "store/sqlite.h"
#include "store/store.h"

namespace tiebeam::store {

// Copies the committed state of `db` to `file` while others read and write. `catalog` includes
// "import". Errors: store.exists, store.broken, store.unavailable.
[[nodiscard]] Result<void> copy_store(Db& db, const std::string& file, const Catalog& catalog);
// Integrity of the file, of its references and of its journal. Errors: store.broken.
[[nodiscard]] Result<void> check_store(Db& db, const Catalog& catalog);

}  // namespace tiebeam::store
