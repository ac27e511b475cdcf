#include "base/hash.h"
#include "base/repeats.h"
#include "store/events.h"
#include "store/identity_set.h"
#include "store/migrate.h"

namespace tiebeam::store {
namespace {

// The names of people, replaced; two spellings of nobody merge.
Result<std::string> pack_people(Db& db, const std::vector<std::string_view>& names) {
  TB_TRY(Persons persons, Persons::open(db));
  std::vector<std::string> replaced{""};
  for (std::size_t id = 1; id < names.size(); ++id) {
    TB_TRY(replaced.emplace_back(), persons.pseudonym(names[id]));
  }
  return pack_names(replaced);
}

// Of the event type, in imports in force and in the open one.
Result<void> read_identities(Db& db, const std::string& event, const std::string& open_import,
                             IdentitySet& into) {
  TB_TRY(const std::vector<std::string> imports, imports_in_force(db));
  std::set<std::string, std::less<>> in_force(imports.begin(), imports.end());
  in_force.insert(open_import);
  Query counting = db.query("SELECT COALESCE(SUM(rows), 0) FROM tb_chunk WHERE event = ?1");
  TB_TRY(const bool counted, counting.with(event).step());
  if (!counted || counting.integer(0) == 0) return {};
  into.reserve(static_cast<std::size_t>(counting.integer(0)));
  Query q = db.query("SELECT import, identity FROM tb_chunk WHERE event = ?1");
  q.with(event);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return {};
    if (!in_force.contains(q.text(0))) continue;
    TB_TRY(const std::vector<std::uint64_t> identities, unpack_identity(q.blob(1)));
    for (const std::uint64_t identity : identities) into.insert(identity);
  }
}

}  // namespace

Result<EventWriter::Series*> EventWriter::series_of(const EventType& type) {
  if (const auto known = series_.find(type.name); known != series_.end()) return &known->second;
  TB_DO(raise_format(db_));
  TB_DO(save_event_type(db_, type));
  return &series_[type.name];
}

// The rows of `table` whose identity stands in no import in force and in no earlier row. Empty:
// either all of them or none, as `count` says.
Result<EventWriter::Fresh> EventWriter::fresh_rows(const EventTable& table) {
  Fresh out{.rows = {}, .count = table.rows()};
  if (table.identity.empty()) return out;
  IdentitySet known;
  TB_DO(read_identities(db_, table.type->name, import_id_, known));
  const std::vector<std::size_t> repeated =
      table.may_repeat ? repeated_places(table.identity) : std::vector<std::size_t>();
  if (known.empty() && repeated.empty()) return out;
  auto next = repeated.begin();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const bool is_repeated = next != repeated.end() && *next == row;
    if (is_repeated) ++next;
    if (!is_repeated && !known.contains(table.identity[row])) out.rows.push_back(row);
  }
  out.count = out.rows.size();
  return out;
}

Result<std::int64_t> EventWriter::append(const EventTable& table) {
  TB_CHECK(table.type != nullptr, "a table has a type");
  TB_CHECK(table.identity.empty() || table.identity.size() == table.rows(), "one identity a row");
  if (table.rows() == 0) return 0;
  TB_TRY(Series * series, series_of(*table.type));
  TB_TRY(const Fresh fresh, fresh_rows(table));
  const RowRange rows{.first = 0, .count = fresh.count, .picked = fresh.rows};
  if (rows.count > 0) TB_DO(write_part(table, rows, *series));
  return static_cast<std::int64_t>(rows.count);
}

Result<void> EventWriter::write_part(const EventTable& table, const RowRange& rows,
                                     Series& series) {
  ++series.parts;
  TB_TRY(const std::vector<UsedNames> names, write_names(table, rows, series));
  for (std::size_t first = 0; first < rows.count; first += kChunkRows) {
    const RowRange some = rows.part(first, kChunkRows);
    const std::string columns = pack_columns(table, some, names);
    const std::string identity = pack_identity(table, some);
    const std::string hash = chunk_hash(columns, identity);
    Query q = db_.query(
        "INSERT INTO tb_chunk (import, event, n, part, first_row, rows, columns, identity, hash) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    q.with(import_id_)
        .with(table.type->name)
        .with(series.chunks++)
        .with(series.parts)
        .with(series.rows);
    q.with(static_cast<std::int64_t>(some.count))
        .with_blob(columns)
        .with_blob(identity)
        .with_blob(hash);
    TB_DO(q.run());
    series.rows += static_cast<std::int64_t>(some.count);
  }
  return {};
}

Result<std::vector<UsedNames>> EventWriter::write_names(const EventTable& table,
                                                        const RowRange& rows,
                                                        const Series& series) {
  std::vector<UsedNames> out(table.columns.size());
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].kind != ColumnKind::text) continue;
    out[c] = used_names(table.columns[c], rows);
    std::string names;
    if (table.type->columns[c].person) {
      TB_TRY(names, pack_people(db_, out[c].names));
    } else {
      names = pack_names(out[c].names);
    }
    const std::string hash = chunk_hash(names, {});
    out[c].names = {};  // written: only the ids are needed from here
    TB_DO(db_.query("INSERT INTO tb_dictionary (import, event, part, \"column\", names, hash) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
              .with(import_id_)
              .with(table.type->name)
              .with(series.parts)
              .with(table.type->columns[c].name)
              .with_blob(names)
              .with_blob(hash)
              .run());
  }
  return out;
}

std::string chunk_hash(std::string_view columns, std::string_view identity) {
  Sha256 hash;
  hash.update(fmt::format("{} {} ", columns.size(), identity.size()));
  hash.update(columns);
  hash.update(identity);
  const Digest digest = hash.finish();
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace tiebeam::store
