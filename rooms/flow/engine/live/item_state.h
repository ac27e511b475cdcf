// What is kept of one item between its events: enough to put the next event on the clock rules
// (engine/walk.h) without looking at the earlier ones. 52 bytes, and a side record for few.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "model/event_table.h"

namespace tiebeam::flow::live {

// Ids above these do not fit: LiveFlow refuses such tables.
constexpr unsigned kStateBits = 12, kTeamBits = 20, kPersonBits = 24;

enum Flag : std::uint8_t {
  kSeen = 1,        // has events
  kFlagged = 2,     // its last event flags it as blocked
  kHeld = 4,        // has a finish that held and was left again; first_done: its last run of done
                    // states was left after the grace time
  kFinished = 8,    // first_done: its finish stands whatever comes
  kFirstStay = 16,  // still in the state it began in
  kRare = 32,       // `wait` is the index of its side record
  kLate = 64,       // building: waits to be put in order; `row` is its place among the late ones
};

// Instants and durations in microseconds.
struct ItemState {
  std::int64_t last = 0;           // its last event
  std::int64_t entered = 0;        // entry to its present state
  std::int64_t commit = kMissing;  // the clock started
  // Of the time from commit to the last event; what is in neither nor in the side record was
  // blocked. Stands still while the item is done.
  std::int64_t active = 0, wait = 0;
  std::uint32_t row = 0;                          // of its last event
  std::uint32_t state = 0, team = 0, person = 0;  // present; of the owners the last known
  std::uint8_t flags = 0;
};

// What few items need beside it.
struct SideRecord {
  std::int64_t wait = 0, done_gap = 0, unknown = 0;
  std::int64_t run = kMissing;  // when it entered its run of done states, if before `entered`
};

// An ItemState as it is stored.
struct Slot {
  std::array<std::uint32_t, 13> words;

  [[nodiscard]] bool is_seen() const { return (words[12] & kSeen) != 0; }
  [[nodiscard]] bool is_late() const { return (words[12] & kLate) != 0; }
  [[nodiscard]] ItemState load() const {
    ItemState state;
    std::memcpy(&state.last, words.data(), 5 * sizeof(std::int64_t));
    state.row = words[10];
    std::uint64_t bits;
    std::memcpy(&bits, &words[11], sizeof(bits));
    state.state = static_cast<std::uint32_t>(bits & mask(kStateBits));
    state.team = static_cast<std::uint32_t>((bits >> kStateBits) & mask(kTeamBits));
    state.flags = static_cast<std::uint8_t>((bits >> 32U) & 0xffU);
    state.person = static_cast<std::uint32_t>(bits >> 40U);
    return state;
  }
  void store(const ItemState& state) {
    std::memcpy(words.data(), &state.last, 5 * sizeof(std::int64_t));
    words[10] = state.row;
    const std::uint64_t bits = state.state | std::uint64_t{state.team} << kStateBits |
                               std::uint64_t{state.flags} << 32U |
                               std::uint64_t{state.person} << 40U;
    std::memcpy(&words[11], &bits, sizeof(bits));
  }

 private:
  static constexpr std::uint64_t mask(unsigned bits) { return (std::uint64_t{1} << bits) - 1; }
};
static_assert(sizeof(Slot) == 52 && kStateBits + kTeamBits == 32 && kPersonBits == 24);

// Slots by item id, all zero at first, in blocks that never move and cost nothing until touched.
class Slots {
 public:
  static constexpr std::size_t kChunk = 4096;
  void grow(std::size_t items);
  [[nodiscard]] std::size_t size() const { return chunks_.size() * kChunk; }
  [[nodiscard]] Slot& operator[](std::size_t item) {
    return chunks_[item / kChunk].get()[item % kChunk];
  }
  [[nodiscard]] const Slot& operator[](std::size_t item) const {
    return chunks_[item / kChunk].get()[item % kChunk];
  }
  [[nodiscard]] std::size_t bytes() const { return size() * sizeof(Slot); }

 private:
  struct Free {
    void operator()(Slot* slots) const { std::free(slots); }
  };
  std::vector<std::unique_ptr<Slot, Free>> chunks_;
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
