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
  // By state id: what entering and leaving it may do.
  enum Kind : std::uint8_t { kNeither = 0, kStarts = 1, kEnds = 2 };
  std::vector<std::uint8_t> kinds;
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
// kKeeps: lengths of stays are kept and counted later.
template <int kTimes, bool kIsPlain = false, bool kKeeps = false>
class Clock {
 public:
  Clock(const MapRules& map, const ItemFacts& facts, Tally& tally, SideRecords& sides,
        std::uint32_t stripe)
      : map_(map), known_(facts), tally_(tally), sides_(sides), stripe_(stripe) {}

  // REQUIRES: the event comes after those that `item` has seen, in the order of EventColumns.
  TB_HOT void step(ItemState& item, const Event& event) {
    std::uint32_t mark = item.mark;
    if ((mark & kSeen) == 0) [[unlikely]]
      return begin(item, event);
    const std::uint32_t state = item.state(), team = item.team(), person = mark >> kFlagBits;
    mark = accrue(item, mark, event.at);
    if (event.state != state) [[likely]]
      mark = move(item, mark, state, event);
    tally_.totals.team_handoffs += kTimes * changes(team, event.team);
    tally_.totals.person_handoffs += kTimes * changes(person, event.person);
    item.last = event.at;
    item.row = event.row;
    item.place = event.state | (event.team != 0 ? event.team : team) << kStateBits;
    constexpr std::uint32_t kKept = ((1U << kFlagBits) - 1) & ~std::uint32_t{kFlagged};
    item.mark = (mark & kKept) | (event.is_flagged ? kFlagged : 0U) |
                (event.person != 0 ? event.person : person) << kFlagBits;
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

  void begin(ItemState& item, Event event) {
    item = {};
    item.commit = kMissing;
    item.entered = event.at;
    item.place = event.state | event.team << kStateBits;
    item.mark = kSeen | kFirstStay | (event.is_flagged ? kFlagged : 0U) | event.person << kFlagBits;
    item.last = event.at;
    item.row = event.row;
    tally_.totals.items += kTimes;
    tally_.changes_on(event.at)[event.state] += kTimes;
    if (facts().created != kMissing && facts().created < event.at) {
      tally_.changes_on(event.at)[0] -= kTimes;
      tally_.changes_on(facts().created)[0] += kTimes;
    }
    if (facts().is_ticket) {
      item.commit = facts().created != kMissing ? std::min(facts().created, event.at) : event.at;
      tally_.week(item.commit).arrivals += kTimes;
    }
    enter(item, event.at, map_.meaning[event.state]);
  }

  // The stretch since the last event; gives the item's mark. Time in done states is added when they
  // are left. The mark is handed on instead of read again: reading what was just written in parts
  // would stall.
  TB_HOT std::uint32_t accrue(ItemState& item, std::uint32_t mark, std::int64_t now) {
    if (item.commit == kMissing) return mark;
    const std::int64_t span = now - item.last;
    const Meaning meaning = map_.stretches[2 * item.state() + ((mark & kFlagged) != 0 ? 1U : 0U)];
    if (meaning > Meaning::blocked || (mark & (kRare | kFinished)) != 0 || facts().is_ticket)
        [[unlikely]] {
      accrue_rare(item, meaning, span);
      return item.mark;
    }
    const std::int64_t is_active = meaning == Meaning::active ? -1 : 0;
    const std::int64_t waits = meaning <= Meaning::wait ? -1 : 0;
    item.active += span & is_active;
    item.wait += span & waits;
    return mark;
  }
  void accrue_rare(ItemState& item, Meaning meaning, std::int64_t span) {
    if (span == 0 || item.has(kFinished) || facts().is_ticket) return;
    if (meaning == Meaning::active) item.active += span;
    if (meaning == Meaning::wait || meaning == Meaning::backlog) side(item).wait += span;
    if (meaning == Meaning::cancelled) side(item).done_gap += span;
    if (meaning == Meaning::unknown) side(item).unknown += span;
  }

  // Gives the item's mark, as accrue().
  TB_HOT std::uint32_t move(ItemState& item, std::uint32_t mark, std::uint32_t state,
                            const Event& event) {
    const std::int64_t stay = event.at - item.entered;
    const bool entry_unknown = facts().is_truncated && (mark & kFirstStay) != 0;
    if (stay != 0 && !facts().is_ticket && !entry_unknown) [[likely]]
      tally_.add_stay<kKeeps>(state, stay, kTimes);
    std::int32_t* const day = tally_.changes_on(event.at);
    day[state] -= kTimes;
    day[event.state] += kTimes;
    const std::uint8_t next = map_.kinds[event.state];
    if (((map_.kinds[state] | next) & MapRules::kEnds) != 0) [[unlikely]] {
      turn(item, event.at, map_.meaning[state], map_.meaning[event.state]);
      return item.mark & ~std::uint32_t{kFirstStay};
    }
    item.entered = event.at;
    if (item.commit == kMissing && next == MapRules::kStarts) commit(item, event.at);
    return mark & ~std::uint32_t{kFirstStay};
  }
  void commit(ItemState& item, std::int64_t now) {
    item.commit = now;
    tally_.week(now).arrivals += kTimes;
  }
  // Into, out of, or between done and cancelled states.
  void turn(ItemState& item, std::int64_t now, Meaning from, Meaning to) {
    if (from == to && to == Meaning::done) side(item).run = run_of(item);
    if (from != to) leave(item, now, from);
    item.entered = now;
    if (from != to) enter(item, now, to);
  }

  void leave(ItemState& item, std::int64_t now, Meaning from) {
    if (from == Meaning::cancelled && !item.has(kFinished)) tally_.totals.cancelled -= kTimes;
    if (from == Meaning::done) leave_done(item, now);
  }
  void enter(ItemState& item, std::int64_t now, Meaning to) {
    if (item.commit == kMissing && starts_clock(to)) commit(item, now);
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
