#include "store/migrate.h"

#include <sodium.h>

#include <map>

#include "base/text.h"

namespace tiebeam::store {
namespace {

using Columns = std::map<std::string, std::string, std::less<>>;  // name -> type

Result<Columns> columns_in(Db& db, const std::string& table) {
  Columns out;
  Query q = db.query("SELECT name, type FROM pragma_table_info(?1)");
  q.with(table);
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return out;
    out.emplace(q.text(0), q.text(1));
  }
}

// The statements that bring the file to the catalog, and a line for people about each.
struct Growth {
  std::vector<std::string> statements;
  std::string what;
};

std::string line_about(std::string_view verb, std::string_view name) {
  return fmt::format("{} {}\n", verb, name);
}

std::unexpected<Error> other_type(const Db& db, const TableSpec& table, const ColumnSpec& column,
                                  const std::string& found) {
  return fail(Kind::unavailable, "store.broken",
              fmt::format("{}: {}.{} holds {}, this version keeps {} there", db.path(), table.name,
                          column.name, found, column.type),
              "open it with the version that made it");
}

Result<Growth> growth_of(Db& db, const Catalog& catalog) {
  Growth out;
  for (const TableSpec& table : tables_of(catalog, Dialect::sqlite)) {
    TB_TRY(const Columns there, columns_in(db, table.name));
    if (there.empty()) {
      for (std::string& sql : ddl_of(table, Dialect::sqlite))
        out.statements.push_back(std::move(sql));
      out.what += line_about("table", table.name);
      continue;
    }
    for (const ColumnSpec& column : table.columns) {
      const auto found = there.find(column.name);
      if (found == there.end()) {
        out.statements.push_back(add_column_sql(table.name, column));
        out.what += line_about("column", table.name + "." + column.name);
      } else if (found->second != column.type) {
        return other_type(db, table, column, found->second);
      }
    }
  }
  return out;
}

Result<void> grow(Db& db, const Growth& growth) {
  for (const std::string& sql : growth.statements) TB_DO(db.exec(sql));
  return db
      .query(
          "INSERT INTO tb_migration (number, kernel, journal_seq, what) VALUES "
          "((SELECT COALESCE(MAX(number), 0) + 1 FROM tb_migration), ?1, "
          "(SELECT COALESCE(MAX(seq), 0) FROM tb_journal), ?2)")
      .with(kKernelVersion)
      .with(growth.what)
      .run();
}

}  // namespace

Result<void> make_tables(Db& db, const Catalog& catalog) {
  std::string secret(32, '\0');
  randombytes_buf(secret.data(), secret.size());
  TB_TRY(Transaction transaction, Transaction::begin(db, Transaction::Kind::write));
  TB_TRY(const Growth growth, growth_of(db, catalog));
  TB_DO(grow(db, growth));
  TB_DO(set_meta(db, "person_secret", secret));
  TB_DO(db.exec(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", kApplicationId,
                            kKernelVersion)));
  return transaction.commit();
}

Result<void> recognise(Db& db) {
  TB_TRY(const std::int64_t application, db.number("PRAGMA application_id"));
  if (application != kApplicationId) {
    return invalid("store.not_ours",
                   fmt::format("{} is a database, but not a Tiebeam store", db.path()),
                   "name the file of an organisation that Tiebeam made");
  }
  TB_TRY(const std::int64_t version, db.number("PRAGMA user_version"));
  if (version > kKernelVersion) {
    return invalid("store.newer",
                   fmt::format("{} has format {}, this version knows formats up to {}", db.path(),
                               version, kKernelVersion),
                   "use the version of Tiebeam that made it, or a newer one");
  }
  return {};
}

Result<void> migrate(Db& db, const Catalog& catalog) {
  TB_TRY(const Growth seen, growth_of(db, catalog));
  if (seen.statements.empty()) return {};
  TB_TRY(Transaction transaction, Transaction::begin(db, Transaction::Kind::write));
  // Looked at again under the lock: another process may have grown it meanwhile.
  TB_TRY(const Growth growth, growth_of(db, catalog));
  if (growth.statements.empty()) return {};
  TB_DO(grow(db, growth));
  return transaction.commit();
}

Result<void> raise_format(Db& db) {
  TB_TRY(const std::int64_t version, db.number("PRAGMA user_version"));
  if (version >= kKernelVersion) return {};
  TB_DO(db.exec(fmt::format("PRAGMA user_version={}", kKernelVersion)));
  return grow(db, {.statements = {}, .what = line_about("format", std::to_string(kKernelVersion))});
}

Result<std::string> meta(Db& db, std::string_view key) {
  Query q = db.query("SELECT value FROM tb_meta WHERE key = ?1");
  TB_TRY(const bool found, q.with(key).step());
  return found ? std::string(q.blob(0)) : std::string();
}

Result<void> set_meta(Db& db, std::string_view key, std::string_view value) {
  return db
      .query(
          "INSERT INTO tb_meta (key, value) VALUES (?1, ?2) "
          "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .with(key)
      .with_blob(value)
      .run();
}

Result<std::int64_t> count_up(Db& db, std::string_view key) {
  TB_TRY(const std::string before, meta(db, key));
  const std::int64_t next = parse_integer(before).value_or(0) + 1;
  TB_DO(set_meta(db, key, std::to_string(next)));
  return next;
}

}  // namespace tiebeam::store
