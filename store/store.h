// The store of one organisation: records, the journal, imports and their event chunks, in one
// SQLite file. The only place with SQL. Everything that was acknowledged survives kill -9.
//
// Thread: every method may be called from any thread; writes are queued to one writer thread and
// committed in groups. Other processes may write to the same file; they wait for each other.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/record_type.h"
#include "model/snapshot.h"

namespace tiebeam::store {

enum class Op : std::uint8_t { add, set, remove };

// One change to one record. For `set`, only the fields in `fields` change.
struct Change {
  Op op = Op::set;
  std::string type;
  std::string id;
  std::vector<std::pair<std::string, Value>> fields;  // by field name
  std::optional<std::int64_t> expected_version;       // refuse when it moved: store.version_moved
};

// Several changes that happen together or not at all.
struct Write {
  std::string actor;    // who, as the journal will say
  Instant at{};         // handed in: the store reads no clock
  std::string command;  // "record.set", "import.undo", ...
  std::string
      idempotency_key;  // empty: none. A key seen before returns the first answer, writes nothing
  std::vector<Change> changes;
  std::string request = {};  // what was asked under the key, as a hash; empty: not said
};
struct Written {
  std::int64_t first_seq = 0, last_seq = 0;  // journal entries made, one a change; 0 when none
  bool repeated = false;                     // answered from an idempotency key
  std::string request =
      {};  // then: what the key was first used for; empty: an older store kept none
};

// A value that changed. Gone ones (erased) have neither value, but keep their place in the chain.
struct FieldChange {
  std::string field;
  std::optional<Value> before, after;
  bool erased = false;
};
struct JournalEntry {
  std::int64_t seq = 0;
  Instant at{};
  std::string actor, command, type, id;  // "erased" where a person was erased
  Op op = Op::set;
  std::vector<FieldChange> fields;
  std::string hash;  // hex
};
struct JournalFault {
  std::int64_t seq;     // the first entry that does not hold
  std::string message;  // what is wrong with it
};

struct Options {
  // How long a write waits while another process or an import holds the file.
  std::chrono::milliseconds busy_timeout{10'000};
  // Event types as described today: load() gives each table all their columns, also those that
  // older imports did not have (missing there). Types that are not named load as they were stored.
  std::vector<EventType> event_types;
};

// Reads a raw source back, block by block; false from the callback stops.
using BlockSink = std::function<bool(std::string_view block)>;

class Store {
 public:
  using Fill = std::function<Result<void>(Store& made)>;
  // Makes a new organisation file with what `fill` puts into it: as a whole or not at all.
  // The catalog must outlive the store and the snapshots that are loaded from it.
  // Errors: store.exists, store.unavailable (with path and cause), those of `fill`.
  [[nodiscard]] static Result<std::unique_ptr<Store>> create(const std::string& path,
                                                             const Catalog& catalog,
                                                             Options options = {},
                                                             const Fill& fill = {});
  // Opens and, where the description has grown, migrates in one transaction.
  // Errors: store.not_found, store.not_ours, store.newer (made by a newer version), store.broken.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& path,
                                                           const Catalog& catalog,
                                                           Options options = {});
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // --- records ---------------------------------------------------------------------------------
  // Durable when it returns. Errors: store.exists, store.not_found, store.version_moved,
  // store.in_use (removing what others refer to), store.unavailable (disk full, locked too long),
  // store.key_reused (its idempotency key was used for another request).
  // A `set` that leaves every field as it was makes no entry and no new version.
  // REQUIRES: values were validated against the catalog (application does).
  [[nodiscard]] Result<Written> write(Write write);
  // What the write with this idempotency key did, if there was one.
  [[nodiscard]] Result<std::optional<Written>> written_with(const std::string& key) const;
  // Records, imports (without undone ones), all events, settings; as of journal entry `seq` when
  // given. Zones are left to the caller. Events are shared with `previous`, an earlier answer of
  // this store, where no import came or went since and nobody was erased.
  [[nodiscard]] Result<std::shared_ptr<Snapshot>> load(
      std::optional<std::int64_t> seq = std::nullopt,
      const std::shared_ptr<const Snapshot>& previous = nullptr) const;
  [[nodiscard]] Result<std::int64_t> last_seq() const;
  // The last entry at or before `at`; 0 when there is none.
  [[nodiscard]] Result<std::int64_t> seq_at(Instant at) const;

  // --- journal ---------------------------------------------------------------------------------
  // Entries with seq >= from, oldest first, at most `limit`; for one record when type and id are
  // given.
  [[nodiscard]] Result<std::vector<JournalEntry>> journal(std::int64_t from, std::size_t limit,
                                                          std::string_view type = {},
                                                          std::string_view id = {}) const;
  // Walks every hash; nothing when the chain holds.
  [[nodiscard]] Result<std::optional<JournalFault>> verify() const;
  // Writes the inverse of entry `seq` as a new entry. Refuses when a field changed since
  // (store.changed_since, names the later entry). Undoing an import withdraws its events.
  [[nodiscard]] Result<Written> undo(std::int64_t seq, std::string actor, Instant at);
  // The inverses of entries `first` to `last`, newest first: all or none.
  // REQUIRES: 1 <= first <= last.
  [[nodiscard]] Result<Written> undo_all(std::int64_t first, std::int64_t last, std::string actor,
                                         Instant at);
  // Deletes what is said of a person: the record, every journal value that is or names it, its
  // pseudonym key, and its name in raw sources (masked in place). The chain stays valid.
  // `names` are further spellings to mask in raw sources. Returns how many values went.
  [[nodiscard]] Result<std::int64_t> erase_person(std::string_view id,
                                                  const std::vector<std::string>& names,
                                                  std::string actor, Instant at);

  // --- imports ---------------------------------------------------------------------------------
  // An import is one transaction that stays open until commit or rollback. A reader sees nothing of
  // it before; a crash leaves nothing of it.
  class ImportWriter {
   public:
    virtual ~ImportWriter() = default;  // rolls back when neither was called
    // Bytes of the source as given, in order; kept compressed.
    [[nodiscard]] virtual Result<void> raw(std::string_view block) = 0;
    // Appends the rows whose identity is not yet known among imports in force; returns how many
    // were new. Text columns marked `person` become pseudonyms ("Person 17"), the same person the
    // same one.
    [[nodiscard]] virtual Result<std::int64_t> rows(const EventTable& table) = 0;
    // Record changes that belong to the import (a value stream made for it).
    [[nodiscard]] virtual Result<void> change(Change change) = 0;
    // Fills id, `bytes` and, where the caller left them empty, `sha256` (who has read the source
    // has it; else the kept bytes are read again) and `rows` with `repeated`; durable when it
    // returns.
    // Nothing new and nothing changed: nothing is written and the returned id is that of the import
    // that already holds the file, or "".
    [[nodiscard]] virtual Result<Import> commit(Import import) = 0;
    virtual void rollback() = 0;
  };
  [[nodiscard]] Result<std::unique_ptr<ImportWriter>> begin_import(std::string actor, Instant at);
  // The bytes as given (masked where a person was erased).
  [[nodiscard]] Result<void> read_raw(std::string_view import_id, const BlockSink& sink) const;

  // --- whole store -------------------------------------------------------------------------------
  // A consistent copy while others read and write, checked before it gets its name. Errors:
  // store.exists.
  [[nodiscard]] Result<void> backup(const std::string& file) const;

 private:
  Store();
  [[nodiscard]] static Result<void> close(std::unique_ptr<Store> store);
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

// Verifies `file` (integrity, journal) and copies it to `path`. Errors: store.exists (never
// overwrites), store.broken (says what does not hold), store.not_ours.
[[nodiscard]] Result<void> restore(const std::string& file, const std::string& path,
                                   const Catalog& catalog);

// The tables of `catalog` as DDL, for people and for the tests of both dialects.
enum class Dialect : std::uint8_t { sqlite, postgresql };
[[nodiscard]] std::string schema_sql(const Catalog& catalog, Dialect dialect);

}  // namespace tiebeam::store
