// Writing records: what a person asked for, checked against the whole organisation, as a store
// write.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "application/table.h"
#include "store/store.h"

namespace tiebeam {

struct Author {
  std::string actor;
  Instant at{};
  std::string idempotency_key;
  std::string request = {};  // what is asked under that key, as a hash
};

// All faults of what was asked, or what was written.
template <class T>
using Checked = std::expected<T, std::vector<Error>>;

// Field values as typed: {"name", "Order to cash"}.
using Typed = std::vector<std::pair<std::string, std::string>>;

// Adds a record; an id that was not given is made of the name ("order-to-cash", "order-to-cash-2").
[[nodiscard]] Checked<Record> add_record(const Table& table, store::Store& store,
                                         const Snapshot& snapshot, std::string_view type,
                                         const Typed& fields, const Author& author);
// Adds a whole record; an id that was not given is made of the name. Where the key of the author
// was seen before, nothing is written, and the record has the id that it got then.
[[nodiscard]] Checked<Record> create_record(const Table& table, store::Store& store,
                                            const Snapshot& snapshot, std::string_view type,
                                            Record record, const Author& author);
// Makes the record with this id say what `record` says, in every field that people write.
// `expected_version` refuses when somebody was faster; 0 is a derived record nobody wrote on yet.
[[nodiscard]] Checked<Record> replace_record(const Table& table, store::Store& store,
                                             const Snapshot& snapshot, std::string_view type,
                                             std::string_view id, Record record,
                                             std::optional<std::int64_t> expected_version,
                                             const Author& author);
// Adds or replaces with whole records, all or nothing; how many differ from what is held. With
// `preview` all is checked and nothing is written.
[[nodiscard]] Checked<std::int64_t> put_records(const Table& table, store::Store& store,
                                                const Snapshot& snapshot, std::string_view type,
                                                const std::vector<Record>& records,
                                                const Author& author, bool preview = false);
// What a plan changed, as entries of the journal; 0 and 0 where all was so already.
struct WrittenPlan {
  std::int64_t added = 0, changed = 0, removed = 0;
  std::int64_t first_seq = 0, last_seq = 0;
  bool repeated = false;  // its idempotency key was seen before: nothing was written
};
[[nodiscard]] Json to_json(const WrittenPlan& written);
// Writes a room's plan in one transaction under `command` ("risk.start"). Faults name their record:
// "/3/frequency". Those that the plan tells are all there are.
[[nodiscard]] Checked<WrittenPlan> write_plan(const Table& table, store::Store& store,
                                              const Snapshot& snapshot, const RecordPlan& plan,
                                              std::string command, const Author& author);
// Changes the named fields. `expected_version` refuses when somebody was faster.
[[nodiscard]] Checked<Record> set_record(const Table& table, store::Store& store,
                                         const Snapshot& snapshot, std::string_view type,
                                         std::string_view id, const Typed& fields,
                                         std::optional<std::int64_t> expected_version,
                                         const Author& author);
[[nodiscard]] Checked<void> remove_record(
    const Table& table, store::Store& store, const Snapshot& snapshot, std::string_view type,
    std::string_view id, const Author& author,
    std::optional<std::int64_t> expected_version = std::nullopt);

// The record, written or derived, or record.no_such with a near miss.
[[nodiscard]] Result<Record> get_record(const Table& table, const Snapshot& snapshot,
                                        std::string_view type, std::string_view id);

}  // namespace tiebeam
