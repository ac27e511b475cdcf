// Rows of an event table as compressed columns: the inside of tb_chunk and tb_dictionary. The
// layout is in docs/format/store.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/event_table.h"

namespace tiebeam::store {

constexpr std::size_t kChunkRows = 65'536;

// A dictionary cut down to the names that some rows use: `ids` maps the table's ids to new ones.
struct UsedNames {
  std::vector<std::string> names;  // by new id; 0 is ""
  std::vector<std::uint32_t> ids;  // by old id
};
[[nodiscard]] UsedNames used_names(const Column& column, const std::vector<std::size_t>& rows);

// Columns and line numbers of `rows` (indexes into the table). `names` has one entry a column;
// those of columns without text stay empty.
[[nodiscard]] std::string pack_columns(const EventTable& table, std::span<const std::size_t> rows,
                                       const std::vector<UsedNames>& names);
[[nodiscard]] std::string pack_identity(const EventTable& table, std::span<const std::size_t> rows);
[[nodiscard]] std::string pack_names(const std::vector<std::string>& names);

// Errors of all three: store.broken.
[[nodiscard]] Result<std::vector<std::string>> unpack_names(std::string_view packed);
[[nodiscard]] Result<std::vector<std::uint64_t>> unpack_identity(std::string_view packed);
// Appends the chunk's rows to `table`. `ids[c]` maps the chunk's text ids of the table's column c
// to ids of its dictionary. A column the chunk does not have is missing in all its rows.
[[nodiscard]] Result<void> unpack_columns(std::string_view packed, std::size_t rows,
                                          const std::vector<std::vector<std::uint32_t>>& ids,
                                          EventTable& table);

// An event type's description as text, and back.
[[nodiscard]] std::string pack_event_type(const EventType& type);
[[nodiscard]] Result<EventType> unpack_event_type(std::string_view packed);

}  // namespace tiebeam::store
