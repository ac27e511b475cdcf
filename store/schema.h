// The tables: those of the store itself (named tb_...) and one for each record type, made from its
// description. One description gives the DDL of both dialects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/record_type.h"
#include "store/store.h"

namespace tiebeam::store {

constexpr std::int64_t kApplicationId = 0x54424D31;  // "TBM1": marks a file as ours
constexpr std::int64_t kKernelVersion = 2;           // grows when the tb_ tables or formats change

struct ColumnSpec {
  std::string name;
  std::string type;       // in the dialect's words
  std::string refers_to;  // table, for a single reference whose type is known
};
struct TableSpec {
  std::string name;
  std::vector<ColumnSpec> columns;
  std::vector<std::string> key;                   // primary key columns
  std::vector<std::vector<std::string>> indexes;  // column lists
};

// "payroll" -> "\"payroll\"".
[[nodiscard]] std::string quoted(std::string_view identifier);
// The columns that hold one field: two for money, else one.
[[nodiscard]] std::vector<ColumnSpec> columns_of(const FieldInfo& field, const Catalog& catalog,
                                                 Dialect dialect);
[[nodiscard]] TableSpec table_of(const RecordType& type, const Catalog& catalog, Dialect dialect);
// All tables, the store's own first, then the record types by name. `catalog` includes "import".
[[nodiscard]] std::vector<TableSpec> tables_of(const Catalog& catalog, Dialect dialect);
// CREATE TABLE and CREATE INDEX of one table.
[[nodiscard]] std::vector<std::string> ddl_of(const TableSpec& table, Dialect dialect);
// ALTER TABLE that adds a column to an existing table.
[[nodiscard]] std::string add_column_sql(const std::string& table, const ColumnSpec& column);
// The application's catalog with the store's own record type "import".
[[nodiscard]] Catalog with_import(const Catalog& catalog);

}  // namespace tiebeam::store
