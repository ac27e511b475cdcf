#include "store/schema.h"

#include "store/import_row.h"

namespace tiebeam::store {
namespace {

enum class Type : std::uint8_t { text, integer, real, boolean, bytes };

std::string type_name(Type type, Dialect dialect) {
  const bool lite = dialect == Dialect::sqlite;
  switch (type) {
    case Type::text:
      return lite ? "TEXT" : "TEXT COLLATE \"C\"";
    case Type::integer:
      return lite ? "INTEGER" : "BIGINT";
    case Type::real:
      return lite ? "REAL" : "DOUBLE PRECISION";
    case Type::boolean:
      return lite ? "INTEGER" : "BOOLEAN";
    case Type::bytes:
      return lite ? "BLOB" : "BYTEA";
  }
  return {};
}

Type type_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::integer:
    case FieldKind::instant:
      return Type::integer;
    case FieldKind::number:
    case FieldKind::fraction:
      return Type::real;
    case FieldKind::boolean:
      return Type::boolean;
    default:
      return Type::text;
  }
}

struct OwnTable {
  std::string_view name;
  std::vector<std::pair<std::string_view, Type>> columns;
  std::vector<std::string> key;
  std::vector<std::vector<std::string>> indexes;
};

// The store's own tables; each column is explained in docs/format/store.md.
std::vector<OwnTable> own_tables() {
  using enum Type;
  return {
      {"tb_meta", {{"key", text}, {"value", bytes}}, {"key"}, {}},
      {"tb_migration",
       {{"number", integer}, {"kernel", integer}, {"journal_seq", integer}, {"what", text}},
       {"number"},
       {}},
      {"tb_journal",
       {{"seq", integer},
        {"at", integer},
        {"op", integer},
        {"command", text},
        {"type", text},
        {"actor", text},
        {"actor_salt", bytes},
        {"actor_hash", bytes},
        {"id", text},
        {"id_salt", bytes},
        {"id_hash", bytes},
        {"hash", bytes}},
       {"seq"},
       {{"type", "id", "seq"}, {"at"}}},
      {"tb_journal_value",
       {{"seq", integer},
        {"n", integer},
        {"name", text},
        {"value", text},
        {"salt", bytes},
        {"hash", bytes}},
       {"seq", "n"},
       {}},
      {"tb_idempotency",
       {{"key", text}, {"first_seq", integer}, {"last_seq", integer}, {"request", text}},
       {"key"},
       {}},
      {"tb_person", {{"key", bytes}, {"number", integer}}, {"key"}, {}},
      {"tb_event_type", {{"name", text}, {"described", text}}, {"name"}, {}},
      {"tb_dictionary",
       {{"import", text},
        {"event", text},
        {"part", integer},
        {"column", text},
        {"names", bytes},
        {"hash", bytes}},
       {"import", "event", "part", "column"},
       {}},
      {"tb_chunk",
       {{"import", text},
        {"event", text},
        {"n", integer},
        {"part", integer},
        {"first_row", integer},
        {"rows", integer},
        {"columns", bytes},
        {"identity", bytes},
        {"hash", bytes}},
       {"import", "event", "n"},
       {}},
      {"tb_raw",
       {{"import", text},
        {"n", integer},
        {"bytes", integer},
        {"masked", integer},
        {"block", bytes},
        {"hash", bytes}},
       {"import", "n"},
       {}},
  };
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ", ";
    out += quoted(name);
  }
  return out;
}

std::string reference_clause(const ColumnSpec& column) {
  return fmt::format("REFERENCES {} (\"id\") DEFERRABLE INITIALLY DEFERRED",
                     quoted(column.refers_to));
}

}  // namespace

std::string quoted(std::string_view identifier) {
  TB_CHECK(identifier.find('"') == std::string_view::npos, "names come from descriptions");
  return fmt::format("\"{}\"", identifier);
}

std::vector<ColumnSpec> columns_of(const FieldInfo& field, const Catalog& catalog,
                                   Dialect dialect) {
  if (field.kind == FieldKind::money) {
    return {{field.name + "_minor", type_name(Type::integer, dialect), {}},
            {field.name + "_currency", type_name(Type::text, dialect), {}}};
  }
  ColumnSpec column{field.name, type_name(type_of(field.kind), dialect), {}};
  const bool single = field.kind == FieldKind::reference;
  if (single && catalog.find(field.refers_to) != nullptr) column.refers_to = field.refers_to;
  return {column};
}

TableSpec table_of(const RecordType& type, const Catalog& catalog, Dialect dialect) {
  TableSpec out{type.name, {}, {"id"}, {}};
  for (const FieldInfo& field : type.fields) {
    for (ColumnSpec& column : columns_of(field, catalog, dialect)) {
      if (!column.refers_to.empty()) out.indexes.push_back({column.name});
      out.columns.push_back(std::move(column));
    }
  }
  return out;
}

std::vector<TableSpec> tables_of(const Catalog& catalog, Dialect dialect) {
  std::vector<TableSpec> out;
  for (const OwnTable& own : own_tables()) {
    TableSpec table{std::string(own.name), {}, own.key, own.indexes};
    for (const auto& [name, type] : own.columns) {
      table.columns.push_back({std::string(name), type_name(type, dialect), {}});
    }
    out.push_back(std::move(table));
  }
  for (const auto& [name, type] : catalog.types()) out.push_back(table_of(type, catalog, dialect));
  return out;
}

std::vector<std::string> ddl_of(const TableSpec& table, Dialect dialect) {
  std::string sql = fmt::format("CREATE TABLE {} (\n", quoted(table.name));
  for (const ColumnSpec& column : table.columns) {
    sql += fmt::format("  {} {}", quoted(column.name), column.type);
    if (table.key.size() == 1 && table.key.front() == column.name) sql += " NOT NULL";
    // PostgreSQL knows only tables that exist: schema_sql adds its references at the end.
    if (!column.refers_to.empty() && dialect == Dialect::sqlite)
      sql += " " + reference_clause(column);
    sql += ",\n";
  }
  sql += fmt::format("  PRIMARY KEY ({})\n)", joined(table.key));
  if (dialect == Dialect::sqlite) sql += " STRICT";
  std::vector<std::string> out{std::move(sql)};
  for (const auto& columns : table.indexes) {
    std::string name = "tb_index_" + table.name;
    for (const std::string& column : columns) name += "_" + column;
    out.push_back(fmt::format("CREATE INDEX {} ON {} ({})", quoted(name), quoted(table.name),
                              joined(columns)));
  }
  return out;
}

std::string add_column_sql(const std::string& table, const ColumnSpec& column) {
  std::string sql = fmt::format("ALTER TABLE {} ADD COLUMN {} {}", quoted(table),
                                quoted(column.name), column.type);
  if (!column.refers_to.empty()) sql += " " + reference_clause(column);
  return sql;
}

Catalog with_import(const Catalog& catalog) {
  Catalog out = catalog;
  TB_CHECK(out.find(kImportType) == nullptr, "the type 'import' belongs to the store");
  out.add(describe_record<ImportRow>("store"));
  return out;
}

std::string schema_sql(const Catalog& catalog, Dialect dialect) {
  const std::vector<TableSpec> tables = tables_of(with_import(catalog), dialect);
  std::string out;
  for (const TableSpec& table : tables) {
    for (const std::string& statement : ddl_of(table, dialect)) out += statement + ";\n";
  }
  if (dialect == Dialect::sqlite) return out;
  for (const TableSpec& table : tables) {
    for (const ColumnSpec& column : table.columns) {
      if (column.refers_to.empty()) continue;
      out += fmt::format("ALTER TABLE {} ADD FOREIGN KEY ({}) {};\n", quoted(table.name),
                         quoted(column.name), reference_clause(column));
    }
  }
  return out;
}

}  // namespace tiebeam::store
