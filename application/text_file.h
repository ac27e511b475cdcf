// A file of rows that a command reads itself, as UTF-8 text: plain or gzip, in any encoding and
// dialect that imports take.
#pragma once

#include <string>

#include "base/csv.h"
#include "base/error.h"

namespace tiebeam {

struct TextFile {
  std::string name;  // without folders
  std::string text;
  CsvDialect csv;
  std::size_t skip = 0;  // bytes of a first line that only names the delimiter
};

// Errors: those of ingest::ByteSource and ingest::TextStream, file.too_large.
[[nodiscard]] Result<TextFile> read_text_file(const std::string& path, std::size_t limit);

}  // namespace tiebeam
