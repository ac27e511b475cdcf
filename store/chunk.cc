#include "store/chunk.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "store/bytes.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

static_assert(std::endian::native == std::endian::little, "chunks hold little-endian numbers");

constexpr std::string_view kLineColumn = "#line";
constexpr std::size_t kMaxChunkBytes = std::size_t{256} << 20U;
constexpr std::size_t kMaxNamesBytes = std::size_t{4} << 30U;

using Rows = std::span<const std::size_t>;

// Differences to the value before. A missing value is marked in a bitmap and not counted.
std::string pack_wide(Rows rows, auto value_at) {
  std::string marks((rows.size() + 7) / 8, '\0');
  std::string deltas;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t value = value_at(rows[i]);
    if (value == kMissing) {
      marks[i / 8] = static_cast<char>(static_cast<unsigned char>(marks[i / 8]) | (1U << (i % 8)));
      continue;
    }
    put_varint(deltas,
               zigzag(static_cast<std::int64_t>(static_cast<std::uint64_t>(value) - before)));
    before = static_cast<std::uint64_t>(value);
  }
  return marks + deltas;
}

Result<void> unpack_wide(std::string_view data, std::size_t rows, auto take) {
  ByteReader reader(data);
  const std::string_view marks = reader.take((rows + 7) / 8);
  if (!reader.is_good()) return broken_bytes("a column of events");
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    if ((static_cast<unsigned char>(marks[i / 8]) >> (i % 8) & 1U) != 0) {
      take(kMissing);
      continue;
    }
    before += static_cast<std::uint64_t>(unzigzag(reader.varint()));
    take(static_cast<std::int64_t>(before));
  }
  if (!reader.is_good() || !reader.is_at_end()) return broken_bytes("a column of events");
  return {};
}

template <class T>
std::string pack_plain(Rows rows, const std::vector<T>& values) {
  std::string out(rows.size() * sizeof(T), '\0');
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::memcpy(&out[i * sizeof(T)], &values[rows[i]], sizeof(T));
  return out;
}

std::string pack_column(const Column& column, Rows rows, const UsedNames& names) {
  switch (column.kind) {
    case ColumnKind::instant:
    case ColumnKind::integer:
      return pack_wide(rows, [&](std::size_t row) { return column.wide[row]; });
    case ColumnKind::number:
      return pack_plain(rows, column.real);
    case ColumnKind::text:
      return pack_wide(
          rows, [&](std::size_t row) { return std::int64_t{names.ids[column.narrow[row]]}; });
    case ColumnKind::flag:
      return pack_wide(rows, [&](std::size_t row) { return std::int64_t{column.narrow[row]}; });
  }
  throw_bug("kind", "there are five", __FILE__, __LINE__);
}

void put_column(std::string& out, std::string_view name, ColumnKind kind, std::string_view data) {
  put_text(out, name);
  put_varint(out, static_cast<std::uint64_t>(kind));
  put_text(out, data);
}

Result<void> unpack_text(std::string_view data, std::size_t rows,
                         const std::vector<std::uint32_t>& ids, Column& to) {
  bool is_known = true;
  TB_DO(unpack_wide(data, rows, [&](std::int64_t id) {
    const bool fits = id >= 0 && static_cast<std::size_t>(id) < ids.size();
    is_known = is_known && fits;
    to.narrow.push_back(fits ? ids[static_cast<std::size_t>(id)] : 0);
  }));
  if (!is_known) return broken_bytes("a column of events");
  return {};
}

Result<void> unpack_column(std::string_view data, std::size_t rows,
                           const std::vector<std::uint32_t>& ids, Column& to) {
  switch (to.kind) {
    case ColumnKind::instant:
    case ColumnKind::integer:
      return unpack_wide(data, rows, [&](std::int64_t value) { to.wide.push_back(value); });
    case ColumnKind::number: {
      if (data.size() != rows * sizeof(double)) return broken_bytes("a column of events");
      const std::size_t first = to.real.size();
      to.real.resize(first + rows);
      if (rows > 0) std::memcpy(to.real.data() + first, data.data(), data.size());
      return {};
    }
    case ColumnKind::text:
      return unpack_text(data, rows, ids, to);
    case ColumnKind::flag:
      return unpack_wide(data, rows,
                         [&](std::int64_t flag) { to.narrow.push_back(flag == 1 ? 1 : 0); });
  }
  throw_bug("kind", "there are five", __FILE__, __LINE__);
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

}  // namespace

UsedNames used_names(const Column& column, const std::vector<std::size_t>& rows) {
  std::vector<bool> is_used(column.names.size(), false);
  for (const std::size_t row : rows) is_used[column.narrow[row]] = true;
  UsedNames out{{""}, std::vector<std::uint32_t>(column.names.size(), 0)};
  for (std::uint32_t id = 1; id < is_used.size(); ++id) {
    if (!is_used[id]) continue;
    out.ids[id] = static_cast<std::uint32_t>(out.names.size());
    out.names.push_back(column.names.name(id));
  }
  return out;
}

std::string pack_columns(const EventTable& table, Rows rows, const std::vector<UsedNames>& names) {
  std::string out;
  put_varint(out, table.columns.size() + 1);
  put_column(out, kLineColumn, ColumnKind::integer,
             pack_wide(rows, [&](std::size_t row) { return std::int64_t{table.line[row]}; }));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    put_column(out, table.type->columns[c].name, table.columns[c].kind,
               pack_column(table.columns[c], rows, names[c]));
  }
  return compress(out);
}

std::string pack_identity(const EventTable& table, Rows rows) {
  return table.identity.empty() ? std::string() : pack_plain(rows, table.identity);
}

std::string pack_names(const std::vector<std::string>& names) {
  std::string out;
  put_varint(out, names.size());
  for (const std::string& name : names) put_text(out, name);
  return compress(out);
}

Result<std::vector<std::string>> unpack_names(std::string_view packed) {
  TB_TRY(const std::string bytes, decompress(packed, kMaxNamesBytes));
  ByteReader reader(bytes);
  const std::uint64_t count = reader.varint();
  if (count > bytes.size()) return broken_bytes("a dictionary");
  std::vector<std::string> out;
  out.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) out.emplace_back(reader.text());
  if (!reader.is_good() || !reader.is_at_end()) return broken_bytes("a dictionary");
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
  TB_TRY(const std::string bytes, decompress(packed, kMaxChunkBytes));
  ByteReader reader(bytes);
  const std::size_t total = table.rows() + rows;
  for (std::uint64_t left = reader.varint(); left > 0 && reader.is_good(); --left) {
    const std::string_view name = reader.text();
    const std::uint64_t kind = reader.varint();
    const std::string_view data = reader.text();
    if (name == kLineColumn) {
      TB_DO(unpack_wide(data, rows, [&](std::int64_t line) {
        table.line.push_back(static_cast<std::uint32_t>(line));
      }));
      continue;
    }
    const std::size_t at = table.type->index_of(name);
    if (at == std::string::npos || kind != static_cast<std::uint64_t>(table.columns[at].kind))
      continue;
    TB_DO(unpack_column(data, rows, ids[at], table.columns[at]));
  }
  if (!reader.is_good() || !reader.is_at_end() || table.line.size() != total) {
    return broken_bytes("a chunk of events");
  }
  for (Column& column : table.columns) fill_missing(column, total);
  return {};
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
