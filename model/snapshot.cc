#include "model/snapshot.h"

namespace tiebeam {

const std::vector<Record>& Snapshot::of(std::string_view type) const {
  static const std::vector<Record> none;
  const auto held = records.find(type);
  return held == records.end() ? none : held->second;
}

const Record* Snapshot::find(std::string_view type, std::string_view id) const {
  const std::vector<Record>& all = of(type);
  const auto at = std::ranges::lower_bound(
      all, id, {}, [](const Record& r) -> std::string_view { return r.id(); });
  return at != all.end() && at->id() == id ? &*at : nullptr;
}

const EventTable* Snapshot::table(std::string_view event) const {
  const auto held = events.find(event);
  return held == events.end() ? nullptr : held->second.get();
}

const Import* Snapshot::import(std::string_view id) const {
  const auto at = std::ranges::find(imports, id, &Import::id);
  return at == imports.end() ? nullptr : &*at;
}

const Zone& Snapshot::zone(std::string_view name) const {
  static const Zone utc;
  const auto held = zones.find(name);
  return held == zones.end() ? utc : held->second;
}

Instant newest_event(const Snapshot& snapshot) {
  std::int64_t newest = 0;
  for (const auto& [name, table] : snapshot.events) {
    if (!table->type || table->type->index_of("at") == std::string::npos) continue;
    for (const std::int64_t at : table->column("at").wide) newest = std::max(newest, at);
  }
  if (newest == 0) return snapshot.organisation.created_at.value_or(Instant{});
  return Instant{Micros{newest}};
}

}  // namespace tiebeam
