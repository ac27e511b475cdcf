// Rows that could not be read as CSV, for people to mend them in the source.
#pragma once

#include <string>
#include <vector>

#include "ingest/import.h"

namespace tiebeam {

// line,column,found,reason with one line a reject. Formulas are written as text
// (model/record_csv.h).
[[nodiscard]] std::string rejects_csv(const std::vector<ingest::Reject>& rejects);

}  // namespace tiebeam
