// The append-only journal: one entry a change, chained by hash. An entry's hash covers the hashes
// of its values, not the values, so a value can be erased and the chain still holds.
//
//   value_hash = SHA-256(salt || text of the value)       salt: 16 random bytes a value
//   entry hash = SHA-256(previous hash, seq, at, op, command, type, then name and value_hash of the
//                actor, the id and each value, in order), each field preceded by its length
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace tiebeam::store {

// Shown in place of an actor or id that was erased.
inline constexpr std::string_view kErased = "erased";

// One hashed value of an entry. Erased: neither text nor salt, the hash stays.
struct Part {
  std::string name;  // "before.cost", "after.cost"; "actor" and "id" for those two
  std::optional<std::string> text;
  std::string salt;
  std::string hash;  // 32 bytes
};

struct Entry {
  std::int64_t seq = 0;
  Instant at{};
  Op op = Op::set;
  std::string command, type;
  Part actor, id;
  std::vector<Part> values;
  std::string hash;  // 32 bytes

  [[nodiscard]] std::string_view id_text() const {
    return id.text ? std::string_view(*id.text) : kErased;
  }
  // The text of "before.<field>" or "after.<field>"; null when the entry has no such value.
  [[nodiscard]] const Part* find(std::string_view side, std::string_view field) const;
};

[[nodiscard]] Part make_part(std::string name, std::string text);
// A part that is erased from the start: its hash is of a text nobody keeps.
[[nodiscard]] Part make_gone_part(std::string name, std::string_view text);
// "before.cost" -> {"before", "cost"}.
[[nodiscard]] std::pair<std::string_view, std::string_view> side_and_field(
    std::string_view part_name);

[[nodiscard]] std::string value_hash(std::string_view salt, std::string_view text);
[[nodiscard]] std::string entry_hash(std::string_view previous, const Entry& entry);

// Where the chain ends.
struct Head {
  std::int64_t seq = 0;
  std::string hash = std::string(32, '\0');
};
[[nodiscard]] Result<Head> journal_head(Db& db);
// What tb_meta keeps of the head, so that entries missing at the end are noticed.
[[nodiscard]] std::string head_note(const Head& head);

// Gives the entry its number and hash, and writes it. REQUIRES: a write transaction is open.
[[nodiscard]] Result<std::int64_t> append_entry(Db& db, Entry entry);

struct EntryFilter {
  std::int64_t from = 1;
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
  std::string_view type = {}, id = {};  // both or neither
};
// Calls `sink` with each entry, oldest first, until it returns false.
using EntrySink = std::function<Result<bool>(const Entry&)>;
[[nodiscard]] Result<void> each_entry(Db& db, const EntryFilter& filter, const EntrySink& sink);
// Errors: store.not_found.
[[nodiscard]] Result<Entry> load_entry(Db& db, std::int64_t seq);

// An entry as the contract shows it: decoded values, without the store's own bookkeeping.
[[nodiscard]] Result<JournalEntry> shown_entry(const Entry& entry);

}  // namespace tiebeam::store
