// How a table in text is written: decided by what makes its first lines consistent.
#pragma once

#include <string>
#include <string_view>

#include "base/csv.h"
#include "base/error.h"

namespace tiebeam::ingest {

struct Dialect {
  CsvDialect csv;
  std::size_t skip = 0;   // bytes of a first line that only says "sep=;"
  std::string statement;  // the decision and its evidence
};

// `sample`: the start of the text. Delimiters tried: , ; tab |. `said`: what a person says it is, 0
// when nobody did.
[[nodiscard]] Dialect detect_dialect(std::string_view sample, bool is_whole_file, char said = 0);
// "semicolon", ";", "tab", "\\t": the delimiter that was said. Errors: ingest.bad_option.
[[nodiscard]] Result<char> delimiter_said(std::string_view said);

}  // namespace tiebeam::ingest
