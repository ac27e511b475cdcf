// An organisation at one moment, immutable: what engines read. Built by application from a store or
// from a single file; shared between threads without locks.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/event_table.h"
#include "model/kernel_records.h"
#include "model/record_type.h"

namespace tiebeam {

// A source file that was imported, and what was decided while reading it.
struct Import {
  std::string id;      // "imp_000001"
  std::string file;    // name without folders
  std::string sha256;  // of the bytes as given
  std::int64_t bytes = 0;
  std::string format;           // "servicenow-audit"
  std::string value_stream;     // default stream of its items
  std::string state_map;        // TOML in force when it was imported; the stream's own map wins
  std::string zone;             // of stamps without offset
  bool is_ticket_list = false;  // each row is the item's latest state, superseding earlier lists
  std::int64_t rows = 0;        // accepted, new
  std::int64_t repeated = 0;    // already known
  std::int64_t rejected = 0;
  Instant imported_at{};
  std::vector<std::string> statements;  // "day before month: 35 812 values have a day above 12"
  std::vector<std::string> warnings;
  std::string upload;   // id of the waiting file it was made of; empty: it came another way
  std::string header;   // hash of the names of its columns, in order; empty: it has none
  std::string answers;  // how people said it is to be read, as JSON; empty: all by evidence
};

struct Snapshot {
  const Catalog* catalog = nullptr;
  std::map<std::string, std::vector<Record>, std::less<>> records;  // by type, each sorted by id
  // By event type. Shared: a snapshot after a change of records holds the very same events.
  std::map<std::string, std::shared_ptr<const EventTable>, std::less<>> events;
  std::vector<Import> imports;                     // in order of import, undone ones left out
  std::map<std::string, Zone, std::less<>> zones;  // every zone that a record names
  Organisation organisation;
  std::int64_t journal_seq = 0;

  [[nodiscard]] const std::vector<Record>& of(
      std::string_view type) const;  // empty when there are none
  [[nodiscard]] const Record* find(std::string_view type, std::string_view id) const;
  [[nodiscard]] const EventTable* table(std::string_view event) const;
  [[nodiscard]] const Import* import(std::string_view id) const;
  [[nodiscard]] const Zone& zone(std::string_view name) const;  // UTC when unknown
  // All records of T's type as structs, sorted by id.
  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> out;
    for (const Record& record : of(Describe<T>::name)) out.push_back(to_struct<T>(record));
    return out;
  }
};
// The time of the newest event of any kind (its "at" column); when there is none, that the
// organisation was made at.
[[nodiscard]] Instant newest_event(const Snapshot& snapshot);
using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace tiebeam
