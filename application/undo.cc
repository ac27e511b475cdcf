#include "application/undo.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace tiebeam {
namespace {

using Faults = std::vector<Error>;
using Key = std::pair<std::string, std::string>;       // type and id
using Records = std::map<Key, std::optional<Record>>;  // as they would be; none: not there

std::optional<Record> held_in(const Snapshot& snapshot, const Key& key) {
  const Record* held = snapshot.find(key.first, key.second);
  return held ? std::optional(*held) : std::nullopt;
}

void take_before(const RecordType& type, const store::JournalEntry& entry, Record& into) {
  for (const store::FieldChange& change : entry.fields) {
    const std::size_t at = type.index_of(change.field);
    if (at != std::string::npos && change.before) into.values[at] = *change.before;
  }
}

// The record before this entry. What cannot be undone the store refuses by itself.
std::optional<Record> before_entry(const RecordType& type, const store::JournalEntry& entry,
                                   std::optional<Record> now) {
  if (entry.op == store::Op::add) return std::nullopt;
  if (entry.op == store::Op::remove) {
    now = blank(type);
    now->values[kIdField] = entry.id;
  }
  if (now) take_before(type, entry, *now);
  return now;
}

Records records_before(const Table& table, const Snapshot& snapshot,
                       const std::vector<store::JournalEntry>& entries) {
  Records out;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const RecordType* type = table.catalog.find(entry->type);
    if (type == nullptr) continue;
    const Key key{entry->type, entry->id};
    const auto [held, is_new] = out.try_emplace(key);
    if (is_new) held->second = held_in(snapshot, key);
    held->second = before_entry(*type, *entry, std::move(held->second));
  }
  return out;
}

Snapshot with(const Snapshot& snapshot, const Records& records) {
  Snapshot out = snapshot;
  for (const auto& [key, record] : records) {
    auto& list = out.records[key.first];
    std::erase_if(list, [&](const Record& each) { return each.id() == key.second; });
    if (record) list.push_back(*record);
    std::ranges::sort(list, {}, [](const Record& each) -> std::string_view { return each.id(); });
  }
  return out;
}

Faults guard_faults(const Table& table, const Snapshot& snapshot,
                    const std::vector<store::JournalEntry>& entries, Instant at) {
  const auto is_guarded = [&](const store::JournalEntry& entry) {
    return table.guards.contains(entry.type);
  };
  if (std::ranges::none_of(entries, is_guarded)) return {};
  Records records = records_before(table, snapshot, entries);
  const Snapshot then = with(snapshot, records);
  const FigureBook book(table.figures, SnapshotPtr(SnapshotPtr{}, &then), {});
  Faults out;
  for (auto& [key, record] : records) {
    const auto guard = table.guards.find(key.first);
    const std::optional<Record> held = held_in(snapshot, key);
    if (guard == table.guards.end() || held == record) continue;
    const Watched writing{.book = book,
                          .held = held ? &*held : nullptr,
                          .record = record ? &*record : nullptr,
                          .at = at,
                          .from_file = true};
    for (Error& fault : guard->second(writing)) {
      fault.detail = fmt::format("{} '{}'{}{}", key.first, key.second,
                                 fault.detail.empty() ? "" : ": ", fault.detail);
      out.push_back(std::move(fault));
    }
  }
  return out;
}

}  // namespace

std::vector<Error> undo_faults(const Table& table, const store::Store& store,
                               const Snapshot& snapshot, std::int64_t first, std::int64_t last,
                               Instant at) {
  if (table.guards.empty()) return {};
  auto entries = store.journal(first, static_cast<std::size_t>(last - first + 1));
  if (!entries) return {std::move(entries).error()};
  std::erase_if(*entries, [&](const store::JournalEntry& each) { return each.seq > last; });
  return guard_faults(table, snapshot, *entries, at);
}

Checked<store::Written> undo_entries(const Table& table, store::Store& store,
                                     const Snapshot& snapshot, std::int64_t first,
                                     std::int64_t last, const Author& author) {
  Faults faults = undo_faults(table, store, snapshot, first, last, author.at);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  auto written = store.undo_all(first, last, author.actor, author.at);
  if (!written) return std::unexpected(Faults{std::move(written).error()});
  return *written;
}

}  // namespace tiebeam
