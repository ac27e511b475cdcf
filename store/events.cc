#include "store/events.h"

#include <algorithm>
#include <optional>

#include "base/hash.h"
#include "store/broken.h"

namespace tiebeam::store {
namespace {

using Ids = std::vector<std::vector<std::uint32_t>>;  // by column: chunk's text id -> table's

Result<Ids> load_names(Db& db, const std::string& import_id, const std::string& event,
                       std::int64_t part, EventTable& table) {
  Ids out(table.columns.size());
  Query q = db.query(
      "SELECT \"column\", names FROM tb_dictionary WHERE import = ?1 AND event = ?2 AND part = ?3");
  q.with(import_id).with(event).with(part);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return out;
    const std::size_t at = table.type->index_of(q.text(0));
    if (at == std::string::npos || table.columns[at].kind != ColumnKind::text) continue;
    TB_TRY(out[at], intern_names(q.blob(1), table.columns[at].names));
  }
}

void reserve_rows(EventTable& table, std::size_t rows) {
  table.line.reserve(rows);
  for (Column& column : table.columns) {
    if (column.kind == ColumnKind::instant || column.kind == ColumnKind::integer)
      column.wide.reserve(rows);
    else if (column.kind == ColumnKind::number)
      column.real.reserve(rows);
    else
      column.narrow.reserve(rows);
  }
}

// Appends the chunks of one import and event type.
Result<void> append_import(Db& db, const std::string& import_id, EventTable& table) {
  const std::size_t first = table.rows();
  Query q = db.query(
      "SELECT part, rows, columns FROM tb_chunk WHERE import = ?1 AND event = ?2 ORDER BY n");
  q.with(import_id).with(table.type->name);
  std::optional<std::int64_t> part;  // the one that `ids` is of
  Ids ids;
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) break;
    if (part != q.integer(0)) {
      part = q.integer(0);
      TB_TRY(ids, load_names(db, import_id, table.type->name, *part, table));
    }
    TB_DO(unpack_columns(q.blob(2), static_cast<std::size_t>(q.integer(1)), ids, table));
  }
  if (table.rows() > first) table.spans.push_back({import_id, first, table.rows() - first});
  return {};
}

Result<std::size_t> rows_of(Db& db, const std::string& event,
                            const std::vector<std::string>& imports) {
  std::size_t out = 0;
  for (const std::string& import_id : imports) {
    Query q = db.query(
        "SELECT MIN(rows), MAX(rows), TOTAL(rows) FROM tb_chunk WHERE import = ?1 AND event = ?2");
    TB_TRY(const bool found, q.with(import_id).with(event).step());
    if (!found) continue;
    if (q.integer(0) < 0 || q.integer(1) > static_cast<std::int64_t>(kChunkRows))
      return broken_bytes("a chunk of events");
    out += static_cast<std::size_t>(q.integer(2));
  }
  return out;
}

// All rows of an import by event type, as a set of identities.
Result<std::map<std::string, IdentitySet, std::less<>>> identities_of(
    Db& db, const std::string& import_id) {
  std::map<std::string, IdentitySet, std::less<>> out;
  Query q = db.query("SELECT event, identity FROM tb_chunk WHERE import = ?1");
  q.with(import_id);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return out;
    TB_TRY(const std::vector<std::uint64_t> identities, unpack_identity(q.blob(1)));
    IdentitySet& set = out[std::string(q.text(0))];
    for (const std::uint64_t identity : identities) set.insert(identity);
  }
}

struct Names {
  std::string event, column;
  std::int64_t part;
  std::vector<std::string> names;
};

Result<std::vector<Names>> dictionaries_of(Db& db, const std::string& import_id) {
  std::vector<Names> out;
  Query q = db.query("SELECT event, \"column\", part, names FROM tb_dictionary WHERE import = ?1");
  q.with(import_id);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return out;
    TB_TRY(std::vector<std::string> names, unpack_names(q.blob(3)));
    out.push_back({std::string(q.text(0)), std::string(q.text(1)), q.integer(2), std::move(names)});
  }
}

Result<void> rewrite_names(Db& db, const std::string& import_id, const Names& dictionary) {
  const std::string packed = pack_names(dictionary.names);
  const std::string hash = chunk_hash(packed, {});
  return db
      .query(
          "UPDATE tb_dictionary SET names = ?1, hash = ?2 "
          "WHERE import = ?3 AND event = ?4 AND part = ?5 AND \"column\" = ?6")
      .with_blob(packed)
      .with_blob(hash)
      .with(import_id)
      .with(dictionary.event)
      .with(dictionary.part)
      .with(dictionary.column)
      .run();
}

Result<bool> hash_rows(Query q, std::string_view import_id, Sha256& hash) {
  q.with(import_id);
  bool has_any = false;
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return has_any;
    has_any = true;
    hash.update(
        fmt::format("{}:{} {} {} ", q.text(0).size(), q.text(0), q.text(1).size(), q.text(1)));
    for (int column = 2; column < 6; ++column) hash.update(fmt::format("{} ", q.integer(column)));
    hash.update(q.blob(6));
  }
}

}  // namespace

bool comes_before(std::string_view import_a, std::string_view import_b) {
  return import_a.size() != import_b.size() ? import_a.size() < import_b.size()
                                            : import_a < import_b;
}

Result<std::vector<std::string>> imports_in_force(Db& db) {
  std::vector<std::string> out;
  Query q = db.query("SELECT \"id\" FROM \"import\" WHERE COALESCE(\"withdrawn\", FALSE) = FALSE");
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) break;
    out.emplace_back(q.text(0));
  }
  std::ranges::sort(out, comes_before);
  return out;
}

Result<void> save_event_type(Db& db, const EventType& type) {
  const std::string described = pack_event_type(type);
  {
    Query known = db.query("SELECT described FROM tb_event_type WHERE name = ?1");
    TB_TRY(const bool found, known.with(type.name).step());
    if (found && known.text(0) == described) return {};
  }
  return db
      .query(
          "INSERT INTO tb_event_type (name, described) VALUES (?1, ?2) "
          "ON CONFLICT (name) DO UPDATE SET described = excluded.described")
      .with(type.name)
      .with(described)
      .run();
}

Result<EventTypes> load_event_types(Db& db) {
  EventTypes out;
  Query q = db.query("SELECT name, described FROM tb_event_type");
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return out;
    TB_TRY(EventType type, unpack_event_type(q.text(1)));
    out.emplace(q.text(0), std::make_unique<EventType>(std::move(type)));
  }
}

Result<std::map<std::string, EventTable, std::less<>>> load_events(
    Db& db, const EventTypes& types, const std::vector<std::string>& imports) {
  std::map<std::string, EventTable, std::less<>> out;
  for (const auto& [name, type] : types) {
    EventTable table(*type);
    TB_TRY(const std::size_t rows, rows_of(db, name, imports));
    if (rows == 0) continue;
    reserve_rows(table, rows);
    for (const std::string& import_id : imports) TB_DO(append_import(db, import_id, table));
    out.emplace(name, std::move(table));
  }
  return out;
}

Result<std::string> import_that_overlaps(Db& db, const std::string& import_id) {
  TB_TRY(const auto ours, identities_of(db, import_id));
  TB_TRY(const std::vector<std::string> imports, imports_in_force(db));
  for (const std::string& other : imports) {
    if (other == import_id) continue;
    Query q = db.query("SELECT event, identity FROM tb_chunk WHERE import = ?1");
    q.with(other);
    while (true) {
      TB_TRY(const bool more, q.step());
      if (!more) break;
      const auto set = ours.find(q.text(0));
      if (set == ours.end()) continue;
      TB_TRY(const std::vector<std::uint64_t> identities, unpack_identity(q.blob(1)));
      if (std::ranges::any_of(identities,
                              [&](std::uint64_t each) { return set->second.contains(each); }))
        return other;
    }
  }
  return std::string();
}

Result<std::string> events_hash(Db& db, std::string_view import_id) {
  Sha256 hash;
  TB_TRY(const bool has_chunks,
         hash_rows(db.query("SELECT event, '', n, part, first_row, rows, hash FROM tb_chunk "
                            "WHERE import = ?1 ORDER BY event, n"),
                   import_id, hash));
  TB_TRY(const bool has_names,
         hash_rows(db.query("SELECT event, \"column\", part, 0, 0, 0, hash FROM tb_dictionary "
                            "WHERE import = ?1 ORDER BY event, part, \"column\""),
                   import_id, hash));
  return has_chunks || has_names ? to_hex(hash.finish()) : std::string();
}

Result<std::int64_t> mask_dictionaries(Db& db, const std::string& import_id,
                                       const std::vector<Pattern>& patterns) {
  std::int64_t places = 0;
  TB_TRY(std::vector<Names> dictionaries, dictionaries_of(db, import_id));
  for (Names& dictionary : dictionaries) {
    std::int64_t here = 0;
    for (std::string& name : dictionary.names) here += mask(name, patterns);
    if (here > 0) TB_DO(rewrite_names(db, import_id, dictionary));
    places += here;
  }
  return places;
}

}  // namespace tiebeam::store
