#include "store/undo.h"

#include "base/text.h"
#include "store/erase.h"
#include "store/events.h"
#include "store/import_row.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

std::unexpected<Error> erased(const Entry& entry) {
  return fail(
      Kind::conflict, "store.erased",
      fmt::format("entry {} cannot be undone: what it held of a person was erased", entry.seq),
      "enter the record anew");
}

// Always an Error: names the newest entry on the same record after `entry`; for a `set`, one that
// touched `field` if any did.
Result<Written> changed_since(Session& session, const Entry& entry, std::string_view field) {
  std::int64_t later = 0;
  const EntryFilter filter{.from = entry.seq + 1, .type = entry.type, .id = *entry.id.text};
  TB_DO(each_entry(session.db, filter, [&](const Entry& next) -> Result<bool> {
    const bool touches =
        field.empty() || next.find("after", field) != nullptr || next.op != Op::set;
    if (touches || later == 0) later = next.seq;
    return true;
  }));
  return fail(Kind::conflict, "store.changed_since",
              fmt::format("entry {} cannot be undone: {} '{}' was changed since by entry {}",
                          entry.seq, shown(entry.type), shown(*entry.id.text), later),
              fmt::format("undo entry {} first", later));
}

// The values of one side, by field name. Errors: store.erased.
Result<std::vector<std::pair<std::string, Value>>> values_of(const Entry& entry,
                                                             std::string_view wanted) {
  std::vector<std::pair<std::string, Value>> out;
  for (const Part& part : entry.values) {
    if (!part.text) return erased(entry);
    const auto [side, field] = side_and_field(part.name);
    if (side != wanted) continue;
    TB_TRY(Value value, value_from_text(*part.text));
    out.emplace_back(field, std::move(value));
  }
  return out;
}

Result<Written> undo_add(Session& session, const RecordType& type, const Entry& entry) {
  TB_TRY(const auto after, values_of(entry, "after"));
  TB_TRY(const std::optional<Record> now, find_record(session.db, type, *entry.id.text));
  Record expected = blank(type);
  for (const auto& [name, value] : after) {
    if (const std::size_t index = type.index_of(name); index != std::string::npos)
      expected.values[index] = value;
  }
  if (now) {
    for (const std::size_t kept : {kIdField, kCreatedField, kUpdatedField, kVersionField}) {
      expected.values[kept] = now->values[kept];
    }
  }
  if (!now || *now != expected) {
    return changed_since(session, entry, {});
  }
  return apply_changes(session, {{Op::remove, entry.type, *entry.id.text, {}, {}}});
}

Result<Written> undo_set(Session& session, const RecordType& type, const Entry& entry) {
  TB_TRY(const auto after, values_of(entry, "after"));
  TB_TRY(auto before, values_of(entry, "before"));
  TB_TRY(const std::optional<Record> now, find_record(session.db, type, *entry.id.text));
  for (const auto& [name, value] : after) {
    const std::size_t index = type.index_of(name);
    if (index == std::string::npos) continue;
    if (!now || now->values[index] != value) {
      return changed_since(session, entry, name);
    }
  }
  return apply_changes(session, {{Op::set, entry.type, *entry.id.text, std::move(before), {}}});
}

// Brings a removed record back as it was, one version later than it left.
Result<Written> undo_remove(Session& session, const RecordType& type, const Entry& entry) {
  TB_TRY(const auto before, values_of(entry, "before"));
  TB_TRY(const bool is_back, has_record(session.db, entry.type, *entry.id.text));
  if (is_back) {
    return changed_since(session, entry, {});
  }
  Record record = blank(type);
  for (const auto& [name, value] : before) {
    const std::size_t index = type.index_of(name);
    if (index == std::string::npos) continue;
    TB_TRY(record.values[index], normal(type.fields[index], value));
  }
  record.values[kIdField] = *entry.id.text;
  TB_TRY(record.values[kVersionField], next_version(record));
  TB_TRY(const std::int64_t seq, add_record(session, type, std::move(record)));
  TB_DO(check_changes(session, {{Op::add, entry.type, *entry.id.text, before, {}}}));
  return Written{seq, seq, false};
}

// Withdraws an import: its events do not count from here on.
Result<Written> undo_import(Session& session, const Entry& entry) {
  TB_TRY(
      const Written done,
      apply_changes(session, {{Op::set, entry.type, *entry.id.text, {{"withdrawn", true}}, {}}}));
  if (done.first_seq != 0) return done;
  return changed_since(session, entry, "withdrawn");
}

// Rows that came again with a later import would count twice if this one came back.
Result<void> check_overlap(Session& session, const Entry& entry) {
  const Part* before = entry.find("before", "withdrawn");
  if (entry.type != kImportType || before == nullptr || before->text != "b0") return {};
  TB_TRY(const std::string other, import_that_overlaps(session.db, *entry.id.text));
  if (other.empty()) return {};
  return fail(Kind::conflict, "store.changed_since",
              fmt::format("entry {} cannot be undone: {} imported the same rows again", entry.seq,
                          shown(other)),
              fmt::format("undo import {} first", shown(other)));
}

}  // namespace

Result<Written> undo_entry(Session& session, std::int64_t seq) {
  TB_TRY(const Entry entry, load_entry(session.db, seq));
  if (!entry.id.text || entry.command == kEraseCommand) return erased(entry);
  TB_TRY(const RecordType* type, session.catalog.get(entry.type));
  const bool is_import = entry.type == kImportType;
  session.command = is_import ? "import.undo" : "record.undo";
  switch (entry.op) {
    case Op::add:
      return is_import ? undo_import(session, entry) : undo_add(session, *type, entry);
    case Op::set:
      TB_DO(check_overlap(session, entry));
      return undo_set(session, *type, entry);
    case Op::remove:
      return undo_remove(session, *type, entry);
  }
  throw_bug("op", "there are three", __FILE__, __LINE__);
}

}  // namespace tiebeam::store
