#include "ingest/collector.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "ingest/import.h"
#include "rooms/flow/records.h"

namespace tiebeam::ingest {
namespace {
constexpr std::array<std::string_view, 7> kFactColumns = {
    "type", "title", "value_stream", "initiative", "service", "priority", "status"};

Instant to_point(std::int64_t micros) { return Instant{Micros{micros}}; }
std::int64_t to_count(Instant at) { return at.time_since_epoch().count(); }

}  // namespace

const EventType& transition_type() {
  static const EventType type = describe_event<flow::Transition>("flow");
  return type;
}
const EventType& item_fact_type() {
  static const EventType type = describe_event<flow::ItemFact>("flow");
  return type;
}

Collector::Collector()
    : transitions_(transition_type()),
      fact_table_(item_fact_type()),
      items_(&transitions_.column("item")),
      at_(&transitions_.column("at")),
      seq_(&transitions_.column("seq")),
      blocked_(&transitions_.column("blocked")),
      states_(&transitions_.column("state")),
      item_(*items_),
      state_(*states_),
      team_(transitions_.column("team")),
      assignee_(transitions_.column("assignee")) {
  for (const std::string_view name : kFactColumns)
    fact_texts_.emplace_back(fact_table_.column(name));
}

bool Collector::is_new(std::uint64_t identity) {
  const bool first = seen_.insert(identity);
  repeated_ += !first;
  return first;
}

void Collector::add(const EventText& event) {
  const std::uint32_t item = item_.push(event.item);
  at_->wide.push_back(event.at);
  state_.push(event.state);
  team_.push(event.team);
  assignee_.push(event.assignee);
  seq_->wide.push_back(event.seq);
  blocked_->narrow.push_back(event.blocked);
  transitions_.line.push_back(event.line);
  transitions_.identity.push_back(event.identity);
  fact_of_row_.push_back(fact_of(item, event));
}

std::uint32_t Collector::fact_of(std::uint32_t item, const EventText& event) {
  const std::array<std::string_view, kFactTexts> texts = {
      event.type,    event.title,    event.value_stream, event.initiative,
      event.service, event.priority, event.status};
  Fact fact;
  fact.created = event.created;
  for (std::size_t i = 0; i < kFactTexts; ++i) fact.texts[i] = fact_texts_[i].intern(texts[i]);
  if (item >= last_fact_of_.size())
    last_fact_of_.resize(std::max<std::size_t>(item + 1, 2 * last_fact_of_.size()));
  std::uint32_t& last = last_fact_of_[item];
  if (last == 0 || facts_[last - 1] != fact) {
    facts_.push_back(fact);
    last = static_cast<std::uint32_t>(facts_.size());
  }
  return last - 1;
}

ClockChanges Collector::resolve(const ResolveOptions& options) {
  ClockChanges changes;
  const Zone& zone = *options.zone;
  const auto resolved = [&](Packed packed, DateOrder order) -> Resolved {
    const LocalTime wall{Micros{StampColumn::micros(packed, order)}};
    if (StampColumn::has_offset(packed))
      return {Instant{wall.time_since_epoch()}, LocalKind::unique};
    return to_instant(zone, wall);
  };
  std::vector<std::size_t> repeated_rows;
  std::vector<std::int64_t> repeated_wall;
  for (std::size_t row = 0; row < at_->wide.size(); ++row) {
    const Resolved found = resolved(at_->wide[row], options.at_order);
    changes.missing += found.kind == LocalKind::missing_hour;
    if (found.kind == LocalKind::repeated_hour) {
      repeated_rows.push_back(row);
      repeated_wall.push_back(StampColumn::micros(at_->wide[row], options.at_order));
    }
    at_->wide.set(row, to_count(found.at));
  }
  changes.repeated = static_cast<std::int64_t>(repeated_rows.size());
  resolve_repeated_hours(repeated_rows, repeated_wall, zone);
  for (Fact& fact : facts_)
    if (fact.created != kMissing)
      fact.created = to_count(resolved(fact.created, options.created_order).at);
  fill_facts();
  return changes;
}

// An hour that the clock shows twice: an event in it is not before the item's event before it. The
// item's own order is its sequence, then the order of the file.
void Collector::resolve_repeated_hours(const std::vector<std::size_t>& rows,
                                       const std::vector<std::int64_t>& wall, const Zone& zone) {
  if (rows.empty()) return;
  const PackedVector<std::uint32_t>& items = items_->narrow;
  std::map<std::size_t, std::int64_t> wall_of;
  std::map<std::uint32_t, std::vector<std::size_t>> rows_of;
  for (std::size_t i = 0; i < rows.size(); ++i) wall_of[rows[i]] = wall[i], rows_of[items[rows[i]]];
  for (std::size_t row = 0; row < items.size(); ++row)
    if (const auto found = rows_of.find(items[row]); found != rows_of.end())
      found->second.push_back(row);
  for (auto& [item, own] : rows_of) {
    std::ranges::sort(own, {}, [&](std::size_t row) { return std::pair(seq_->wide[row], row); });
    for (std::size_t i = 1; i < own.size(); ++i) {
      const auto local = wall_of.find(own[i]);
      if (local == wall_of.end()) continue;
      const Instant before = to_point(at_->wide[own[i - 1]]);
      const Resolved found = to_instant(zone, LocalTime{Micros{local->second}}, before);
      if (found.at >= before) at_->wide.set(own[i], to_count(found.at));
    }
  }
}

// By id of the item: whether its rows stand in another order than that of time and sequence.
std::vector<bool> Collector::unordered_items() const {
  std::vector<bool> unordered(items_->names.size());
  std::vector<std::pair<std::int64_t, std::int64_t>> last(items_->names.size(),
                                                          {kMissing, kMissing});
  for (std::size_t row = 0; row < at_->wide.size(); ++row) {
    const std::uint32_t item = items_->narrow[row];
    const std::pair here(at_->wide[row], seq_->wide[row]);
    if (here < last[item]) unordered[item] = true;
    last[item] = here;
  }
  return unordered;
}

// What is known after two facts of one instant: the later one's fields, the earlier one's where it
// leaves them empty.
std::uint32_t Collector::merged(std::uint32_t earlier, std::uint32_t later) {
  Fact both = facts_[later];
  const Fact& first = facts_[earlier];
  for (std::size_t i = 0; i < kFactTexts; ++i) {
    if (both.texts[i] == 0) both.texts[i] = first.texts[i];
  }
  if (both.created == kMissing) both.created = first.created;
  if (both == facts_[later]) return later;
  facts_.push_back(both);
  return static_cast<std::uint32_t>(facts_.size() - 1);
}

// The rows whose fact differs from the one that held before, in the order of time and sequence, and
// each item's last row, so that another file cannot hide what this one said last. Several rows of
// one instant become one: the last, with the fields of all.
std::vector<bool> Collector::changing_rows() {
  struct Seen {
    std::size_t row = 0;
    std::optional<std::uint32_t> before;  // the fact that held before the instant of `row`
    bool any = false;
  };
  std::vector<Seen> seen(items_->names.size());
  std::vector<bool> changes(at_->wide.size());
  const auto visit = [&](std::size_t row) {
    Seen& item = seen[items_->narrow[row]];
    const bool same_instant = item.any && at_->wide[item.row] == at_->wide[row];
    if (same_instant) {
      changes[item.row] = false;
      fact_of_row_[row] = merged(fact_of_row_[item.row], fact_of_row_[row]);
    } else if (item.any) {
      item.before = fact_of_row_[item.row];
    }
    changes[row] = !item.before || facts_[*item.before] != facts_[fact_of_row_[row]];
    item.row = row;
    item.any = true;
  };
  const std::vector<bool> unordered = unordered_items();
  std::vector<std::size_t> to_sort;
  for (std::size_t row = 0; row < at_->wide.size(); ++row)
    if (unordered[items_->narrow[row]]) {
      to_sort.push_back(row);
    } else {
      visit(row);
    }
  std::ranges::sort(to_sort, {}, [&](std::size_t row) {
    return std::tuple(items_->narrow[row], at_->wide[row], seq_->wide[row], row);
  });
  std::ranges::for_each(to_sort, visit);
  for (const Seen& item : seen) {
    if (item.any) changes[item.row] = true;
  }
  return changes;
}

void Collector::fill_facts() {
  const std::vector<bool> changes = changing_rows();
  Column &item = fact_table_.column("item"), &at = fact_table_.column("at"),
         &created = fact_table_.column("created");
  item.names = items_->names;
  for (std::size_t row = 0; row < changes.size(); ++row) {
    if (!changes[row]) continue;
    const Fact& fact = facts_[fact_of_row_[row]];
    item.narrow.push_back(items_->narrow[row]);
    at.wide.push_back(at_->wide[row]);
    created.wide.push_back(fact.created);
    for (std::size_t i = 0; i < kFactTexts; ++i) fact_texts_[i].push_id(fact.texts[i]);
    fact_table_.line.push_back(transitions_.line[row]);
    fact_table_.identity.push_back(transitions_.identity[row]);
  }
}

std::vector<EventTable> Collector::take_tables() {
  for (EventTable* table : {&transitions_, &fact_table_})
    table->spans.push_back({.import_id = {}, .first = 0, .rows = table->rows()});
  std::vector<EventTable> tables;
  tables.push_back(std::move(transitions_));
  tables.push_back(std::move(fact_table_));
  return tables;
}

}  // namespace tiebeam::ingest
