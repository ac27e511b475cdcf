// Making a file a store, recognising one, and letting its tables grow with the descriptions.
#pragma once

#include <memory>
#include <string>

#include "store/schema.h"
#include "store/sqlite.h"

namespace tiebeam::store {

// Makes all tables, the organisation's secret and migration 1. REQUIRES: an empty file.
[[nodiscard]] Result<void> make_tables(Db& db, const Catalog& catalog);

// Errors: store.not_ours, store.newer.
[[nodiscard]] Result<void> recognise(Db& db);

// Adds what the catalog has and the file has not, in one transaction, and notes it in tb_migration.
// Writes nothing when there is nothing to add. What the catalog no longer has stays in the file.
// Errors: store.broken (a column of another type), store.unavailable.
[[nodiscard]] Result<void> migrate(Db& db, const Catalog& catalog);

// Notes that the file holds what only this version and newer ones read; nothing when it was noted.
// REQUIRES: a write transaction is open on `db`.
[[nodiscard]] Result<void> raise_format(Db& db);

// A value of tb_meta; empty when there is none.
[[nodiscard]] Result<std::string> meta(Db& db, std::string_view key);
[[nodiscard]] Result<void> set_meta(Db& db, std::string_view key, std::string_view value);
// The next number of a counter in tb_meta, from 1; numbers are never given twice.
[[nodiscard]] Result<std::int64_t> count_up(Db& db, std::string_view key);

}  // namespace tiebeam::store
