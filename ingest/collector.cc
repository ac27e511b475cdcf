#include "ingest/collector.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/repeats.h"
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
      assignee_(transitions_.column("assignee")),
      blocked_rows_(blocked_->narrow),
      line_rows_(transitions_.line),
      fact_rows_(fact_of_row_),
      at_rows_(at_->wide),
      seq_rows_(seq_->wide) {
  for (const std::string_view name : kFactColumns)
    fact_texts_.emplace_back(fact_table_.column(name).names);
}

bool Collector::is_new(std::uint64_t identity) {
  const bool first = seen_.insert(identity);
  repeated_ += !first;
  return first;
}

void Collector::add(const EventText& event) {
  item_.push(event.item);
  at_rows_.push(event.at);
  state_.push(event.state);
  team_.push(event.team);
  assignee_.push(event.assignee);
  seq_rows_.push(event.seq);
  blocked_rows_.push(event.blocked);
  line_rows_.push(event.line);
  fact_rows_.push(fact_of(event));
  transitions_.identity.push_back(event.identity);
}

void Collector::flush() {
  for (TextColumn* texts : {&item_, &state_, &team_, &assignee_}) texts->flush();
  for (auto* rows : {&blocked_rows_, &line_rows_, &fact_rows_}) rows->flush();
  at_rows_.flush();
  seq_rows_.flush();
}

void Collector::drop_repeated() {
  flush();
  const std::vector<std::size_t> places = repeated_places(transitions_.identity);
  transitions_.may_repeat = fact_table_.may_repeat = false;
  repeated_ += static_cast<std::int64_t>(places.size());
  if (places.empty()) return;
  for (Column& column : transitions_.columns) {
    column.wide.erase(places);
    column.narrow.erase(places);
  }
  transitions_.line.erase(places);
  fact_of_row_.erase(places);
  std::size_t kept = 0, row = 0;
  auto next = places.begin();
  for (const std::uint64_t identity : transitions_.identity) {
    const bool goes = next != places.end() && *next == row;
    next += goes;
    ++row;
    transitions_.identity[kept] = identity;
    kept += !goes;
  }
  transitions_.identity.resize(kept);
}

std::uint32_t Collector::fact_of(const EventText& event) {
  const std::array<std::string_view, kFactTexts> texts = {
      event.type,    event.title,    event.value_stream, event.initiative,
      event.service, event.priority, event.status};
  const bool says_something =
      std::ranges::any_of(texts, [](std::string_view text) { return !text.empty(); });
  if (!says_something && event.created == kMissing) return 0;
  Fact fact;
  fact.created = event.created;
  for (std::size_t i = 0; i < kFactTexts; ++i) fact.texts[i] = fact_texts_[i].intern(texts[i]);
  const std::uint32_t item = item_.last();
  if (item >= last_fact_of_.size())
    last_fact_of_.resize(std::max<std::size_t>(item + 1, 2 * last_fact_of_.size()));
  std::uint32_t& last = last_fact_of_[item];
  if (last == 0 || facts_[last - 1] != fact) {
    facts_.push_back(fact);
    last = static_cast<std::uint32_t>(facts_.size());
  }
  return last - 1;
}

namespace {
Resolved resolved(Packed packed, DateOrder order, const Zone& zone) {
  const LocalTime wall{Micros{StampColumn::micros(packed, order)}};
  if (StampColumn::has_offset(packed)) return {Instant{wall.time_since_epoch()}, LocalKind::unique};
  return to_instant(zone, wall);
}
}  // namespace

void Collector::resolve_at(const ResolveOptions& options, ClockChanges& changes) {
  std::vector<std::size_t> repeated_rows;
  std::vector<std::int64_t> repeated_wall;
  std::size_t first = 0;
  std::array<std::int64_t, PackedVector<std::int64_t>::kBlock> instants{};
  PackedVector<std::int64_t>& at = at_->wide;
  for (std::span<std::int64_t> rows; first < at.size(); first += rows.size()) {
    rows = std::span(instants).first(std::min(instants.size(), at.size() - first));
    at.read(first, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Resolved found = resolved(rows[i], options.at_order, *options.zone);
      changes.missing += found.kind == LocalKind::missing_hour;
      if (found.kind == LocalKind::repeated_hour) {
        repeated_rows.push_back(first + i);
        repeated_wall.push_back(StampColumn::micros(rows[i], options.at_order));
      }
      rows[i] = to_count(found.at);
    }
    at.replace(first, rows);
  }
  changes.repeated = static_cast<std::int64_t>(repeated_rows.size());
  resolve_repeated_hours(repeated_rows, repeated_wall, *options.zone);
}

EarlyEnds Collector::settle_ends(DateOrder order) {
  constexpr std::int64_t kDay = 86'400'000'000;
  flush();
  EarlyEnds out;
  PackedVector<std::int64_t>& at = at_->wide;
  for (std::size_t row = 1; row < rows(); ++row) {
    if (seq_->wide[row] != 1 || items_->narrow[row] != items_->narrow[row - 1]) continue;
    const std::int64_t created = StampColumn::micros(at[row - 1], order);
    const std::int64_t end = StampColumn::micros(at[row], order);
    if (end >= created || StampColumn::has_offset(at[row]) != StampColumn::has_offset(at[row - 1]))
      continue;
    if (end % kDay == 0 && created - end < kDay) {
      at.set(row, at[row - 1]);
      ++out.same_day;
    } else if (out.earlier++ == 0) {
      out.line = transitions_.line[row];
    }
  }
  return out;
}

RepeatedItems Collector::repeated_items() {
  flush();
  RepeatedItems out;
  std::vector<std::uint32_t> first_line(items_->names.size());
  for (std::size_t row = 0; row < rows(); ++row) {
    if (seq_->wide[row] != 0) continue;
    ++out.rows;
    const std::uint32_t item = items_->narrow[row], line = transitions_.line[row];
    if (first_line[item] == 0) {
      first_line[item] = line;
    } else if (out.repeats++ == 0) {
      out.item = items_->names.name(item);
      out.first_line = first_line[item];
      out.line = line;
    }
  }
  return out;
}

ClockChanges Collector::resolve(const ResolveOptions& options) {
  flush();
  ClockChanges changes;
  resolve_at(options, changes);
  for (Fact& fact : facts_)
    if (fact.created != kMissing)
      fact.created = to_count(resolved(fact.created, options.created_order, *options.zone).at);
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

// No row is earlier than the one before it.
bool Collector::is_in_order() const {
  if (seq_->wide.width() != 0) return false;
  bool in_order = true;
  std::int64_t before = kMissing;
  at_->wide.for_each_block([&](std::span<const std::int64_t> block) {
    in_order = in_order && before <= block[0] && std::ranges::is_sorted(block);
    before = block.back();
  });
  return in_order;
}

// By id of the item: whether its rows stand in another order than that of time and sequence.
std::vector<bool> Collector::unordered_items() const {
  std::vector<bool> unordered(items_->names.size());
  if (is_in_order()) return unordered;
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
  if (earlier == later) return later;
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

// Calls visit(row, item, at, fact) for each row and soon(item) some rows before, so that what it
// needs can come nearer meanwhile.
template <class Visit, class Soon>
void Collector::for_each_row(Visit visit, Soon soon) const {
  constexpr std::size_t kAtOnce = PackedVector<std::int64_t>::kBlock, kAhead = 24;
  std::array<std::uint32_t, kAtOnce> items{}, facts{};
  std::array<std::int64_t, kAtOnce> instants{};
  const std::size_t rows = at_->wide.size();
  for (std::size_t first = 0; first < rows; first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, rows - first);
    items_->narrow.read(first, std::span(items).first(count));
    fact_of_row_.read(first, std::span(facts).first(count));
    at_->wide.read(first, std::span(instants).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      if (i + kAhead < count) soon(items[i + kAhead]);
      visit(first + i, items[i], instants[i], facts[i]);
    }
  }
}

// The rows whose fact differs from the one that held before, in the order of time and sequence, and
// each item's last row, so that another file cannot hide what this one said last. Several rows of
// one instant become one: the last, with the fields of all.
std::vector<bool> Collector::changing_rows() {
  constexpr std::uint32_t kNothing = 0xffff'ffff;
  struct Seen {
    std::int64_t at = 0;
    std::uint32_t row = kNothing, fact = 0;
    std::uint32_t before = kNothing;  // the fact that held before the instant of `row`
  };
  std::vector<Seen> seen(items_->names.size());
  std::vector<bool> changes(at_->wide.size());
  const auto visit = [&](std::size_t row, Seen& item, std::int64_t at, std::uint32_t fact) {
    if (item.row != kNothing && item.at == at) {
      changes[item.row] = false;
      const std::uint32_t both = merged(item.fact, fact);
      if (both != fact) fact_of_row_.set(row, fact = both);
    } else if (item.row != kNothing) {
      item.before = item.fact;
    }
    const bool is_same =
        item.before == fact || (item.before != kNothing && facts_[item.before] == facts_[fact]);
    changes[row] = !is_same;
    item = {at, static_cast<std::uint32_t>(row), fact, item.before};
  };
  const std::vector<bool> unordered = unordered_items();
  std::vector<std::size_t> to_sort;
  for_each_row(
      [&](std::size_t row, std::uint32_t item, std::int64_t at, std::uint32_t fact) {
        if (unordered[item]) {
          to_sort.push_back(row);
        } else {
          visit(row, seen[item], at, fact);
        }
      },
      [&](std::uint32_t item) { __builtin_prefetch(&seen[item], 1); });
  std::ranges::sort(to_sort, {}, [&](std::size_t row) {
    return std::tuple(items_->narrow[row], at_->wide[row], seq_->wide[row], row);
  });
  for (const std::size_t row : to_sort)
    visit(row, seen[items_->narrow[row]], at_->wide[row], fact_of_row_[row]);
  for (const Seen& item : seen) {
    if (item.row != kNothing) changes[item.row] = true;
  }
  return changes;
}

void Collector::fill_facts() {
  if (facts_.size() == 1) return;  // no row says anything of its item
  const std::vector<bool> changes = changing_rows();
  Column &item = fact_table_.column("item"), &at = fact_table_.column("at"),
         &created = fact_table_.column("created");
  std::array<Column*, kFactTexts> texts{};
  for (std::size_t i = 0; i < kFactTexts; ++i) texts[i] = &fact_table_.column(kFactColumns[i]);
  item.names = items_->names;
  for (std::size_t row = 0; row < changes.size(); ++row) {
    if (!changes[row]) continue;
    const Fact& fact = facts_[fact_of_row_[row]];
    item.narrow.push_back(items_->narrow[row]);
    at.wide.push_back(at_->wide[row]);
    created.wide.push_back(fact.created);
    for (std::size_t i = 0; i < kFactTexts; ++i) texts[i]->narrow.push_back(fact.texts[i]);
    fact_table_.line.push_back(transitions_.line[row]);
    fact_table_.identity.push_back(transitions_.identity[row]);
  }
}

std::vector<EventTable> Collector::take_tables() {
  flush();
  for (EventTable* table : {&transitions_, &fact_table_})
    table->spans.push_back({.import_id = {}, .first = 0, .rows = table->rows()});
  std::vector<EventTable> tables;
  tables.push_back(std::move(transitions_));
  tables.push_back(std::move(fact_table_));
  return tables;
}

}  // namespace tiebeam::ingest
