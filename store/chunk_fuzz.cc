// The inside of tb_chunk and tb_dictionary as a damaged file would hold it: it cannot be read, or
// what was read packs and unpacks to the same.
#include "base/fuzz_support.h"
#include "store/bytes.h"
#include "store/chunk.h"
#include "store/test_catalog.h"

namespace tiebeam::store {
namespace {

constexpr std::size_t kMost = std::size_t{1} << 20;

template <class T>
const T* good(const Result<T>& result) {
  if (result) return &*result;
  fuzz::check_error(result.error());
  return nullptr;
}

void check_names(std::string_view packed) {
  const auto read = unpack_names(packed);
  const auto* names = good(read);
  if (names != nullptr) FUZZ_CHECK(unpack_names(pack_names(*names)) == *names);
}

void check_event_type(std::string_view packed) {
  const auto read = unpack_event_type(packed);
  const auto* type = good(read);
  if (type == nullptr) return;
  const auto again = unpack_event_type(pack_event_type(*type));
  FUZZ_CHECK(again && again->name == type->name && again->columns.size() == type->columns.size());
  FUZZ_CHECK(pack_event_type(*again) == pack_event_type(*type));
}

// A table with three names in each dictionary, and the ids of a chunk that used all of them.
struct Target {
  EventTable table{test::visit_type()};
  std::vector<std::vector<std::uint32_t>> ids;
  Target() {
    for (Column& column : table.columns) {
      ids.emplace_back();
      if (column.kind != ColumnKind::text) continue;
      for (const std::string_view name : {"", "a", "b", "c"})
        ids.back().push_back(column.names.intern(name));
    }
  }
};

std::string cells(const EventTable& table) {
  std::string out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    out += fmt::format("{}", table.line[row]);
    for (const Column& column : table.columns) {
      const bool is_wide = column.kind == ColumnKind::instant || column.kind == ColumnKind::integer;
      out += is_wide ? fmt::format(" {}", column.wide[row])
             : column.kind == ColumnKind::number
                 ? fmt::format(" {:x}", std::bit_cast<std::uint64_t>(column.real[row]))
             : column.kind == ColumnKind::text
                 ? " " + std::string(column.names.name(column.narrow[row]))
                 : fmt::format(" {}", column.narrow[row]);
    }
    out += '\n';
  }
  return out;
}

void check_columns(std::string_view packed, std::size_t rows) {
  Target target;
  if (const auto read = unpack_columns(packed, rows, target.ids, target.table); !read)
    return fuzz::check_error(read.error());
  FUZZ_CHECK(target.table.rows() == rows);
  for (const Column& column : target.table.columns)
    FUZZ_CHECK(column.wide.size() + column.real.size() + column.narrow.size() == rows);
  const RowRange all{.first = 0, .count = rows};
  std::vector<UsedNames> names;
  Target again;
  for (std::size_t c = 0; c < target.table.columns.size(); ++c) {
    const Column& column = target.table.columns[c];
    names.push_back(column.kind == ColumnKind::text ? used_names(column, all) : UsedNames{});
    again.ids[c].clear();
    for (const std::string_view name : names.back().names)
      again.ids[c].push_back(again.table.columns[c].names.intern(name));
  }
  const std::string repacked = pack_columns(target.table, all, names);
  FUZZ_CHECK(unpack_columns(repacked, rows, again.ids, again.table).has_value());
  FUZZ_CHECK(cells(again.table) == cells(target.table), cells(target.table));
}

void check_bytes(std::string_view input) {
  (void)decompress(input, std::size_t{4} << 30U);  // as much as a dictionary may be
  const auto read = decompress(input, kMost);
  if (const auto* bytes = good(read)) FUZZ_CHECK(bytes->size() <= kMost);
  FUZZ_CHECK(decompress(compress(input), kMost) == std::string(input));
  const auto identity = unpack_identity(input);
  FUZZ_CHECK((good(identity) != nullptr) == (input.size() % 8 == 0));
  ByteReader reader(input);
  std::string again;
  while (!reader.is_at_end() && reader.is_good()) put_varint(again, reader.varint());
  FUZZ_CHECK(again.size() <= input.size() + 1);
}

}  // namespace

// The first byte says how many rows the chunk claims; the rest is its inside, packed and as it is.
FUZZ(input) {
  check_bytes(input);
  check_names(input);
  check_event_type(input);
  if (input.empty()) return;
  const auto rows = static_cast<std::size_t>(static_cast<unsigned char>(input[0]));
  const std::string packed = compress(input.substr(1));
  check_names(packed);
  check_columns(packed, rows);
  check_columns(input.substr(1), rows);
}

}  // namespace tiebeam::store
