#include "store/records.h"

#include "base/text.h"
#include "store/broken.h"
#include "store/schema.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

bool is_text(FieldKind kind) {
  return kind == FieldKind::text || kind == FieldKind::reference || kind == FieldKind::choice;
}

std::vector<std::string> column_names(const RecordType& type) {
  static const Catalog nobody;  // names do not depend on references
  std::vector<std::string> out;
  for (const FieldInfo& field : type.fields) {
    for (const ColumnSpec& column : columns_of(field, nobody, Dialect::sqlite))
      out.push_back(column.name);
  }
  return out;
}

std::string select_sql(const RecordType& type) {
  std::string columns;
  for (const std::string& name : column_names(type)) {
    columns += (columns.empty() ? "" : ", ") + quoted(name);
  }
  return fmt::format("SELECT {} FROM {}", columns, quoted(type.name));
}

// Binds one field: two values for money, else one. Plain kinds are plain SQL values; days,
// estimates and lists are texts (docs/format/store.md).
void bind_value(Query& q, const FieldInfo& field, const Value& value) {
  if (const auto* money = std::get_if<Money>(&value)) {
    q.with(money->minor()).with(money->currency().code());
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    q.with(std::string_view(*text));
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    q.with(*integer);
  } else if (const auto* number = std::get_if<double>(&value)) {
    q.with(*number);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    q.with(std::int64_t{*flag});
  } else if (const auto* instant = std::get_if<Instant>(&value)) {
    q.with(std::int64_t{instant->time_since_epoch().count()});
  } else if (value.index() == 0) {
    q.with_null();
    if (field.kind == FieldKind::money) q.with_null();
  } else {
    q.with(std::string_view(to_text(value)).substr(1));
  }
}

Result<Value> read_text(const FieldInfo& field, std::string_view text) {
  if (is_text(field.kind)) return std::string(text);
  const char tag = field.kind == FieldKind::day        ? 'd'
                   : field.kind == FieldKind::estimate ? 'e'
                                                       : 'l';
  return value_from_text(tag + std::string(text));
}

// Reads the field whose first column is `column`.
Result<Value> read_value(const Query& q, const FieldInfo& field, int column) {
  if (q.is_null(column)) return normal(field, {});
  switch (field.kind) {
    case FieldKind::integer:
      return q.integer(column);
    case FieldKind::number:
    case FieldKind::fraction:
      return q.real(column);
    case FieldKind::boolean:
      return q.integer(column) != 0;
    case FieldKind::instant:
      return Instant{Micros{q.integer(column)}};
    case FieldKind::money: {
      TB_TRY(const Currency currency, Currency::create(q.text(column + 1)));
      return Money{q.integer(column), currency};
    }
    default:
      return read_text(field, q.text(column));
  }
}

Result<Record> read_record(const Query& q, const RecordType& type) {
  Record out;
  out.values.reserve(type.fields.size());
  int column = 0;
  for (const FieldInfo& field : type.fields) {
    TB_TRY(Value value, read_value(q, field, column));
    out.values.push_back(std::move(value));
    column += field.kind == FieldKind::money ? 2 : 1;
  }
  return out;
}

void bind_record(Query& q, const RecordType& type, const Record& record) {
  for (std::size_t i = 0; i < type.fields.size(); ++i)
    bind_value(q, type.fields[i], record.values[i]);
}

Result<std::optional<std::string>> first_id(Query q) {
  TB_TRY(const bool found, q.step());
  if (!found) return std::nullopt;
  return std::string(q.text(0));
}

// The id of a record of `from` whose `field` names `id`.
Result<std::optional<std::string>> referrer_in(Db& db, const RecordType& from,
                                               const FieldInfo& field, std::string_view id) {
  const bool is_single = field.kind == FieldKind::reference;
  std::string sql = fmt::format("SELECT {0}, {1} FROM {2} WHERE ", quoted("id"), quoted(field.name),
                                quoted(from.name));
  if (is_single)
    return first_id(std::move(db.query(sql + quoted(field.name) + " = ?1 LIMIT 1").with(id)));
  Query q = db.query(sql + quoted(field.name) + " IS NOT NULL");
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return std::nullopt;
    TB_TRY(const std::vector<std::string> ids, read_netstrings(q.text(1)));
    if (std::ranges::find(ids, id) != ids.end()) return std::string(q.text(0));
  }
}

}  // namespace

Result<std::optional<Record>> find_record(Db& db, const RecordType& type, std::string_view id) {
  Query q = db.query(select_sql(type) + " WHERE \"id\" = ?1");
  TB_TRY(const bool found, q.with(id).step());
  if (!found) return std::nullopt;
  TB_TRY(Record record, read_record(q, type));
  return record;
}

Result<std::vector<Record>> load_records(Db& db, const RecordType& type) {
  std::vector<Record> out;
  Query q = db.query(select_sql(type) + " ORDER BY \"id\"");
  while (true) {
    TB_TRY(const bool more, q.step());
    if (!more) return out;
    TB_TRY(Record record, read_record(q, type));
    out.push_back(std::move(record));
  }
}

Result<bool> has_record(Db& db, std::string_view type, std::string_view id) {
  return db.query(fmt::format("SELECT 1 FROM {} WHERE \"id\" = ?1", quoted(type))).with(id).step();
}

Result<void> insert_record(Db& db, const RecordType& type, const Record& record) {
  std::string columns;
  std::string places;
  int place = 0;
  for (const std::string& name : column_names(type)) {
    columns += (place == 0 ? "" : ", ") + quoted(name);
    places += fmt::format("{}?{}", place == 0 ? "" : ", ", place + 1);
    ++place;
  }
  Query q =
      db.query(fmt::format("INSERT INTO {} ({}) VALUES ({})", quoted(type.name), columns, places));
  bind_record(q, type, record);
  return q.run();
}

Result<void> update_record(Db& db, const RecordType& type, const Record& record) {
  std::string sets;
  int place = 0;
  for (const std::string& name : column_names(type)) {
    sets += fmt::format("{}{} = ?{}", place == 0 ? "" : ", ", quoted(name), place + 1);
    ++place;
  }
  Query q = db.query(fmt::format("UPDATE {} SET {} WHERE \"id\" = ?1", quoted(type.name), sets));
  bind_record(q, type, record);
  return q.run();
}

Result<std::int64_t> next_version(const Record& record) {
  const std::int64_t version = record.version();
  if (version >= 0 && version < kHighestNumber) return version + 1;
  return broken(
      fmt::format("'{}' cannot be changed: it has no version {}", shown(record.id()), version));
}

Result<void> delete_record(Db& db, const RecordType& type, std::string_view id) {
  return db.query(fmt::format("DELETE FROM {} WHERE \"id\" = ?1", quoted(type.name)))
      .with(id)
      .run();
}

Result<std::optional<std::string>> find_referrer(Db& db, const Catalog& catalog,
                                                 std::string_view type, std::string_view id) {
  for (const auto& [name, from] : catalog.types()) {
    for (const FieldInfo& field : from.fields) {
      if (field.refers_to != type) continue;
      TB_TRY(const auto found, referrer_in(db, from, field, id));
      if (found && (name != type || *found != id)) return fmt::format("{}/{}", name, *found);
    }
  }
  if (catalog.find("link") == nullptr) return std::nullopt;
  const std::string end = fmt::format("{}/{}", type, id);
  TB_TRY(const auto link,
         first_id(std::move(
             db.query("SELECT \"id\" FROM \"link\" WHERE \"from\" = ?1 OR \"to\" = ?1 LIMIT 1")
                 .with(std::string_view(end)))));
  if (!link) return std::nullopt;
  return "link/" + *link;
}

}  // namespace tiebeam::store
