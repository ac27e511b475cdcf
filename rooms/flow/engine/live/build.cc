// The pass that builds a LiveFlow. Items are split between the threads by id, so that each item's
// events meet one thread in their order; sums of whole numbers do not care who added first.
#include <compare>
#include <thread>

#include "rooms/flow/engine/live/parts.h"

namespace tiebeam::flow::live {
namespace {

constexpr std::size_t kAhead = 12;  // rows whose item is fetched before it is needed

// The share of one thread: the items [from, to).
class Pass {
 public:
  Pass(LiveFlow::Parts& parts, const EventColumns& columns, std::uint32_t stripe,
       std::uint32_t from, std::uint32_t to, bool keeps_values)
      : parts_(parts),
        columns_(columns),
        stripe_(stripe),
        from_(from),
        to_(to),
        keeps_values_(keeps_values),
        tally_(parts.reading.zone, columns.states),
        block_(columns) {
    bounds_.grow(columns.items);
  }

  void run() {
    parts_.items.touch(from_, to_);
    if (keeps_values_)
      pass<true>();
    else
      pass<false>();
    if (keeps_values_) tally_.count_kept();
  }
  Tally& tally() { return tally_; }
  [[nodiscard]] const RowBounds& bounds() const { return bounds_; }

 private:
  [[nodiscard]] bool is_ours(std::uint32_t item) const { return item - from_ < to_ - from_; }

  template <bool kKeeps>
  void pass() {
    if (parts_.is_plain())
      stream<true, kKeeps>();
    else
      stream<false, kKeeps>();
    if (!late_.empty()) put_in_order<kKeeps>();
  }

  template <bool kIsPlain, bool kKeeps>
  void stream() {
    const std::size_t rows = columns_.rows();
    for (std::size_t first = 0; first < rows; first += kBlock) {
      const std::size_t size = std::min(kBlock, rows - first);
      block_.read_items(first, size);
      const auto [least, most] = range_of(std::span(block_.item).first(size));
      if (most < from_ || least >= to_) continue;
      block_.read_rest(first, size);
      const bool are_ours = least >= from_ && most < to_;
      for (std::size_t i = 0; i < std::min(size, kAhead); ++i) prefetch(block_.item[i]);
      for (std::size_t i = 0; i < size; ++i) {
        if (i + kAhead < size) prefetch(block_.item[i + kAhead]);
        if (are_ours || is_ours(block_.item[i])) take<kIsPlain, kKeeps>(block_.event(i, first));
      }
    }
  }
  static std::pair<std::uint32_t, std::uint32_t> range_of(std::span<const std::uint32_t> items) {
    std::uint32_t least = kNone, most = 0;
    for (const std::uint32_t item : items) least = std::min(least, item);
    for (const std::uint32_t item : items) most = std::max(most, item);
    return {least, most};
  }
  // Has an item fetched before it is needed; it lies on two lines of the cache more often than not.
  void prefetch(std::uint32_t item) {
    const ItemState* state = &parts_.items[item];
    __builtin_prefetch(state, 1);
    __builtin_prefetch(&state->mark, 1);
  }

  template <bool kIsPlain, bool kKeeps>
  [[gnu::always_inline]] void take(const Event& event) {
    if constexpr (kIsPlain) {
      if (event.item == 0 || event.at > parts_.reading.as_of) [[unlikely]]
        return;
    } else {
      if (!parts_.counts(event.item, event.row, event.at)) return;
    }
    ItemState& state = parts_.items[event.item];
    if (!state.has(kSeen)) {
      if (state.has(kLate)) return bounds_.widen_last(event.item, event.row);
      bounds_.widen_first(event.item, event.row);
    } else if (LiveFlow::Parts::is_late(columns_, state.last, state.row, event.at, event.row)) {
      return set_late(event, state);
    }
    const ItemFacts& facts = kIsPlain ? kNothingKnown : parts_.facts(event.item);
    Clock<1, kIsPlain, kKeeps>(parts_.reading.maps[facts.map], facts, tally_, parts_.sides, stripe_)
        .step(state, event);
  }

  void set_late(const Event& event, ItemState& state) {
    bounds_.widen_last(event.item, std::max<std::uint32_t>(state.row, event.row));
    parts_.forget(state);
    state.set(kLate);
    state.row = static_cast<std::uint32_t>(late_.size());
    late_.push_back(event.item);
  }

  // Items whose rows are out of order: undo what was added, sort, add again.
  template <bool kKeeps>
  void put_in_order() {
    std::vector<std::uint32_t> starts(late_.size() + 1, 0);
    each_late_row([&](std::uint32_t index, std::uint32_t) { ++starts[index + 1]; });
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    std::vector<std::uint32_t> rows(starts.back());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    each_late_row([&](std::uint32_t index, std::uint32_t row) { rows[next[index]++] = row; });
    for (std::size_t i = 0; i < late_.size(); ++i)
      replay<kKeeps>(late_[i], std::span(rows).subspan(starts[i], starts[i + 1] - starts[i]));
  }
  template <class F>
  void each_late_row(F visit) {
    const std::size_t rows = columns_.rows();
    for (std::size_t first = 0; first < rows; first += kBlock) {
      const std::size_t size = std::min(kBlock, rows - first);
      block_.read_items(first, size);
      for (std::size_t i = 0; i < size; ++i) {
        const std::uint32_t item = block_.item[i];
        if (!is_ours(item)) continue;
        const ItemState& state = parts_.items[item];
        if (!state.has(kLate)) continue;
        const auto row = static_cast<std::uint32_t>(first + i);
        if (parts_.counts(item, row, columns_.at[row])) visit(state.row, row);
      }
    }
  }
  template <bool kKeeps>
  void replay(std::uint32_t item, std::span<const std::uint32_t> rows) {
    ItemState state{};
    for (const std::uint32_t row : rows) {  // as far as the stream had come
      const Event event = columns_.event(row);
      if (state.has(kSeen) &&
          LiveFlow::Parts::is_late(columns_, state.last, state.row, event.at, row))
        break;
      parts_.step<-1, kKeeps>(state, event, tally_, stripe_);
    }
    parts_.forget(state);
    for (const Place& place : in_order(rows))
      parts_.step<1, kKeeps>(state, columns_.event(place.row), tally_, stripe_);
    parts_.items[item] = state;
  }

  // Where an event stands among those of its item.
  struct Place {
    std::int64_t at, seq;
    std::uint32_t row;
    auto operator<=>(const Place&) const = default;
  };
  std::span<const Place> in_order(std::span<const std::uint32_t> rows) {
    places_.clear();
    for (const std::uint32_t row : rows)
      places_.push_back({columns_.at[row], columns_.seq[row], row});
    if (places_.back() < places_.front()) std::ranges::reverse(places_);  // newest first is common
    if (!std::ranges::is_sorted(places_)) std::ranges::sort(places_);
    return places_;
  }

  LiveFlow::Parts& parts_;
  const EventColumns& columns_;
  std::uint32_t stripe_, from_, to_;
  bool keeps_values_;
  Tally tally_;
  RowBounds bounds_;
  EventBlock block_;
  std::vector<std::uint32_t> late_;
  std::vector<Place> places_;  // of the item at hand
};

// An item id with about half of the events below it.
std::uint32_t middle_item(const EventColumns& columns) {
  constexpr std::size_t kSamples = 4096;
  const std::size_t rows = columns.rows();
  const std::size_t step = std::max<std::size_t>(1, rows / kSamples);
  std::vector<std::uint32_t> items;
  for (std::size_t row = 0; row < rows; row += step) items.push_back(columns.item[row]);
  if (items.empty()) return 0;
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  std::ranges::nth_element(items, middle);
  return *middle;
}

}  // namespace

void run_build(LiveFlow::Parts& parts, const EventColumns& columns, const BuildOptions& options) {
  parts.make_room(columns);
  parts.rows = static_cast<std::uint32_t>(columns.rows());
  const auto end = static_cast<std::uint32_t>(columns.items);
  const std::uint32_t middle = options.threads > 1 ? middle_item(columns) : end;
  std::vector<std::unique_ptr<Pass>> passes;
  passes.push_back(std::make_unique<Pass>(parts, columns, 0U, 0U, middle, options.exact_stays));
  if (middle < end) {
    passes.push_back(std::make_unique<Pass>(parts, columns, 1U, middle, end, options.exact_stays));
    std::jthread other([&] { passes[1]->run(); });
    passes[0]->run();
  } else {
    passes[0]->run();
  }
  for (const auto& pass : passes) {
    parts.tally.merge(pass->tally());
    parts.bounds.merge(pass->bounds());
    if (options.exact_stays) parts.kept.push_back(std::move(pass->tally()));
  }
}

}  // namespace tiebeam::flow::live
