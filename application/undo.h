// Taking entries of the journal back, past the guards of the records they are about: what may not
// be written by hand may not come about by undoing either (a signature is not removed).
#pragma once

#include "application/records.h"

namespace tiebeam {

// The inverses of entries `first` to `last`, all or none. Each guarded record is asked about as it
// would be in the end, told as it was. Errors: those of the guards, of Store::undo_all.
// REQUIRES: 1 <= first <= last.
[[nodiscard]] Checked<store::Written> undo_entries(const Table& table, store::Store& store,
                                                   const Snapshot& snapshot, std::int64_t first,
                                                   std::int64_t last, const Author& author);

// Why the guards would not let them be undone; empty where they would. Errors of reading the
// journal count as such. `snapshot`: after these entries.
[[nodiscard]] std::vector<Error> undo_faults(const Table& table, const store::Store& store,
                                             const Snapshot& snapshot, std::int64_t first,
                                             std::int64_t last, Instant at);

}  // namespace tiebeam
