// The clock rules of engine/walk.h, event by event: what an item's next event adds to the sums and
// takes back from them. The same steps with the other sign undo an item.
// The invariants of what is kept, and late events: docs/method/live.md.
#pragma once

#include <cstdint>
#include <vector>

#include "rooms/flow/engine/live/columns.h"
#include "rooms/flow/engine/live/item_state.h"
#include "rooms/flow/engine/live/tally.h"
#include "rooms/flow/engine/log.h"

// On the way of every event: a call would cost as much as the work.
#define TB_HOT [[gnu::always_inline]] inline

namespace tiebeam::flow::live {

// What a state map says of each state, ready for the clock.
struct MapRules {
  explicit MapRules(const ResolvedMap& map);
  std::vector<Meaning> meaning;    // by state id
  std::vector<Meaning> stretches;  // by 2 x state id + flagged: what the time in it counts as
  std::int64_t grace = 0;          // microseconds
  bool is_first_done = false;
};

// What is known of an item beside its events; all items alike where nothing is known.
struct ItemFacts {
  std::int64_t created = kMissing;
  std::uint32_t map = 0;      // index in the rules
  bool is_ticket = false;     // from a list: its clock runs from created to done
  bool is_truncated = false;  // its first events are missing
  bool is_left_out = false;   // not known at the as-of
};
constexpr ItemFacts kNothingKnown;

// Puts items on the clock. kTimes: 1 adds what they bring, -1 takes it back. kIsPlain: nothing is
// known of any item beside its events.
template <int kTimes, bool kIsPlain = false>
class Clock {
 public:
  Clock(const MapRules& map, const ItemFacts& facts, Tally& tally, SideRecords& sides,
        std::uint32_t stripe)
      : map_(map), known_(facts), tally_(tally), sides_(sides), stripe_(stripe) {}

  // REQUIRES: the event comes after those that `item` has seen, in the order of EventColumns.
  TB_HOT void step(ItemState& item, const Event& event) {
    if (item.has(kSeen)) [[likely]] {
      accrue(item, event.at);
      if (event.state != item.state()) [[likely]]
        move(item, event);
      hand_over(item, event);
    } else {
      begin(item, event);
    }
    item.last = event.at;
    item.row = event.row;
    item.mark = (item.mark & ~std::uint32_t{kFlagged}) | (event.is_flagged ? kFlagged : 0U);
  }

 private:
  [[nodiscard]] const ItemFacts& facts() const {
    if constexpr (kIsPlain) return kNothingKnown;
    return known_;
  }
  [[nodiscard]] SideRecord& side(ItemState& item) {
    if (!item.has(kRare)) {
      const std::uint32_t index = sides_.take(stripe_);
      sides_[index].wait = item.wait;
      item.wait = index;
      item.set(kRare);
    }
    return sides_[static_cast<std::uint32_t>(item.wait)];
  }
  // When it entered its present run of done states.
  [[nodiscard]] std::int64_t run_of(const ItemState& item) const {
    if (!item.has(kRare)) return item.entered;
    const std::int64_t run = sides_[static_cast<std::uint32_t>(item.wait)].run;
    return run == kMissing ? item.entered : run;
  }

  void begin(ItemState& item, const Event& event) {
    item = {};
    item.commit = kMissing;
    item.entered = event.at;
    item.place = event.state | event.team << kStateBits;
    item.mark = kSeen | kFirstStay | event.person << kFlagBits;
    tally_.totals.items += kTimes;
    std::int32_t* const day = tally_.changes.on(tally_.days.of(event.at));
    day[event.state] += kTimes;
    if (facts().created != kMissing && facts().created < event.at) {
      day[0] -= kTimes;
      tally_.changes.on(tally_.days.of(facts().created))[0] += kTimes;
    }
    if (facts().is_ticket) {
      item.commit = facts().created != kMissing ? std::min(facts().created, event.at) : event.at;
      tally_.week(item.commit).arrivals += kTimes;
    }
    enter(item, event.at, map_.meaning[event.state]);
  }

  // The stretch since the last event. Time in done states is added when they are left.
  TB_HOT void accrue(ItemState& item, std::int64_t now) {
    if (item.commit == kMissing) return;
    if (item.has(kFinished) || facts().is_ticket) [[unlikely]]
      return;
    const std::int64_t span = now - item.last;
    const Meaning meaning = map_.stretches[2 * item.state() + (item.has(kFlagged) ? 1U : 0U)];
    if (meaning > Meaning::blocked || item.has(kRare)) [[unlikely]]
      return accrue_rare(item, meaning, span);
    const std::int64_t is_active = meaning == Meaning::active ? -1 : 0;
    const std::int64_t waits = meaning <= Meaning::wait ? -1 : 0;
    item.active += span & is_active;
    item.wait += span & waits;
  }
  void accrue_rare(ItemState& item, Meaning meaning, std::int64_t span) {
    if (span == 0) return;
    if (meaning == Meaning::active) item.active += span;
    if (meaning == Meaning::wait || meaning == Meaning::backlog) side(item).wait += span;
    if (meaning == Meaning::cancelled) side(item).done_gap += span;
    if (meaning == Meaning::unknown) side(item).unknown += span;
  }

  TB_HOT void move(ItemState& item, const Event& event) {
    const std::uint32_t state = item.state();
    const std::int64_t stay = event.at - item.entered;
    const bool entry_unknown = facts().is_truncated && item.has(kFirstStay);
    if (stay != 0 && !facts().is_ticket && !entry_unknown) [[likely]]
      tally_.add_stay(state, stay, kTimes);
    std::int32_t* const day = tally_.changes.on(tally_.days.of(event.at));
    day[state] -= kTimes;
    day[event.state] += kTimes;
    item.clear(kFirstStay);
    const Meaning from = map_.meaning[state], to = map_.meaning[event.state];
    if (from == to && to == Meaning::done) [[unlikely]]
      side(item).run = run_of(item);
    if (from != to && (from == Meaning::done || from == Meaning::cancelled)) [[unlikely]]
      leave(item, event.at, from);
    item.entered = event.at;
    item.place = event.state | item.team() << kStateBits;
    if (from != to) enter(item, event.at, to);
  }

  void leave(ItemState& item, std::int64_t now, Meaning from) {
    if (from == Meaning::cancelled && !item.has(kFinished)) tally_.totals.cancelled -= kTimes;
    if (from == Meaning::done) leave_done(item, now);
  }
  TB_HOT void enter(ItemState& item, std::int64_t now, Meaning to) {
    if (item.commit == kMissing && starts_clock(to)) {
      item.commit = now;
      tally_.week(now).arrivals += kTimes;
    }
    if (to == Meaning::cancelled && !item.has(kFinished)) tally_.totals.cancelled += kTimes;
    if (to == Meaning::done) enter_done(item, now);
  }

  void enter_done(ItemState& item, std::int64_t now) {
    if (map_.is_first_done && item.has(kFinished)) {
      if (item.has(kHeld)) tally_.week(now).second_cycles += kTimes;
      return;
    }
    add_finish(item, now, kTimes);
    count(item, now, kTimes);
    if (!map_.is_first_done) return;
    item.set(kFinished);
    if (item.commit == kMissing) item.commit = now;
  }

  // Back within the grace time the finish is withdrawn; after it the finish stays in its week.
  void leave_done(ItemState& item, std::int64_t now) {
    const std::int64_t run = run_of(item);
    const bool held = now - run > map_.grace;
    if (item.has(kRare)) side(item).run = kMissing;
    if (map_.is_first_done) {
      item.clear(kHeld);
      if (held) item.set(kHeld);
      return;
    }
    add_finish(item, run, -kTimes);
    if (!held) count(item, run, -kTimes);
    if (item.commit != kMissing && !facts().is_ticket && now > run)
      side(item).done_gap += now - run;
    if (held) item.set(kHeld);
  }

  // A finish in its week: the first that holds counts, later ones are second cycles.
  void count(const ItemState& item, std::int64_t finish, int times) {
    WeekTally& week = tally_.week(finish);
    if (item.has(kHeld)) {
      week.second_cycles += times;
      return;
    }
    week.finishes += times;
    if (facts().is_truncated) return;
    Tally::add_cycle(week, item.commit == kMissing ? 0 : finish - item.commit, times);
  }

  void add_finish(const ItemState& item, std::int64_t finish, int times) {
    Totals& totals = tally_.totals;
    totals.finished += times;
    if (item.commit == kMissing) tally_.week(finish).arrivals += times;  // went straight to done
    const std::int64_t cycle = item.commit == kMissing ? 0 : finish - item.commit;
    totals.truncated += facts().is_truncated ? times : 0;
    totals.cycle += facts().is_truncated ? 0 : Wide{cycle} * times;
    if (facts().is_ticket) {
      totals.unknown += Wide{cycle} * times;
      return;
    }
    std::int64_t wait = item.wait, rest = cycle - item.active;
    if (item.has(kRare)) {
      const SideRecord& more = sides_[static_cast<std::uint32_t>(item.wait)];
      wait = more.wait;
      rest -= more.done_gap + more.unknown;
      totals.done_gap += Wide{more.done_gap} * times;
      totals.unknown += Wide{more.unknown} * times;
    }
    totals.active += Wide{item.active} * times;
    totals.wait += Wide{wait} * times;
    totals.blocked += Wide{rest - wait} * times;
  }

  TB_HOT void hand_over(ItemState& item, const Event& event) {
    const std::uint32_t team = item.team(), person = item.person();
    tally_.totals.team_handoffs += kTimes * changes(team, event.team);
    tally_.totals.person_handoffs += kTimes * changes(person, event.person);
    if (event.team != 0) item.place = item.state() | event.team << kStateBits;
    if (event.person != 0)
      item.mark = (item.mark & ((1U << kFlagBits) - 1)) | event.person << kFlagBits;
  }
  static int changes(std::uint32_t held, std::uint32_t now) {
    return static_cast<int>(held != 0) & static_cast<int>(now != 0) & static_cast<int>(held != now);
  }

  const MapRules& map_;
  const ItemFacts& known_;
  Tally& tally_;
  SideRecords& sides_;
  std::uint32_t stripe_;
};

}  // namespace tiebeam::flow::live

#undef TB_HOT
