#include "store/apply.h"

#include "base/text.h"
#include "store/schema.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

std::unexpected<Error> conflict(std::string code, std::string message, std::string hint) {
  return fail(Kind::conflict, std::move(code), std::move(message), std::move(hint));
}

std::unexpected<Error> not_there(const Change& change) {
  return fail(Kind::not_found, "store.not_found",
              fmt::format("there is no {} '{}'", change.type, shown(change.id)),
              fmt::format("list what there is with: tiebeam record {} list", change.type));
}

// Puts the fields of `change` into `record`, each as its field keeps it.
Result<void> set_fields(const RecordType& type, const Change& change, Record& record) {
  for (const auto& [name, value] : change.fields) {
    const std::size_t index = type.index_of(name);
    if (index == std::string::npos) {
      return invalid("store.bad_value",
                     fmt::format("{} has no field '{}'", type.name, shown(name)));
    }
    if (type.fields[index].kept) continue;
    TB_TRY(record.values[index], normal(type.fields[index], value));
  }
  return {};
}

Result<void> check_version(const Change& change, const Record& record) {
  if (!change.expected_version || *change.expected_version == record.version()) return {};
  return conflict(
      "store.version_moved",
      fmt::format("{} '{}' is at version {}, not {}: somebody changed it meanwhile", change.type,
                  shown(change.id), record.version(), *change.expected_version),
      "read it again, then repeat the change");
}

Entry entry_of(const Session& session, Op op, const std::string& type, const std::string& id) {
  Entry entry;
  entry.at = session.at;
  entry.op = op;
  entry.command = session.command;
  entry.type = type;
  entry.actor = make_part("actor", session.actor);
  entry.id = make_part("id", id);
  return entry;
}

Result<std::int64_t> note(Session& session, Op op, const RecordType& type, const std::string& id,
                          std::vector<Part> parts) {
  Entry entry = entry_of(session, op, type.name, id);
  entry.values = std::move(parts);
  return append_entry(session.db, std::move(entry));
}

Result<std::int64_t> add(Session& session, const RecordType& type, const Change& change) {
  if (change.id.empty())
    return invalid("store.bad_value", fmt::format("a {} needs an id", type.name));
  Record record = blank(type);
  TB_DO(set_fields(type, change, record));
  record.values[kIdField] = change.id;
  record.values[kCreatedField] = session.at;
  record.values[kVersionField] = std::int64_t{1};
  return add_record(session, type, std::move(record));
}

Result<std::optional<std::int64_t>> set(Session& session, const RecordType& type,
                                        const Change& change) {
  TB_TRY(const std::optional<Record> before, find_record(session.db, type, change.id));
  if (!before) return not_there(change);
  TB_DO(check_version(change, *before));
  Record after = *before;
  TB_DO(set_fields(type, change, after));
  if (after == *before) return std::nullopt;
  after.values[kUpdatedField] = session.at;
  TB_TRY(after.values[kVersionField], next_version(*before));
  TB_DO(update_record(session.db, type, after));
  return note(session, Op::set, type, change.id, parts_between(type, &*before, &after));
}

Result<std::int64_t> remove(Session& session, const RecordType& type, const Change& change) {
  TB_TRY(const std::optional<Record> before, find_record(session.db, type, change.id));
  if (!before) return not_there(change);
  TB_DO(check_version(change, *before));
  TB_DO(delete_record(session.db, type, change.id));
  return note(session, Op::remove, type, change.id, parts_between(type, &*before, nullptr));
}

// Errors: store.in_use when somebody still refers to what the changes removed.
Result<void> check_removed(Session& session, const Change& change) {
  TB_TRY(const bool is_back, has_record(session.db, change.type, change.id));
  if (is_back) return {};
  TB_TRY(const auto referrer, find_referrer(session.db, session.catalog, change.type, change.id));
  if (!referrer) return {};
  return conflict(
      "store.in_use",
      fmt::format("{} '{}' is still named by {}", change.type, shown(change.id), shown(*referrer)),
      fmt::format("change or remove {} first", shown(*referrer)));
}

Result<void> check_target(Session& session, const FieldInfo& field, const std::string& id) {
  if (id.empty() || session.catalog.find(field.refers_to) == nullptr) return {};
  TB_TRY(const bool is_there, has_record(session.db, field.refers_to, id));
  if (is_there) return {};
  return fail(
      Kind::not_found, "store.not_found",
      fmt::format("{} names {} '{}', which does not exist", field.name, field.refers_to, shown(id)),
      fmt::format("add {} '{}' first", field.refers_to, shown(id)));
}

// Errors: store.not_found when a value of the change refers to nothing.
Result<void> check_references(Session& session, const Change& change) {
  TB_TRY(const RecordType* type, session.catalog.get(change.type));
  for (const auto& [name, value] : change.fields) {
    const FieldInfo* field = type->find(name);
    if (field == nullptr || field->refers_to.empty()) continue;
    if (const auto* id = std::get_if<std::string>(&value))
      TB_DO(check_target(session, *field, *id));
    if (const auto* ids = std::get_if<std::vector<std::string>>(&value)) {
      for (const std::string& id : *ids) TB_DO(check_target(session, *field, id));
    }
  }
  return {};
}

}  // namespace

std::vector<Part> parts_between(const RecordType& type, const Record* before, const Record* after) {
  const Record none = blank(type);
  const bool is_both = before != nullptr && after != nullptr;
  std::vector<Part> out;
  const auto add_part = [&](std::string_view side, const FieldInfo& field, const Value& value) {
    out.push_back(make_part(fmt::format("{}.{}", side, field.name), to_text(value)));
  };
  for (std::size_t i = 1; i < type.fields.size(); ++i) {
    const FieldInfo& field = type.fields[i];
    if (i == kUpdatedField || (is_both && field.kept)) continue;
    if (is_both) {
      if (before->values[i] == after->values[i]) continue;
      add_part("before", field, before->values[i]);
      add_part("after", field, after->values[i]);
    } else if (before != nullptr && before->values[i] != none.values[i]) {
      add_part("before", field, before->values[i]);
    } else if (after != nullptr && after->values[i] != none.values[i]) {
      add_part("after", field, after->values[i]);
    }
  }
  return out;
}

Result<std::int64_t> add_record(Session& session, const RecordType& type, Record record) {
  TB_TRY(const bool is_there, has_record(session.db, type.name, record.id()));
  if (is_there) {
    return conflict("store.exists",
                    fmt::format("there is already a {} '{}'", type.name, shown(record.id())),
                    "choose another id, or change the one there is");
  }
  record.values[kUpdatedField] = session.at;
  TB_DO(insert_record(session.db, type, record));
  return note(session, Op::add, type, record.id(), parts_between(type, nullptr, &record));
}

Result<std::optional<std::int64_t>> apply_change(Session& session, const Change& change) {
  TB_TRY(const RecordType* type, session.catalog.get(change.type));
  switch (change.op) {
    case Op::add:
      return add(session, *type, change);
    case Op::set:
      return set(session, *type, change);
    case Op::remove:
      return remove(session, *type, change);
  }
  throw_bug("op", "there are three", __FILE__, __LINE__);
}

Result<Written> apply_changes(Session& session, const std::vector<Change>& changes) {
  Written out;
  for (const Change& change : changes) {
    TB_TRY(const std::optional<std::int64_t> seq, apply_change(session, change));
    if (!seq) continue;
    if (out.first_seq == 0) out.first_seq = *seq;
    out.last_seq = *seq;
  }
  TB_DO(check_changes(session, changes));
  return out;
}

Result<void> check_changes(Session& session, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (change.op == Op::remove)
      TB_DO(check_removed(session, change));
    else
      TB_DO(check_references(session, change));
  }
  if (session.db.has_loose_references()) {
    return conflict("store.in_use", "a record would refer to one that does not exist",
                    "change or remove what refers to it first");
  }
  return {};
}

}  // namespace tiebeam::store
