#include "store/chunk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/text.h"
#include "store/broken.h"
#include "store/bytes.h"
#include "store/chunk_v1.h"
#include "store/packed_column.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

static_assert(std::endian::native == std::endian::little, "chunks hold little-endian numbers");

constexpr std::string_view kLineColumn = "#line";
// What a chunk of this format starts with; one of format 1 is a zstd frame (28 B5 2F FD).
constexpr std::string_view kMagic = "TBC2";
constexpr std::size_t kMaxChunkBytes = std::size_t{256} << 20U;
constexpr std::size_t kMaxNamesBytes = std::size_t{4} << 30U;

// The rows' values of a column, as what is packed.
template <class T>
std::vector<std::int64_t> values_of(const PackedVector<T>& column, const RowRange& rows) {
  std::vector<std::int64_t> out(rows.count);
  if (rows.picked.empty()) {
    std::vector<T> read(rows.count);
    column.read(rows.first, read);
    std::ranges::copy(read, out.begin());
  } else {
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = column[rows.picked[i]];
  }
  return out;
}

template <class T>
std::string pack_plain(const RowRange& rows, const std::vector<T>& values) {
  if (rows.picked.empty())
    return {reinterpret_cast<const char*>(values.data() + rows.first), rows.count * sizeof(T)};
  std::string out(rows.count * sizeof(T), '\0');
  for (std::size_t i = 0; i < rows.count; ++i) {
    std::memcpy(&out[i * sizeof(T)], &values[rows.picked[i]], sizeof(T));
  }
  return out;
}

std::string packed(std::vector<std::int64_t> values) {
  std::string out;
  pack_integers(out, std::move(values));
  return out;
}

std::string pack_column(const Column& column, const RowRange& rows, const UsedNames& names) {
  switch (column.kind) {
    case ColumnKind::instant:
    case ColumnKind::integer:
      return packed(values_of(column.wide, rows));
    case ColumnKind::number:
      return compress(pack_plain(rows, column.real));
    case ColumnKind::text: {
      std::vector<std::int64_t> ids = values_of(column.narrow, rows);
      // New ids go up with the old ones: the last is as high as before where all are in use.
      if (names.ids.back() + 1 != names.ids.size())
        for (std::int64_t& id : ids) id = names.ids[static_cast<std::size_t>(id)];
      return packed(std::move(ids));
    }
    case ColumnKind::flag:
      return packed(values_of(column.narrow, rows));
  }
  throw_bug("kind", "there are five", __FILE__, __LINE__);
}

void put_column(std::string& out, std::string_view name, ColumnKind kind, std::string_view data) {
  put_text(out, name);
  put_varint(out, static_cast<std::uint64_t>(kind));
  put_text(out, data);
}

// How the numbers of a column come out of its data.
enum class Layout : std::uint8_t { varints, packed };

template <class F>
Result<void> unpack_values(Layout layout, std::string_view data, std::size_t rows, F take) {
  if (layout == Layout::varints) return unpack_v1(data, rows, take);
  IntegerReader reader(data, rows);
  for (auto block = reader.next(); !block.empty(); block = reader.next()) take(block);
  if (!reader.is_done()) return broken_bytes("a column of events");
  return {};
}

// Appends `of(value)` for each value.
template <class F>
Result<void> unpack_narrow(Layout layout, std::string_view data, std::size_t rows,
                           PackedVector<std::uint32_t>& to, F of) {
  std::array<std::uint32_t, kPackRows> mapped{};
  return unpack_values(layout, data, rows, [&](std::span<const std::int64_t> block) {
    std::ranges::transform(block, mapped.begin(), of);
    to.append(std::span<const std::uint32_t>(mapped).first(block.size()));
  });
}

Result<void> unpack_text(Layout layout, std::string_view data, std::size_t rows,
                         const std::vector<std::uint32_t>& ids, Column& to) {
  bool is_known = true;
  TB_DO(unpack_narrow(layout, data, rows, to.narrow, [&](std::int64_t id) {
    const bool fits = static_cast<std::uint64_t>(id) < ids.size();
    is_known = is_known && fits;
    return fits ? ids[static_cast<std::size_t>(id)] : 0U;
  }));
  if (!is_known) return broken_bytes("a column of events");
  return {};
}

Result<void> unpack_numbers(Layout layout, std::string_view data, std::size_t rows,
                            std::vector<double>& to) {
  std::string unpacked;
  if (layout == Layout::packed) {
    TB_TRY(unpacked, decompress(data, kMaxChunkBytes));
    data = unpacked;
  }
  if (data.size() != rows * sizeof(double)) return broken_bytes("a column of events");
  const std::size_t first = to.size();
  to.resize(first + rows);
  if (rows > 0) std::memcpy(to.data() + first, data.data(), data.size());
  return {};
}

Result<void> unpack_column(Layout layout, std::string_view data, std::size_t rows,
                           const std::vector<std::uint32_t>& ids, Column& to) {
  switch (to.kind) {
    case ColumnKind::instant:
    case ColumnKind::integer:
      return unpack_values(layout, data, rows,
                           [&](std::span<const std::int64_t> block) { to.wide.append(block); });
    case ColumnKind::number:
      return unpack_numbers(layout, data, rows, to.real);
    case ColumnKind::text:
      return unpack_text(layout, data, rows, ids, to);
    case ColumnKind::flag:
      return unpack_narrow(layout, data, rows, to.narrow,
                           [](std::int64_t flag) { return flag == 1 ? 1U : 0U; });
  }
  throw_bug("kind", "there are five", __FILE__, __LINE__);
}

std::size_t length_of(const Column& column) {
  return column.wide.size() + column.real.size() + column.narrow.size();  // one of them is in use
}

// Fills a column up to the table's length with missing values.
void fill_missing(Column& column, std::size_t rows) {
  switch (column.kind) {
    case ColumnKind::instant:
    case ColumnKind::integer:
      column.wide.resize(rows, kMissing);
      break;
    case ColumnKind::number:
      column.real.resize(rows, std::nan(""));
      break;
    case ColumnKind::text:
    case ColumnKind::flag:
      column.narrow.resize(rows, 0);
      break;
  }
}

// Calls take(name) for each name of a dictionary.
template <class F>
Result<void> for_each_name(std::string_view packed, F take) {
  TB_TRY(const std::string bytes, decompress(packed, kMaxNamesBytes));
  ByteReader reader(bytes);
  const std::uint64_t count = reader.varint();
  if (count > bytes.size()) return broken_bytes("a dictionary");
  for (std::uint64_t i = 0; i < count; ++i) take(reader.text(), count, bytes.size());
  if (!reader.is_good() || !reader.is_at_end()) return broken_bytes("a dictionary");
  return {};
}

Result<void> unpack_all(Layout layout, std::string_view bytes, std::size_t rows,
                        const std::vector<std::vector<std::uint32_t>>& ids, EventTable& table) {
  ByteReader reader(bytes);
  const std::size_t total = table.rows() + rows;
  for (std::uint64_t left = reader.varint(); left > 0 && reader.is_good(); --left) {
    const std::string_view name = reader.text();
    const std::uint64_t kind = reader.varint();
    const std::string_view data = reader.text();
    if (name == kLineColumn) {
      TB_DO(unpack_narrow(layout, data, rows, table.line,
                          [](std::int64_t line) { return static_cast<std::uint32_t>(line); }));
      continue;
    }
    const std::size_t at = table.type->index_of(name);
    if (at == std::string::npos || kind != static_cast<std::uint64_t>(table.columns[at].kind))
      continue;
    TB_DO(unpack_column(layout, data, rows, ids[at], table.columns[at]));
  }
  if (!reader.is_good() || !reader.is_at_end() || table.line.size() != total) {
    return broken_bytes("a chunk of events");
  }
  for (Column& column : table.columns) {
    if (length_of(column) > total) return broken_bytes("a chunk of events");
    fill_missing(column, total);
  }
  return {};
}

// Whether names first occur in the order of their ids, as readers give them: then all are in use,
// and that is seen without a mark for each.
bool has_names_in_order(const Column& column) {
  std::uint32_t next = 1;
  column.narrow.for_each_block([&](std::span<const std::uint32_t> block) {
    if (next == column.names.size()) return;
    for (const std::uint32_t id : block) next += id == next;
  });
  return next == column.names.size();
}

UsedNames all_names(const Column& column) {
  UsedNames out{{}, std::vector<std::uint32_t>(column.names.size())};
  std::iota(out.ids.begin(), out.ids.end(), 0U);
  out.names.assign(column.names.names().begin(), column.names.names().end());
  return out;
}

}  // namespace

RowRange RowRange::part(std::size_t from, std::size_t rows) const {
  const std::size_t some = std::min(rows, count - from);
  return {first + from, some, picked.empty() ? picked : picked.subspan(from, some)};
}

UsedNames used_names(const Column& column, const RowRange& rows) {
  const bool is_all = rows.picked.empty() && rows.count == column.narrow.size();
  if (is_all && has_names_in_order(column)) return all_names(column);
  std::vector<std::uint8_t> is_used(column.names.size(), 0);
  if (is_all) {
    column.narrow.for_each_block([&](std::span<const std::uint32_t> block) {
      for (const std::uint32_t id : block) is_used[id] = 1;
    });
  } else {
    for (const std::int64_t id : values_of(column.narrow, rows))
      is_used[static_cast<std::size_t>(id)] = 1;
  }
  UsedNames out{{""}, std::vector<std::uint32_t>(column.names.size(), 0)};
  for (std::uint32_t id = 1; id < is_used.size(); ++id) {
    if (is_used[id] == 0) continue;
    out.ids[id] = static_cast<std::uint32_t>(out.names.size());
    out.names.push_back(column.names.name(id));
  }
  return out;
}

std::string pack_columns(const EventTable& table, const RowRange& rows,
                         const std::vector<UsedNames>& names) {
  std::string out(kMagic);
  put_varint(out, table.columns.size() + 1);
  put_column(out, kLineColumn, ColumnKind::integer, packed(values_of(table.line, rows)));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    put_column(out, table.type->columns[c].name, table.columns[c].kind,
               pack_column(table.columns[c], rows, names[c]));
  }
  return out;
}

std::string pack_identity(const EventTable& table, const RowRange& rows) {
  return table.identity.empty() ? std::string() : pack_plain(rows, table.identity);
}

Result<std::vector<std::string>> unpack_names(std::string_view packed) {
  std::vector<std::string> out;
  TB_DO(for_each_name(
      packed, [&](std::string_view name, std::size_t, std::size_t) { out.emplace_back(name); }));
  return out;
}

Result<std::vector<std::uint32_t>> intern_names(std::string_view packed, Dictionary& into) {
  std::vector<std::uint32_t> out;
  TB_DO(for_each_name(packed, [&](std::string_view name, std::size_t count, std::size_t bytes) {
    if (out.empty() && into.size() == 1) into.reserve(count, bytes);
    if (out.empty()) out.reserve(count);
    out.push_back(into.intern(name));
  }));
  return out;
}

Result<std::vector<std::uint64_t>> unpack_identity(std::string_view packed) {
  if (packed.size() % sizeof(std::uint64_t) != 0) return broken_bytes("identities of events");
  std::vector<std::uint64_t> out(packed.size() / sizeof(std::uint64_t));
  if (!out.empty()) std::memcpy(out.data(), packed.data(), packed.size());
  return out;
}

Result<void> unpack_columns(std::string_view packed, std::size_t rows,
                            const std::vector<std::vector<std::uint32_t>>& ids, EventTable& table) {
  if (rows > kChunkRows) return broken_bytes("a chunk of events");
  if (packed.starts_with(kMagic))
    return unpack_all(Layout::packed, packed.substr(kMagic.size()), rows, ids, table);
  TB_TRY(const std::string bytes, decompress(packed, kMaxChunkBytes));
  return unpack_all(Layout::varints, bytes, rows, ids, table);
}

std::string pack_event_type(const EventType& type) {
  std::string out;
  for (const std::string* text : {&type.name, &type.title, &type.room, &type.help})
    append_netstring(out, *text);
  for (const ColumnInfo& column : type.columns) {
    append_netstring(out, column.name);
    append_netstring(
        out, fmt::format("{} {} {}", static_cast<int>(column.kind),
                         static_cast<int>(column.required), static_cast<int>(column.person)));
    append_netstring(out, column.help);
  }
  return out;
}

Result<EventType> unpack_event_type(std::string_view packed) {
  TB_TRY(const std::vector<std::string> words, read_netstrings(packed));
  if (words.size() < 4 || (words.size() - 4) % 3 != 0) return broken_bytes("an event type");
  EventType out{words[0], words[1], words[2], words[3], {}};
  for (std::size_t i = 4; i < words.size(); i += 3) {
    const std::vector<std::string_view> flags = split_at(words[i + 1], ' ');
    const auto kind = parse_integer(flags.front());
    if (flags.size() != 3 || !kind || *kind < 0 || *kind > 4) return broken_bytes("an event type");
    out.columns.push_back(
        {words[i], static_cast<ColumnKind>(*kind), flags[1] == "1", flags[2] == "1", words[i + 2]});
  }
  return out;
}

}  // namespace tiebeam::store
