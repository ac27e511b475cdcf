// A file of finish times, `series,merged_at_unix`, for the backtest.
#pragma once

#include <string_view>
#include <vector>

#include "base/csv.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {

// Rows as times by series, in the order of their first row. `name` is the file's, for messages.
// Other columns are left alone. Errors: flow.backtest_columns, flow.backtest_row (line, field,
// found, expected; the first speaks, the others stand below it), flow.backtest_empty, those of
// CsvTokenizer.
[[nodiscard]] Result<std::vector<Times>> read_times(std::string_view name, std::string_view text,
                                                    const CsvDialect& dialect);

}  // namespace tiebeam::flow
