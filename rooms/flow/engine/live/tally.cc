#include "rooms/flow/engine/live/tally.h"

#include <algorithm>

namespace tiebeam::flow::live {

void Totals::add(const Totals& other) {
  items += other.items;
  finished += other.finished, cancelled += other.cancelled, truncated += other.truncated;
  team_handoffs += other.team_handoffs, person_handoffs += other.person_handoffs;
  cycle += other.cycle;
  active += other.active, wait += other.wait, blocked += other.blocked;
  done_gap += other.done_gap, unknown += other.unknown;
}

double Totals::efficiency() const {
  const Wide clock = active + wait + blocked;
  return clock > 0 ? static_cast<double>(active) / static_cast<double>(clock) : 0;
}

void DayChanges::reach(std::int32_t day) {
  if (first_ == end_) first_ = end_ = day;
  if (day < first_) {
    changes_.insert(changes_.begin(), static_cast<std::size_t>(first_ - day) * width_, 0);
    first_ = dirty_ = day;
  }
  if (day >= end_) {
    dirty_ = std::min(dirty_, end_);
    end_ = day + 1;
    changes_.resize(static_cast<std::size_t>(end_ - first_) * width_, 0);
  }
}

void DayChanges::widen(std::size_t states) {
  if (states <= width_) return;
  DayChanges wider(states);
  wider.merge(*this);
  *this = std::move(wider);
}

void DayChanges::merge(const DayChanges& other) {
  for (std::int32_t day = other.first_; day < other.end_; ++day) {
    std::int32_t* const to = on(day);
    for (std::size_t state = 0; state < other.width_; ++state) to[state] += other.row(day)[state];
  }
}

void Tally::reach(std::int32_t week) {
  if (weeks.empty()) first_week = week;
  const std::int32_t first = std::min(week, first_week);
  const std::int32_t end = first_week + static_cast<std::int32_t>(weeks.size());
  std::vector<WeekTally> wider(static_cast<std::size_t>(std::max(week + 1, end) - first));
  std::ranges::move(weeks, wider.begin() + (first_week - first));
  weeks = std::move(wider);
  first_week = first;
}

namespace {
void append(std::vector<std::int64_t>& to, std::vector<std::int64_t>& from) {
  if (to.empty()) return to.swap(from);
  to.insert(to.end(), from.begin(), from.end());
  from = {};
}
}  // namespace

void Tally::turn_to(std::int64_t at) {
  const std::int32_t day = days.of(at);
  today_ = changes.on(day);
  today_from_ = days.start(day);
  today_length_ = static_cast<std::uint64_t>(days.start(day + 1) - today_from_);
}

void Tally::count_kept() {
  for (StateTally& each : states) {
    each.values.each_piece([&](std::span<const std::int64_t> chunk) {
      each.stays.add_all(chunk);
      for (const std::int64_t length : chunk) each.sum += length;
    });
    for (const std::int64_t length : each.taken_back) {
      each.stays.add(length, -1);
      each.sum -= length;
    }
    each.is_dirty = true;
  }
}

void Tally::merge(Tally& other) {
  today_length_ = 0;
  totals.add(other.totals);
  changes.merge(other.changes);
  for (std::size_t state = 0; state < states.size(); ++state) {
    states[state].stays.merge(other.states[state].stays);
    states[state].sum += other.states[state].sum;
    states[state].is_dirty = states[state].is_dirty || other.states[state].is_dirty;
  }
  if (!other.weeks.empty()) {
    reach(other.first_week);
    reach(other.first_week + static_cast<std::int32_t>(other.weeks.size()) - 1);
  }
  for (std::size_t i = 0; i < other.weeks.size(); ++i) {
    WeekTally& from = other.weeks[i];
    WeekTally& to = weeks[i + static_cast<std::size_t>(other.first_week - first_week)];
    to.arrivals += from.arrivals, to.finishes += from.finishes;
    to.second_cycles += from.second_cycles;
    to.is_dirty = to.is_dirty || from.is_dirty;
    append(to.cycles, from.cycles);
    append(to.taken_back, from.taken_back);
  }
}

void Tally::widen(std::size_t count) {
  if (count <= states.size()) return;
  today_length_ = 0;
  changes.widen(count);
  states.resize(count);
}

std::size_t Tally::bytes() const {
  std::size_t out = days.bytes() + changes.bytes() + states.capacity() * sizeof(StateTally) +
                    weeks.capacity() * sizeof(WeekTally);
  for (const StateTally& each : states) {
    out += each.stays.bytes() + each.values.bytes() +
           each.taken_back.capacity() * sizeof(std::int64_t);
  }
  for (const WeekTally& each : weeks)
    out += (each.cycles.capacity() + each.taken_back.capacity()) * sizeof(std::int64_t);
  return out;
}

}  // namespace tiebeam::flow::live
