// Rows of an event table as compressed columns: the inside of tb_chunk and tb_dictionary. The
// layout is in docs/format/store.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/event_table.h"
#include "store/bytes.h"

namespace tiebeam::store {

constexpr std::size_t kChunkRows = 65'536;

// Some rows of a table, ascending: all from `first` on, or those that `picked` names.
struct RowRange {
  std::size_t first = 0;
  std::size_t count = 0;
  std::span<const std::size_t> picked = {};  // empty: rows follow each other
  [[nodiscard]] RowRange part(std::size_t from, std::size_t rows) const;
};

// A dictionary cut down to the names that some rows use: `ids` maps the table's ids to new ones.
struct UsedNames {
  std::vector<std::string_view> names;  // by new id; 0 is ""; held by the column
  std::vector<std::uint32_t> ids;       // by old id
};
[[nodiscard]] UsedNames used_names(const Column& column, const RowRange& rows);

// Columns and line numbers of `rows`. `names` has one entry a column; those of columns without text
// stay empty.
[[nodiscard]] std::string pack_columns(const EventTable& table, const RowRange& rows,
                                       const std::vector<UsedNames>& names);
[[nodiscard]] std::string pack_identity(const EventTable& table, const RowRange& rows);
template <class Text>
[[nodiscard]] std::string pack_names(const std::vector<Text>& names) {
  std::string out;
  put_varint(out, names.size());
  for (const std::string_view name : names) put_text(out, name);
  return compress(out, kFastLevel);
}

// Errors of all that unpack: store.broken.
[[nodiscard]] Result<std::vector<std::string>> unpack_names(std::string_view packed);
// The same into a dictionary: by place in `packed`, the id of each.
[[nodiscard]] Result<std::vector<std::uint32_t>> intern_names(std::string_view packed,
                                                              Dictionary& into);
[[nodiscard]] Result<std::vector<std::uint64_t>> unpack_identity(std::string_view packed);
// Appends the chunk's rows to `table`, also those of format 1. `ids[c]` maps the chunk's text ids
// of the table's column c to ids of its dictionary. A column the chunk does not have is missing in
// all its rows.
[[nodiscard]] Result<void> unpack_columns(std::string_view packed, std::size_t rows,
                                          const std::vector<std::vector<std::uint32_t>>& ids,
                                          EventTable& table);

// An event type's description as text, and back.
[[nodiscard]] std::string pack_event_type(const EventType& type);
[[nodiscard]] Result<EventType> unpack_event_type(std::string_view packed);

}  // namespace tiebeam::store
