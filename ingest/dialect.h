// How a table in text is written: decided by what makes its first lines consistent.
#pragma once

#include <string>
#include <string_view>

#include "base/csv.h"

namespace tiebeam::ingest {

struct Dialect {
  CsvDialect csv;
  std::size_t skip = 0;   // bytes of a first line that only says "sep=;"
  std::string statement;  // the decision and its evidence
};

// `sample`: the start of the text. Delimiters tried: , ; tab |
[[nodiscard]] Dialect detect_dialect(std::string_view sample, bool is_whole_file);

}  // namespace tiebeam::ingest
