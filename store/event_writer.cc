#include "base/hash.h"
#include "store/events.h"

namespace tiebeam::store {
namespace {

// Replaces names of people; two spellings of nobody merge.
Result<void> replace_people(Db& db, std::vector<std::string>& names) {
  TB_TRY(Persons persons, Persons::open(db));
  for (std::size_t id = 1; id < names.size(); ++id) {
    TB_TRY(names[id], persons.pseudonym(names[id]));
  }
  return {};
}

Result<void> read_identities(Db& db, const std::string& event, IdentitySet& into) {
  TB_TRY(const std::vector<std::string> imports, imports_in_force(db));
  const std::set<std::string, std::less<>> in_force(imports.begin(), imports.end());
  TB_TRY(const std::int64_t count, db.number("SELECT COALESCE(SUM(rows), 0) FROM tb_chunk"));
  into.reserve(static_cast<std::size_t>(count));
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
  TB_DO(save_event_type(db_, type));
  Series& series = series_[type.name];
  TB_DO(read_identities(db_, type.name, series.known));
  return &series;
}

Result<std::int64_t> EventWriter::append(const EventTable& table) {
  TB_CHECK(table.type != nullptr, "a table has a type");
  TB_CHECK(table.identity.empty() || table.identity.size() == table.rows(), "one identity a row");
  if (table.rows() == 0) return 0;
  TB_TRY(Series * series, series_of(*table.type));
  std::vector<std::size_t> fresh;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.identity.empty() || series->known.insert(table.identity[row])) fresh.push_back(row);
  }
  if (!fresh.empty()) TB_DO(write_part(table, fresh, *series));
  return static_cast<std::int64_t>(fresh.size());
}

Result<void> EventWriter::write_part(const EventTable& table, const std::vector<std::size_t>& rows,
                                     Series& series) {
  ++series.parts;
  TB_TRY(const std::vector<UsedNames> names, write_names(table, rows, series));
  for (std::size_t first = 0; first < rows.size(); first += kChunkRows) {
    const auto some = std::span(rows).subspan(first, std::min(kChunkRows, rows.size() - first));
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
    q.with(static_cast<std::int64_t>(some.size()))
        .with_blob(columns)
        .with_blob(identity)
        .with_blob(hash);
    TB_DO(q.run());
    series.rows += static_cast<std::int64_t>(some.size());
  }
  return {};
}

Result<std::vector<UsedNames>> EventWriter::write_names(const EventTable& table,
                                                        const std::vector<std::size_t>& rows,
                                                        const Series& series) {
  std::vector<UsedNames> out(table.columns.size());
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].kind != ColumnKind::text) continue;
    out[c] = used_names(table.columns[c], rows);
    if (table.type->columns[c].person) TB_DO(replace_people(db_, out[c].names));
    const std::string names = pack_names(out[c].names);
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
