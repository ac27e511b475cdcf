// Records in and out of their tables. No journal here: apply.h does both.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/record_type.h"
#include "store/sqlite.h"

namespace tiebeam::store {

[[nodiscard]] Result<std::optional<Record>> find_record(Db& db, const RecordType& type,
                                                        std::string_view id);
// All records of a type, by id.
[[nodiscard]] Result<std::vector<Record>> load_records(Db& db, const RecordType& type);
[[nodiscard]] Result<bool> has_record(Db& db, std::string_view type, std::string_view id);
[[nodiscard]] Result<void> insert_record(Db& db, const RecordType& type, const Record& record);
// Writes every field of the record with the same id.
[[nodiscard]] Result<void> update_record(Db& db, const RecordType& type, const Record& record);
// The version after the record's own. Errors: store.broken (it is no version).
[[nodiscard]] Result<std::int64_t> next_version(const Record& record);
[[nodiscard]] Result<void> delete_record(Db& db, const RecordType& type, std::string_view id);

// "type/id" of a record that refers to (type, id) through a reference, a list of references or a
// link; none when nobody does. Cost: reads the tables that may refer to it.
[[nodiscard]] Result<std::optional<std::string>> find_referrer(Db& db, const Catalog& catalog,
                                                               std::string_view type,
                                                               std::string_view id);

}  // namespace tiebeam::store
