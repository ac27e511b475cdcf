// A case by its content alone, whatever the order of records: what a valuation follows from, what a
// signature stands for.
#pragma once

#include <string>

#include "rooms/investment/engine/initiatives.h"

namespace tiebeam::investment {

// The case and the settings it is counted with as one text, the same for the same content: one
// line a fact, names sorted where their order does not matter. REQUIRES: `one` is of `cases`.
[[nodiscard]] std::string canonical_text(const Cases& cases, const BusinessCase& one);
// `cases` with that initiative alone, and what it needs of KPIs and drivers.
[[nodiscard]] Cases only_of(const Cases& cases, const BusinessCase& one);

}  // namespace tiebeam::investment
