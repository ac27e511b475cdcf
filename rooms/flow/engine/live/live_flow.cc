#include "rooms/flow/engine/live/live_flow.h"

#include <fmt/format.h>

#include <thread>

#include "rooms/flow/engine/live/parts.h"

namespace tiebeam::flow::live {
namespace {

constexpr std::int64_t kMicrosADay = 86'400'000'000;

// Rows of one item, in the order of its events. An item that was left out so far may be anywhere.
std::vector<std::uint32_t> rows_of(const LiveFlow::Parts& parts, const EventColumns& columns,
                                   std::uint32_t item) {
  std::vector<std::uint32_t> rows;
  std::array<std::uint32_t, 1024> items;
  const ItemState& state = parts.items[item];
  const bool is_seen = state.has(kSeen);
  const std::size_t end =
      is_seen ? std::max<std::uint32_t>(parts.bounds.last(item), state.row) + 1U : parts.rows;
  std::size_t first = is_seen ? parts.bounds.first(item) : 0;
  for (; first < end; first += items.size()) {
    const std::size_t size = std::min(items.size(), end - first);
    columns.item.read(first, std::span(items).first(size));
    for (std::size_t i = 0; i < size; ++i) {
      const auto row = static_cast<std::uint32_t>(first + i);
      if (items[i] == item && parts.counts(item, row, columns.at[row])) rows.push_back(row);
    }
  }
  std::ranges::sort(rows, [&](auto a, auto b) { return columns.is_before(a, b); });
  return rows;
}

template <int kTimes>
ItemState replay(LiveFlow::Parts& parts, const EventColumns& columns,
                 std::span<const std::uint32_t> rows) {
  ItemState state{};
  for (const std::uint32_t row : rows)
    parts.step<kTimes>(state, columns.event(row), parts.tally, 0);
  return state;
}

// Undoes the item: it is as if it had not been seen.
void take_back(LiveFlow::Parts& parts, const EventColumns& columns, std::uint32_t item,
               std::span<const std::uint32_t> rows) {
  ItemState undone = replay<-1>(parts, columns, rows);
  parts.forget(undone);
  parts.forget(parts.items[item]);
}

void fill_weeks(Tally& tally, Summary& out, std::vector<std::int64_t>& scratch) {
  std::size_t first = 0;
  const auto is_blank = [](const WeekTally& week) {
    return week.arrivals == 0 && week.finishes == 0 && week.second_cycles == 0;
  };
  std::size_t end = tally.weeks.size();
  while (first < end && is_blank(tally.weeks[first])) ++first;
  while (first < end && is_blank(tally.weeks[end - 1])) --end;
  const std::size_t count = end - first;
  const Day start = day_at(first_day(tally.first_week + static_cast<std::int32_t>(first)));
  const bool has_moved =
      out.weeks.size() > count || (!out.weeks.empty() && out.weeks.front().start != start);
  if (has_moved) out.weeks.clear();
  const std::size_t known = out.weeks.size();
  out.weeks.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    WeekTally& week = tally.weeks[first + i];
    if (i < known && !week.is_dirty) continue;
    take_out(week.cycles, week.taken_back);
    scratch.assign(week.cycles.begin(), week.cycles.end());
    const auto number = tally.first_week + static_cast<std::int32_t>(first + i);
    out.weeks[i] = {day_at(first_day(number)),
                    week.arrivals,
                    week.finishes,
                    week.second_cycles,
                    static_cast<std::int64_t>(scratch.size()),
                    percentiles_of(scratch)};
    week.is_dirty = false;
  }
}

void fill_days(DayChanges& changes, LiveDays& out) {
  if (changes.dirty_from() == DayChanges::kClean && out.states == changes.width()) return;
  std::int32_t first = changes.first();
  const auto is_blank = [&](std::int32_t day) {
    return std::ranges::all_of(std::span(changes.row(day), changes.width()),
                               [](std::int32_t change) { return change == 0; });
  };
  std::int32_t end = changes.end();
  while (first < end && is_blank(first)) ++first;
  while (first < end && is_blank(end - 1)) --end;
  const std::size_t width = changes.width();
  const std::int32_t known = out.first + static_cast<std::int32_t>(out.days());
  std::int32_t from = std::max(first, std::min(known, changes.dirty_from()));
  if (first == end) first = 0, end = 0;  // nothing is held
  if (out.first != first || out.states != width) from = first;
  out.first = first;
  out.states = width;
  out.items.resize(static_cast<std::size_t>(end - first) * width);
  for (std::int32_t day = from; day < end; ++day) {
    const std::int32_t* row = changes.row(day);
    std::int32_t* to = out.items.data() + static_cast<std::size_t>(day - first) * width;
    for (std::size_t state = 0; state < width; ++state)
      to[state] =
          row[state] +
          (day > first ? to[static_cast<std::ptrdiff_t>(state) - static_cast<std::ptrdiff_t>(width)]
                       : 0);
  }
}

void fill_states(Tally& tally, Summary& out) {
  out.states.resize(tally.states.size());
  for (std::size_t i = 0; i < tally.states.size(); ++i) {
    StateTally& state = tally.states[i];
    if (!state.is_dirty) continue;
    out.states[i] = {state.stays.count(), state.sum, state.stays.percentiles()};
    state.is_dirty = false;
  }
}

}  // namespace

MapRules::MapRules(const ResolvedMap& map)
    : meaning(map.meaning),
      grace(map.map.reopen_grace_days * kMicrosADay),
      is_first_done(map.map.finish == FinishPolicy::first_done) {
  for (std::uint32_t state = 0; state < meaning.size(); ++state) {
    const bool ends = meaning[state] == Meaning::done || meaning[state] == Meaning::cancelled;
    kinds.push_back(ends ? kEnds : starts_clock(meaning[state]) ? kStarts : kNeither);
    Touch touch{};
    touch.state = state;
    stretches.push_back(meaning_of(map, touch));
    touch.is_flagged = true;
    stretches.push_back(meaning_of(map, touch));
  }
}

LiveFlow::LiveFlow(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LiveFlow::LiveFlow(LiveFlow&&) noexcept = default;
LiveFlow& LiveFlow::operator=(LiveFlow&&) noexcept = default;
LiveFlow::~LiveFlow() = default;

bool LiveFlow::fits(const EventColumns& columns) {
  return columns.states <= 1U << kStateBits && columns.teams <= 1U << kTeamBits &&
         columns.persons <= 1U << kPersonBits && columns.rows() < kNone;
}

Result<LiveFlow> LiveFlow::build(const EventColumns& columns, Reading reading,
                                 BuildOptions options) {
  if (!fits(columns)) {
    return fail(Kind::invalid, "flow.too_many_ids",
                fmt::format("{} states, {} teams and {} people are more than are kept live",
                            columns.states, columns.teams, columns.persons),
                "map the states of the source to fewer before the import");
  }
  TB_CHECK(!reading.maps.empty(), "events are read with a state map");
  auto parts = std::make_unique<Parts>(std::move(reading), columns.states);
  run_build(*parts, columns, options);
  return LiveFlow(std::move(parts));
}

void LiveFlow::append(const EventColumns& columns, std::uint32_t row) {
  Parts& parts = *parts_;
  parts.rows = row + 1U;
  const Event event = columns.event(row);
  if (!parts.counts(event.item, row, event.at)) return;
  if (event.item >= parts.items.size()) parts.make_room(columns);
  ItemState& state = parts.items[event.item];
  if (!state.has(kSeen)) {
    parts.bounds.widen_first(event.item, row);
  } else if (Parts::is_late(columns, state.last, state.row, event.at, row)) {
    return append_late(columns, event);
  }
  parts.step<1>(state, event, parts.tally, 0);
}

// Takes back what the item brought so far and puts it on the clock again with the event in its
// place.
void LiveFlow::append_late(const EventColumns& columns, const Event& event) {
  Parts& parts = *parts_;
  ++parts.late;
  std::vector<std::uint32_t> rows = rows_of(parts, columns, event.item);
  take_back(parts, columns, event.item, rows);
  parts.bounds.widen_last(event.item, event.row);
  const auto place = std::ranges::upper_bound(
      rows, event.row, [&](auto a, auto b) { return columns.is_before(a, b); });
  rows.insert(place, event.row);
  parts.items[event.item] = replay<1>(parts, columns, rows);
}

void LiveFlow::set_maps(const EventColumns& columns, std::vector<MapRules> maps) {
  parts_->reading.maps = std::move(maps);
  parts_->make_room(columns);
}

void LiveFlow::set_facts(const EventColumns& columns, std::uint32_t item, const ItemFacts& facts) {
  Parts& parts = *parts_;
  if (item >= parts.items.size()) parts.make_room(columns);
  if (parts.items[item].has(kSeen)) take_back(parts, columns, item, rows_of(parts, columns, item));
  if (item >= parts.reading.facts.size()) parts.reading.facts.resize(item + 1);
  parts.reading.facts[item] = facts;
  const std::vector<std::uint32_t> rows = rows_of(parts, columns, item);
  parts.items[item] = replay<1>(parts, columns, rows);
  if (rows.empty()) return;
  parts.bounds.widen_first(item, *std::ranges::min_element(rows));
  parts.bounds.widen_last(item, *std::ranges::max_element(rows));
}

const Summary& LiveFlow::refresh() {
  Parts& parts = *parts_;
  parts.summary.totals = parts.tally.totals;
  fill_weeks(parts.tally, parts.summary, parts.scratch);
  fill_days(parts.tally.changes, parts.summary.days);
  parts.tally.set_days_clean();
  fill_states(parts.tally, parts.summary);
  return parts.summary;
}

std::vector<Percentiles> LiveFlow::exact_stays(unsigned threads) {
  Parts& parts = *parts_;
  const std::size_t states = parts.tally.states.size();
  std::vector<Percentiles> out(states);
  const auto run = [&](std::size_t first, std::size_t step) {
    for (std::size_t state = first; state < states; state += step) {
      std::vector<const Values*> values;
      std::vector<const std::vector<std::int64_t>*> removed;
      for (const Tally& kept : parts.kept) {
        values.push_back(&kept.states[state].values);
        removed.push_back(&kept.states[state].taken_back);
      }
      out[state] = select(parts.tally.states[state].stays, values, removed);
    }
  };
  if (threads > 1) {
    std::jthread other([&] { run(1, 2); });
    run(0, 2);
  } else {
    run(0, 1);
  }
  parts.kept.clear();
  return out;
}

std::size_t LiveFlow::bytes() const {
  const Parts& parts = *parts_;
  std::size_t out = parts.items.bytes() + parts.sides.bytes() + parts.bounds.bytes() +
                    parts.tally.bytes() + parts.scratch.capacity() * sizeof(std::int64_t) +
                    parts.reading.facts.capacity() * sizeof(ItemFacts) +
                    parts.summary.days.items.capacity() * sizeof(std::int32_t) +
                    parts.summary.weeks.capacity() * sizeof(LiveWeek);
  for (const Tally& each : parts.kept) out += each.bytes();
  return out;
}
std::size_t LiveFlow::late_events() const { return parts_->late; }

}  // namespace tiebeam::flow::live
