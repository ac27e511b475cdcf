// From a file or a store to a snapshot with its zones: what every question starts from.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "application/table.h"
#include "ingest/import.h"
#include "model/snapshot.h"
#include "store/store.h"

namespace tiebeam {

// How a file is to be read; the same options for `import FILE` and for `flow metrics FILE`.
struct ReadRequest {
  std::string path;
  std::string format = "auto";
  std::string state_map_path;  // TOML; empty: built in or guessed
  std::string state_from;
  std::string date_order;  // day-first | month-first; empty: by evidence
  // Header -> role, or "" to leave the column out; encoding, delimiter (";", "tab") and sheet as a
  // person says them, empty: by evidence (ingest/import.h).
  std::map<std::string, std::string, std::less<>> columns = {};
  std::string encoding = {}, delimiter = {}, sheet = {};
  std::string zone;  // IANA name; empty: the organisation's, or UTC with a warning
  bool skip_bad = false;
  // As in ingest::Options.
  std::function<void(std::int64_t done, std::int64_t total)> on_progress;
};

// "Opened by=created" for ReadRequest::columns; nothing behind the last '=' leaves the column out.
// Errors: ingest.bad_option (no '=', or one column twice).
[[nodiscard]] Result<std::map<std::string, std::string, std::less<>>> column_choices(
    const std::vector<std::string>& said);

// The options a reader understands, with zone and state map loaded.
[[nodiscard]] Result<ingest::Options> reader_options(const ReadRequest& request);

// What the batch says of itself as an Import, without id, counts of new rows and time.
[[nodiscard]] Import import_of(const ingest::Batch& batch, const ingest::Options& options);

// A snapshot of one file alone: import id "file", people numbered by first appearance.
[[nodiscard]] std::shared_ptr<Snapshot> snapshot_of(const Table& table, ingest::Batch batch,
                                                    const ingest::Options& options);

// The same of a batch that goes on to a store: it shares the tables, in which people still have
// their names. REQUIRES: `batch` outlives it.
[[nodiscard]] std::shared_ptr<const Snapshot> view_of(const Table& table, ingest::Batch& batch,
                                                      const ingest::Options& options);

struct FileSnapshot {
  SnapshotPtr snapshot;
  std::vector<std::string> warnings;
};
[[nodiscard]] std::expected<FileSnapshot, ingest::Failure> read_snapshot(
    const Table& table, const ReadRequest& request);

// The snapshot of a store, as of journal time `known_at` when given, with every zone its records
// name. Events that did not change since `previous` are shared with it.
[[nodiscard]] Result<SnapshotPtr> load_snapshot(const store::Store& store,
                                                std::optional<Instant> known_at = std::nullopt,
                                                const SnapshotPtr& previous = nullptr);
// The same, as of the journal's entry `seq`; 0: before the first.
[[nodiscard]] Result<SnapshotPtr> load_snapshot_at(const store::Store& store, std::int64_t seq,
                                                   const SnapshotPtr& previous);

}  // namespace tiebeam
