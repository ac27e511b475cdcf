// Which of the first rows of a sheet names its columns: titles, dates of the report and blank rows
// often stand above it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/column_names.h"

namespace tiebeam::ingest {

enum class HeaderSign : std::uint8_t {
  none,      // no row looks like one
  shape,     // texts, all different, above a table as wide
  names,     // two or more names that a format knows
  complete,  // all columns that a format needs
};
struct HeaderRow {
  std::size_t place = 0;  // in `rows`
  HeaderSign sign = HeaderSign::none;
};
// The first row with the strongest sign. `rows`: cells as text, of rows that are not blank.
[[nodiscard]] HeaderRow find_header(const std::vector<std::vector<std::string>>& rows,
                                    const ColumnChoices& choices);

// A table in text, from its header on: the first row, unless one of those below it has all columns
// that a format needs and the first has not. `rows_above`: how many rows stood above it.
// Errors: those of CsvReader::open.
struct OpenTable {
  CsvReader table;
  std::size_t rows_above = 0;
};
[[nodiscard]] Result<OpenTable> open_table(TextStream& stream, char delimiter,
                                           const ColumnChoices& choices);

}  // namespace tiebeam::ingest
