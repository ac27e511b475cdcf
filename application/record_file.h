// Records from a file: CSV whose header names fields, or JSON as `record TYPE list --json` prints
// it.
#pragma once

#include <string>
#include <vector>

#include "application/records.h"

namespace tiebeam {

struct RecordFile {
  std::string type;
  std::vector<Record> records;
};

// `type` empty: the file's name says it (priority.csv). All faults at once, each with its line or
// pointer. Errors: model.no_type, file.unreadable, file.too_large, json.*, csv.*, record.*.
[[nodiscard]] Checked<RecordFile> read_record_file(const Table& table, const std::string& path,
                                                   std::string type);

}  // namespace tiebeam
