// One change: into its table and into the journal, or neither.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/journal.h"
#include "store/records.h"

namespace tiebeam::store {

// What the changes of one write share. REQUIRES: a write transaction is open.
struct Session {
  Db& db;
  const Catalog& catalog;  // with "import"
  std::string actor;
  Instant at{};
  std::string command;
};

// The entry it made; none when a `set` leaves everything as it was.
// Errors: model.no_type, store.bad_value, store.exists, store.not_found, store.version_moved.
[[nodiscard]] Result<std::optional<std::int64_t>> apply_change(Session& session,
                                                               const Change& change);

// Inserts `record` as it is (with its version and created_at) and journals it.
// Errors: store.exists.
[[nodiscard]] Result<std::int64_t> add_record(Session& session, const RecordType& type,
                                              Record record);

// All changes, then that nothing refers to what is gone. Rolling back is up to the caller.
// Errors: those of apply_change, store.in_use, store.not_found (a reference to nothing).
[[nodiscard]] Result<Written> apply_changes(Session& session, const std::vector<Change>& changes);

// That nothing refers to what the changes removed, and that they refer to nothing that is not
// there. Errors: store.in_use, store.not_found.
[[nodiscard]] Result<void> check_changes(Session& session, const std::vector<Change>& changes);

// The fields that differ, as journal values, "before" and "after" by field. Bookkeeping (version,
// updated_at) is left out: it follows from the entries.
[[nodiscard]] std::vector<Part> parts_between(const RecordType& type, const Record* before,
                                              const Record* after);

}  // namespace tiebeam::store
