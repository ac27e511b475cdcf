// Importing a file into a store: read, audit, and keep in one transaction, or preview by rolling
// the very same import back.
#pragma once

#include <string>
#include <vector>

#include "application/source.h"

namespace tiebeam {

struct ImportRequest {
  ReadRequest read;
  std::string value_stream;  // slug; empty: by format, made when it does not exist
  bool preview = false;
  std::string actor;
  Instant at{};
  // Asked when the state map was guessed; false stops the import. Empty: nobody to ask, a warning.
  std::function<bool(const ingest::Batch& batch)> confirm_guess;
  // Asked about every megabyte; true ends the import with import.cancelled, nothing kept.
  std::function<bool()> should_stop;
};

struct ImportReport {
  ingest::Batch batch;  // tables emptied
  Import import;        // as kept; id empty when nothing was new
  std::int64_t new_rows = 0;
  std::int64_t known_rows = 0;  // already held from an earlier import
  std::string value_stream;
  bool made_value_stream = false;
  bool preview = false;
  std::vector<std::string>
      audits;  // "arrivals, departures and time in progress add up: residual 0"
};

[[nodiscard]] std::expected<ImportReport, ingest::Failure> import_file(
    const Table& table, store::Store& store, const ImportRequest& request);

}  // namespace tiebeam
