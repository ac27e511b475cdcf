// What a LiveFlow is made of; for build.cc and live_flow.cc only.
#pragma once

#include <algorithm>
#include <array>

#include "rooms/flow/engine/live/live_flow.h"

namespace tiebeam::flow::live {

// From which row on the events of 64 neighbouring items lie, and the last of those that came late:
// where a late event has to look. Events in their order end at their item's last row.
class RowBounds {
 public:
  static constexpr std::size_t kItems = 64;
  void grow(std::size_t items) {
    bounds_.resize(std::max(bounds_.size(), items / kItems + 1), {kNone, 0});
  }
  void widen_first(std::uint32_t item, std::uint32_t row) {
    Bound& bound = bounds_[item / kItems];
    bound.first = std::min(bound.first, row);
  }
  void widen_last(std::uint32_t item, std::uint32_t row) {
    Bound& bound = bounds_[item / kItems];
    bound.last = std::max(bound.last, row);
  }
  void merge(const RowBounds& other) {
    for (std::size_t i = 0; i < bounds_.size(); ++i) {
      bounds_[i].first = std::min(bounds_[i].first, other.bounds_[i].first);
      bounds_[i].last = std::max(bounds_[i].last, other.bounds_[i].last);
    }
  }
  [[nodiscard]] std::uint32_t first(std::uint32_t item) const {
    return bounds_[item / kItems].first;
  }
  [[nodiscard]] std::uint32_t last(std::uint32_t item) const { return bounds_[item / kItems].last; }
  [[nodiscard]] std::size_t bytes() const { return bounds_.capacity() * sizeof(Bound); }

 private:
  struct Bound {
    std::uint32_t first, last;
  };
  std::vector<Bound> bounds_;
};

struct LiveFlow::Parts {
  Parts(Reading how, std::size_t states) : reading(std::move(how)), tally(reading.zone, states) {}

  Reading reading;
  ItemStates items;
  SideRecords sides;
  RowBounds bounds;
  Tally tally;
  Summary summary;
  std::vector<Tally> kept;  // after the build, when exact stays are asked for: theirs
  std::size_t late = 0;
  std::uint32_t rows = 0;  // of the columns, seen so far
  std::vector<std::int64_t> scratch;

  [[nodiscard]] const ItemFacts& facts(std::uint32_t item) const {
    return item < reading.facts.size() ? reading.facts[item] : kNothingKnown;
  }
  // Nothing is known of items and rows but what the columns say.
  [[nodiscard]] bool is_plain() const { return reading.facts.empty() && reading.left_out.empty(); }
  [[nodiscard]] bool counts(std::uint32_t item, std::uint32_t row, std::int64_t at) const {
    if (item == 0 || at > reading.as_of) return false;
    if (row < reading.left_out.size() && reading.left_out[row]) return false;
    return reading.facts.empty() || !facts(item).is_left_out;
  }
  // Puts an item's next event on the clock.
  template <int kTimes, bool kKeeps = false>
  void step(ItemState& state, const Event& event, Tally& into, std::uint32_t stripe) {
    const ItemFacts& known = facts(event.item);
    Clock<kTimes, false, kKeeps>(reading.maps[known.map], known, into, sides, stripe)
        .step(state, event);
  }
  // `event` belongs before what its item has seen last.
  [[nodiscard]] static bool is_late(const EventColumns& columns, std::int64_t last,
                                    std::uint32_t last_row, std::int64_t at, std::uint32_t row) {
    if (at != last) return at < last;
    return !columns.seq.is_constant() && columns.seq[row] < columns.seq[last_row];
  }
  void make_room(const EventColumns& columns) {
    items.grow(columns.items);
    bounds.grow(columns.items);
    tally.widen(columns.states);
  }
  // Gives back what the item holds beside its slot.
  void forget(ItemState& state) {
    if (state.has(kRare)) sides.give_back(static_cast<std::uint32_t>(state.wait));
    state = {};
  }
};

// One pass over the rows, on one or two threads.
void run_build(LiveFlow::Parts& parts, const EventColumns& columns, const BuildOptions& options);

}  // namespace tiebeam::flow::live
