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
  std::vector<std::string> places;  // of each record in the file: "line 3", "record 2"
};

// `type` empty: the file's name says it (priority.csv). All faults at once, each with the file and
// its line or pointer in `detail`. Errors: model.no_type, file.unreadable, file.too_large, json.*,
// csv.*, record.*.
[[nodiscard]] Checked<RecordFile> read_record_file(const Table& table, const std::string& path,
                                                   std::string type);

// Faults that put_records found in them ("/2/name"), with the file and the place in `detail`.
void say_where(const RecordFile& file, const std::string& path, std::vector<Error>& faults);

}  // namespace tiebeam
