#include "store/load.h"

#include "store/events.h"
#include "store/fold.h"
#include "store/import_row.h"
#include "store/records.h"

namespace tiebeam::store {
namespace {

// A snapshot owns the event types its tables point at, so it may outlive the store.
struct Loaded : Snapshot {
  EventTypes types;
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

}  // namespace

Result<std::shared_ptr<Snapshot>> load_snapshot(Db& db, const Catalog& full, const Catalog& catalog,
                                                const std::vector<EventType>& described,
                                                std::optional<std::int64_t> seq) {
  const auto out = std::make_shared<Loaded>();
  out->catalog = &catalog;
  TB_TRY(const Head head, journal_head(db));
  out->journal_seq = seq.value_or(head.seq);
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
  std::vector<std::string> in_force;
  for (const Import& import : out->imports) in_force.push_back(import.id);
  TB_TRY(out->types, types_for(db, described));
  TB_TRY(auto events, load_events(db, out->types, in_force));
  out->events = std::move(events);
  if (const Record* self = out->find("organisation", "self"))
    out->organisation = to_struct<Organisation>(*self);
  return out;
}

}  // namespace tiebeam::store
