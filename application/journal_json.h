// An entry of the journal as JSON: what changed, from what, to what, by whom.
#pragma once

#include "model/json.h"
#include "store/store.h"

namespace tiebeam {

[[nodiscard]] std::string_view op_name(store::Op op);
[[nodiscard]] Json to_json(const store::JournalEntry& entry);

}  // namespace tiebeam
