// What an import did, or would do, as JSON: for `import --json` and for the page.
#pragma once

#include "application/imports.h"
#include "model/json.h"

namespace tiebeam {

[[nodiscard]] Json to_json(const ImportReport& report);
// The columns of a file, each with the role it has or null.
[[nodiscard]] Json to_json(const std::vector<ingest::ColumnUse>& columns);

}  // namespace tiebeam
