// Event chunks in and out of the file.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/event_table.h"
#include "store/chunk.h"
#include "store/identity_set.h"
#include "store/mask.h"
#include "store/persons.h"
#include "store/sqlite.h"

namespace tiebeam::store {

// Appends tables of one import. REQUIRES: a write transaction is open on `db`.
class EventWriter {
 public:
  EventWriter(Db& db, std::string import_id) : db_(db), import_id_(std::move(import_id)) {}
  // Writes the rows whose identity is new, with names of people replaced; returns how many.
  [[nodiscard]] Result<std::int64_t> append(const EventTable& table);

 private:
  struct Series {  // what is known of one event type while the import runs
    std::int64_t parts = 0, chunks = 0, rows = 0;
  };
  [[nodiscard]] Result<Series*> series_of(const EventType& type);
  struct Fresh {
    std::vector<std::size_t> rows;  // empty: all of them, or none
    std::size_t count = 0;
  };
  [[nodiscard]] Result<Fresh> fresh_rows(const EventTable& table);
  [[nodiscard]] Result<void> write_part(const EventTable& table, const RowRange& rows,
                                        Series& series);
  [[nodiscard]] Result<std::vector<UsedNames>> write_names(const EventTable& table,
                                                           const RowRange& rows,
                                                           const Series& series);
  Db& db_;
  std::string import_id_;
  std::map<std::string, Series, std::less<>> series_;
};

// Ids of the imports that count now, in order of import.
[[nodiscard]] Result<std::vector<std::string>> imports_in_force(Db& db);
// "imp_000002" before "imp_000010", and before "imp_1000000".
[[nodiscard]] bool comes_before(std::string_view import_a, std::string_view import_b);

using EventTypes = std::map<std::string, std::unique_ptr<EventType>, std::less<>>;
// Notes the description, or updates it when it differs. Writes nothing when it is known.
[[nodiscard]] Result<void> save_event_type(Db& db, const EventType& type);
[[nodiscard]] Result<EventTypes> load_event_types(Db& db);
// One table for each type that has rows, imports in the given order. Identities are not read.
[[nodiscard]] Result<std::map<std::string, EventTable, std::less<>>> load_events(
    Db& db, const EventTypes& types, const std::vector<std::string>& imports);

// An import in force that shares a row with `import_id`; "" when none does.
[[nodiscard]] Result<std::string> import_that_overlaps(Db& db, const std::string& import_id);

// Hex, over all chunks and dictionaries of an import by name and number, with their hashes.
[[nodiscard]] Result<std::string> events_hash(Db& db, std::string_view import_id);
// What a chunk's or dictionary's own hash covers.
[[nodiscard]] std::string chunk_hash(std::string_view columns, std::string_view identity);
// Masks names in the dictionaries of an import. Returns how many places changed.
[[nodiscard]] Result<std::int64_t> mask_dictionaries(Db& db, const std::string& import_id,
                                                     const std::vector<Pattern>& patterns);

}  // namespace tiebeam::store
