// Importing a file into a store: read, audit, and keep in one transaction, or preview by rolling
// the very same import back.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "application/import_answers.h"
#include "application/source.h"

namespace tiebeam {

struct ImportRequest {
  ReadRequest read;
  std::string value_stream;  // slug; empty: by format, made when it does not exist
  bool preview = false;
  std::string actor;
  Instant at{};
  // What a person says of states, over any map: the meaning, and whom it waits for ("": nobody).
  std::map<std::string, StateClass, std::less<>> states;
  ImportAnswers::Texts parties;
  // How an earlier file of this kind was read holds where nothing is said.
  bool use_memory = true;
  std::optional<StateMap> state_map;  // instead of that of a file
  // Id of the waiting file that is imported: one import is made of it, however often it is asked
  // for.
  std::string upload;
  std::size_t reject_limit = 1000;  // rejects told in detail
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
  ImportAnswers answers;  // how it was read: what was said, or remembered
  std::string as_in;      // the earlier file they were remembered from
  bool was_made = false;  // of the same upload, by an earlier request
  std::vector<std::string>
      audits;  // "arrivals, departures and time in progress add up: residual 0"
};

[[nodiscard]] std::expected<ImportReport, ingest::Failure> import_file(
    const Table& table, store::Store& store, const ImportRequest& request);

}  // namespace tiebeam
