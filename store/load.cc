#include "store/load.h"

#include "store/erase.h"
#include "store/events.h"
#include "store/fold.h"
#include "store/import_row.h"
#include "store/records.h"

namespace tiebeam::store {
namespace {

// Tables and the event types they point at: whoever holds a table keeps both, so a snapshot may
// outlive the store.
struct LoadedEvents {
  EventTypes types;
  std::map<std::string, EventTable, std::less<>> tables;
};

Result<EventTypes> types_for(Db& db, const std::vector<EventType>& described) {
  TB_TRY(EventTypes out, load_event_types(db));
  for (const EventType& type : described)
    out.insert_or_assign(type.name, std::make_unique<EventType>(type));
  return out;
}

void take_import(Snapshot& snapshot, const Record& record) {
  const ImportRow row = to_struct<ImportRow>(record);
  if (!row.withdrawn) snapshot.imports.push_back(to_import(row));
}

Result<void> take_records(Db& db, const Catalog& full, Snapshot& snapshot) {
  for (const auto& [name, type] : full.types()) {
    TB_TRY(std::vector<Record> records, load_records(db, type));
    if (name == kImportType) {
      for (const Record& record : records) take_import(snapshot, record);
    } else if (!records.empty()) {
      snapshot.records.emplace(name, std::move(records));
    }
  }
  return {};
}

void take_folded(const Fold& fold, const Catalog& full, Snapshot& snapshot) {
  for (const auto& [name, type] : full.types()) {
    std::vector<Record> records;
    for (const auto& [id, record] : fold.of(name)) {
      if (name == kImportType)
        take_import(snapshot, record);
      else
        records.push_back(record);
    }
    if (!records.empty()) snapshot.records.emplace(name, std::move(records));
  }
}

Result<void> take_events(Db& db, const std::vector<EventType>& described, Snapshot& snapshot) {
  std::vector<std::string> in_force;
  for (const Import& import : snapshot.imports) in_force.push_back(import.id);
  const auto held = std::make_shared<LoadedEvents>();
  TB_TRY(held->types, types_for(db, described));
  TB_TRY(held->tables, load_events(db, held->types, in_force));
  for (const auto& [name, table] : held->tables)
    snapshot.events.emplace(name, std::shared_ptr<const EventTable>(held, &table));
  return {};
}

// The same imports are in force, and no name was masked in them since.
Result<bool> has_same_events(Db& db, const Snapshot* previous, const Snapshot& now) {
  if (!previous || previous->journal_seq > now.journal_seq) return false;
  if (!std::ranges::equal(previous->imports, now.imports, {}, &Import::id, &Import::id))
    return false;
  Query q = db.query("SELECT 1 FROM tb_journal WHERE seq > ?1 AND command = ?2 LIMIT 1");
  TB_TRY(const bool masked, q.with(previous->journal_seq).with(std::string(kEraseCommand)).step());
  return !masked;
}

}  // namespace

Result<std::shared_ptr<Snapshot>> load_snapshot(Db& db, const Catalog& full, const Catalog& catalog,
                                                const Wanted& wanted) {
  const auto out = std::make_shared<Snapshot>();
  out->catalog = &catalog;
  TB_TRY(const Head head, journal_head(db));
  out->journal_seq = wanted.seq.value_or(head.seq);
  if (out->journal_seq < 0 || out->journal_seq > head.seq) {
    return fail(
        Kind::not_found, "store.not_found",
        fmt::format("the journal has no entry {}; its newest is {}", out->journal_seq, head.seq),
        "list the entries with: tiebeam journal log");
  }
  if (out->journal_seq == head.seq) {
    TB_DO(take_records(db, full, *out));
  } else {
    TB_TRY(const Fold fold, fold_journal(db, full, out->journal_seq));
    take_folded(fold, full, *out);
  }
  std::ranges::sort(out->imports,
                    [](const Import& a, const Import& b) { return comes_before(a.id, b.id); });
  TB_TRY(const bool same_events, has_same_events(db, wanted.previous, *out));
  if (same_events) {
    out->events = wanted.previous->events;
  } else {
    TB_DO(take_events(db, wanted.described, *out));
  }
  if (const Record* self = out->find("organisation", "self"))
    out->organisation = to_struct<Organisation>(*self);
  return out;
}

}  // namespace tiebeam::store
