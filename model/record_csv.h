// Records as CSV: one line a record, one column a field, values as in parse_value/format_value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/record_type.h"

namespace tiebeam {

// A header line and one line a record, RFC 4180, UTF-8, LF. Text that a spreadsheet would take for
// a formula (=, +, -, @ in front, also behind apostrophes) is written with a leading apostrophe,
// which reading takes off again.
[[nodiscard]] std::string to_csv(const RecordType& type, const std::vector<Record>& records);

// One cell as above, with its quotes where it needs them.
void append_csv_cell(std::string& out, std::string text);

struct ReadRecords {
  std::vector<Record> records;
  std::vector<std::uint32_t> lines;  // where each record begins, from 1
  std::vector<Error> faults;         // `detail` has the line, `field` the column
};
// Reads what to_csv wrote, or any CSV whose header names fields. A missing id is made of the name.
[[nodiscard]] ReadRecords read_csv(const RecordType& type, std::string_view text);

}  // namespace tiebeam
