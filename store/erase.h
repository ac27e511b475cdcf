// Erasing a person: what is said of them goes, the chain stays.
#pragma once

#include <string>
#include <vector>

#include "store/apply.h"

namespace tiebeam::store {

// What the journal calls it; such entries are never undone.
inline constexpr const char* kEraseCommand = "person.erase";

// Removes the record, every journal value that is or names the person, the pseudonym keys, and
// masks the names in texts, event dictionaries and raw sources. Journals each change without naming
// them. Returns how many values went. REQUIRES: a write transaction is open. Errors:
// store.not_found.
[[nodiscard]] Result<std::int64_t> erase(Session& session, std::string_view id,
                                         const std::vector<std::string>& names);

}  // namespace tiebeam::store
