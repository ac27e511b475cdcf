// What is kept of one item between its events: enough to put the next event on the clock rules
// (engine/walk.h) without looking at the earlier ones. 52 bytes, and a side record for few.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "model/event_table.h"

namespace tiebeam::flow::live {

// Ids above these do not fit: LiveFlow refuses such tables.
constexpr unsigned kStateBits = 12, kTeamBits = 20, kPersonBits = 24, kFlagBits = 8;

enum Flag : std::uint32_t {
  kSeen = 1,        // has events
  kFlagged = 2,     // its last event flags it as blocked
  kHeld = 4,        // has a finish that held and was left again; first_done: its last run of done
                    // states was left after the grace time
  kFinished = 8,    // first_done: its finish stands whatever comes
  kFirstStay = 16,  // still in the state it began in
  kRare = 32,       // `wait` is the index of its side record
  kLate = 64,       // building: waits to be put in order; `row` is its place among the late ones
};

// Instants and durations in microseconds. All zero: an item without events. Laid out by hand: a
// million of them are most of what a LiveFlow holds.
struct [[gnu::packed, gnu::aligned(4)]] ItemState {
  std::int64_t last;     // its last event
  std::int64_t entered;  // entry to its present state
  std::int64_t commit;   // the clock started; kMissing: not yet
  // Of the time from commit to the last event; what is in neither nor in the side record was
  // blocked. Stands still while the item is done.
  std::int64_t active, wait;
  std::uint32_t row;    // of its last event
  std::uint32_t place;  // state | team << kStateBits; the team is the last known
  std::uint32_t mark;   // flags | person << kFlagBits; the person is the last known

  [[nodiscard]] std::uint32_t state() const { return place & ((1U << kStateBits) - 1); }
  [[nodiscard]] std::uint32_t team() const { return place >> kStateBits; }
  [[nodiscard]] std::uint32_t person() const { return mark >> kFlagBits; }
  [[nodiscard]] bool has(std::uint32_t flag) const { return (mark & flag) != 0; }
  void set(std::uint32_t flag) { mark |= flag; }
  void clear(std::uint32_t flag) { mark &= ~flag; }
};
static_assert(sizeof(ItemState) == 52 && kStateBits + kTeamBits == 32 &&
              kFlagBits + kPersonBits == 32);

// What few items need beside it.
struct SideRecord {
  std::int64_t wait = 0, done_gap = 0, unknown = 0;
  std::int64_t run = kMissing;  // when it entered its run of done states, if before `entered`
};

// States by item id, all zero at first; they never move, and cost nothing until touched.
class ItemStates {
 public:
  static constexpr std::size_t kChunk = 4096;
  // The first call makes one block of all items; later ones add chunks.
  void grow(std::size_t items);
  // Has the memory of items [from, to) made ready for writing: a page that is read first and
  // written later costs two faults and stops the other thread. REQUIRES: nothing was stored in them
  // yet.
  void touch(std::size_t from, std::size_t to);
  [[nodiscard]] std::size_t size() const { return first_size_ + chunks_.size() * kChunk; }
  [[nodiscard]] ItemState& operator[](std::size_t item) {
    if (item < first_size_) [[likely]]
      return first_.get()[item];
    item -= first_size_;
    return chunks_[item / kChunk].get()[item % kChunk];
  }
  [[nodiscard]] const ItemState& operator[](std::size_t item) const {
    return const_cast<ItemStates&>(*this)[item];
  }
  [[nodiscard]] std::size_t bytes() const { return size() * sizeof(ItemState); }

 private:
  struct Free {
    void operator()(ItemState* states) const { std::free(states); }
  };
  using Block = std::unique_ptr<ItemState, Free>;
  static Block make(std::size_t items);
  Block first_;
  std::size_t first_size_ = 0;
  std::vector<Block> chunks_;
};

// Side records; each of two threads fills its own stripe.
class SideRecords {
 public:
  static constexpr std::uint32_t kStripes = 2;
  std::uint32_t take(std::uint32_t stripe);
  void give_back(std::uint32_t index) { stripes_[index % kStripes].spare.push_back(index); }
  [[nodiscard]] SideRecord& operator[](std::uint32_t index) {
    return stripes_[index % kStripes].records[index / kStripes];
  }
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct alignas(64) Stripe {
    std::vector<SideRecord> records;
    std::vector<std::uint32_t> spare;
  };
  std::array<Stripe, kStripes> stripes_;
};

}  // namespace tiebeam::flow::live
