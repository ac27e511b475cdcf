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

// Puts items on the clock. kTimes: 1 adds what they bring, -1 takes it back.
template <int kTimes>
class Clock {
 public:
  Clock(const MapRules& map, const ItemFacts& facts, Tally& tally, SideRecords& sides,
        std::uint32_t stripe)
      : map_(map), facts_(facts), tally_(tally), sides_(sides), stripe_(stripe) {}

  // REQUIRES: the event comes after those that `item` has seen, in the order of EventColumns.
  void step(ItemState& item, const Event& event) {
    if ((item.flags & kSeen) == 0) {
      begin(item, event);
    } else {
      accrue(item, event.at);
      if (event.state != item.state) move(item, event);
      hand_over(item, event);
    }
    item.last = event.at;
    item.row = event.row;
    item.flags =
        static_cast<std::uint8_t>((item.flags & ~kFlagged) | (event.is_flagged ? kFlagged : 0));
  }

 private:
  [[nodiscard]] SideRecord& side(ItemState& item) {
    if ((item.flags & kRare) == 0) {
      const std::uint32_t index = sides_.take(stripe_);
      sides_[index].wait = item.wait;
      item.wait = index;
      item.flags |= kRare;
    }
    return sides_[static_cast<std::uint32_t>(item.wait)];
  }
  // When it entered its present run of done states.
  [[nodiscard]] std::int64_t run_of(const ItemState& item) const {
    if ((item.flags & kRare) == 0) return item.entered;
    const std::int64_t run = sides_[static_cast<std::uint32_t>(item.wait)].run;
    return run == kMissing ? item.entered : run;
  }

  void begin(ItemState& item, const Event& event) {
    item = {};
    item.flags = kSeen | kFirstStay;
    item.entered = event.at;
    item.state = event.state;
    item.team = event.team;
    item.person = event.person;
    tally_.totals.items += kTimes;
    const std::int32_t day = tally_.days.of(event.at);
    tally_.changes.add(day, event.state, kTimes);
    if (facts_.created != kMissing && facts_.created < event.at) {
      tally_.changes.add(tally_.days.of(facts_.created), 0, kTimes);
      tally_.changes.add(day, 0, -kTimes);
    }
    if (facts_.is_ticket) {
      item.commit = facts_.created != kMissing ? std::min(facts_.created, event.at) : event.at;
      tally_.week(item.commit).arrivals += kTimes;
    }
    enter(item, event.at, map_.meaning[event.state]);
  }

  // The stretch since the last event. Time in done states is added when they are left.
  void accrue(ItemState& item, std::int64_t now) {
    if (item.commit == kMissing || (item.flags & kFinished) != 0 || facts_.is_ticket) return;
    const std::int64_t span = now - item.last;
    const bool is_flagged = (item.flags & kFlagged) != 0;
    const Meaning meaning = map_.stretches[2 * item.state + (is_flagged ? 1 : 0)];
    item.active += meaning == Meaning::active ? span : 0;
    const bool waits = meaning == Meaning::wait || meaning == Meaning::backlog;
    if (meaning <= Meaning::blocked && (item.flags & kRare) == 0) {
      item.wait += waits ? span : 0;
    } else if (span > 0) {
      if (waits) side(item).wait += span;
      if (meaning == Meaning::cancelled) side(item).done_gap += span;
      if (meaning == Meaning::unknown) side(item).unknown += span;
    }
  }

  void move(ItemState& item, const Event& event) {
    const std::int64_t stay = event.at - item.entered;
    const bool has_length = stay != 0 && !facts_.is_ticket;
    const bool entry_unknown = facts_.is_truncated && (item.flags & kFirstStay) != 0;
    if (has_length && !entry_unknown) tally_.add_stay(item.state, stay, kTimes);
    const std::int32_t day = tally_.days.of(event.at);
    tally_.changes.add(day, item.state, -kTimes);
    tally_.changes.add(day, event.state, kTimes);
    const Meaning from = map_.meaning[item.state], to = map_.meaning[event.state];
    if (from == to && to == Meaning::done) side(item).run = run_of(item);
    if (from != to) leave(item, event.at, from);
    item.entered = event.at;
    item.state = event.state;
    item.flags &= static_cast<std::uint8_t>(~kFirstStay);
    if (from != to) enter(item, event.at, to);
  }

  void leave(ItemState& item, std::int64_t now, Meaning from) {
    if (from == Meaning::cancelled && (item.flags & kFinished) == 0) {
      tally_.totals.cancelled -= kTimes;
    }
    if (from == Meaning::done) leave_done(item, now);
  }
  void enter(ItemState& item, std::int64_t now, Meaning to) {
    if (starts_clock(to) && item.commit == kMissing) {
      item.commit = now;
      tally_.week(now).arrivals += kTimes;
    }
    if (to == Meaning::cancelled && (item.flags & kFinished) == 0) {
      tally_.totals.cancelled += kTimes;
    }
    if (to == Meaning::done) enter_done(item, now);
  }

  void enter_done(ItemState& item, std::int64_t now) {
    if (map_.is_first_done && (item.flags & kFinished) != 0) {
      if ((item.flags & kHeld) != 0) tally_.week(now).second_cycles += kTimes;
      return;
    }
    add_finish(item, now, kTimes);
    count(item, now, kTimes);
    if (!map_.is_first_done) return;
    item.flags |= kFinished;
    if (item.commit == kMissing) item.commit = now;
  }

  // Back within the grace time the finish is withdrawn; after it the finish stays in its week.
  void leave_done(ItemState& item, std::int64_t now) {
    const std::int64_t run = run_of(item);
    const bool held = now - run > map_.grace;
    if ((item.flags & kRare) != 0) side(item).run = kMissing;
    if (map_.is_first_done) {
      item.flags = static_cast<std::uint8_t>((item.flags & ~kHeld) | (held ? kHeld : 0));
      return;
    }
    add_finish(item, run, -kTimes);
    if (!held) count(item, run, -kTimes);
    if (item.commit != kMissing && !facts_.is_ticket && now > run) {
      side(item).done_gap += now - run;
    }
    if (held) item.flags |= kHeld;
  }

  // A finish in its week: the first that holds counts, later ones are second cycles.
  void count(const ItemState& item, std::int64_t finish, int times) {
    WeekTally& week = tally_.week(finish);
    if ((item.flags & kHeld) != 0) {
      week.second_cycles += times;
      return;
    }
    week.finishes += times;
    if (facts_.is_truncated) return;
    tally_.add_cycle(week, item.commit == kMissing ? 0 : finish - item.commit, times);
  }

  void add_finish(ItemState& item, std::int64_t finish, int times) {
    Totals& totals = tally_.totals;
    totals.finished += times;
    if (item.commit == kMissing) tally_.week(finish).arrivals += times;  // went straight to done
    const std::int64_t cycle = item.commit == kMissing ? 0 : finish - item.commit;
    totals.truncated += facts_.is_truncated ? times : 0;
    totals.cycle += facts_.is_truncated ? 0 : Wide{cycle} * times;
    if (facts_.is_ticket) {
      totals.unknown += Wide{cycle} * times;
      return;
    }
    std::int64_t wait = item.wait, rest = cycle - item.active;
    if ((item.flags & kRare) != 0) {
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

  void hand_over(ItemState& item, const Event& event) {
    const auto changes = [](std::uint32_t held, std::uint32_t now) {
      return held != 0 && now != 0 && held != now ? kTimes : 0;
    };
    tally_.totals.team_handoffs += changes(item.team, event.team);
    tally_.totals.person_handoffs += changes(item.person, event.person);
    item.team = event.team != 0 ? event.team : item.team;
    item.person = event.person != 0 ? event.person : item.person;
  }

  const MapRules& map_;
  const ItemFacts& facts_;
  Tally& tally_;
  SideRecords& sides_;
  std::uint32_t stripe_;
};

}  // namespace tiebeam::flow::live
