#include "rooms/flow/engine/live/item_state.h"

#include <new>

namespace tiebeam::flow::live {

ItemStates::Block ItemStates::make(std::size_t items) {
  // Pages of calloc are zero without being written: they cost memory only where they are used.
  auto* block = static_cast<ItemState*>(std::calloc(items, sizeof(ItemState)));
  if (!block) throw std::bad_alloc();
  return Block(block);
}

void ItemStates::grow(std::size_t items) {
  if (!first_ && items > 0) {
    first_ = make(items);
    first_size_ = items;
  }
  while (size() < items) chunks_.push_back(make(kChunk));
}

void ItemStates::touch(std::size_t from, std::size_t to) {
  constexpr std::size_t kStep = 4096 / sizeof(ItemState);  // at least one a page
  for (std::size_t item = from; item < to; item += kStep) (*this)[item].mark = 0;
}

std::uint32_t SideRecords::take(std::uint32_t stripe) {
  Stripe& own = stripes_[stripe];
  if (!own.spare.empty()) {
    const std::uint32_t index = own.spare.back();
    own.spare.pop_back();
    (*this)[index] = {};
    return index;
  }
  own.records.emplace_back();
  return static_cast<std::uint32_t>(own.records.size() - 1) * kStripes + stripe;
}

std::size_t SideRecords::bytes() const {
  std::size_t out = 0;
  for (const Stripe& each : stripes_) {
    out += each.records.capacity() * sizeof(SideRecord);
    out += each.spare.capacity() * sizeof(std::uint32_t);
  }
  return out;
}

}  // namespace tiebeam::flow::live
