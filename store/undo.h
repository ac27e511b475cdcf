// The inverse of a journal entry, as a new entry.
#pragma once

#include "store/apply.h"

namespace tiebeam::store {

// REQUIRES: a write transaction is open. Errors: store.not_found, store.changed_since (names the
// later entry), store.erased (what it held is gone), store.in_use.
[[nodiscard]] Result<Written> undo_entry(Session& session, std::int64_t seq);

}  // namespace tiebeam::store
