// The clock rules (spec: docs/method/flow-time.md) on one item: when it was committed, when it was
// finished, and what its time in between was made of. Exact: microseconds, no floating point.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "rooms/flow/engine/log.h"

namespace tiebeam::flow {

// How an item stands at the as-of.
enum class Standing : std::uint8_t { waiting_to_start, open, finished, cancelled };

// What the clock rules say of one item, as known at the as-of. Instants are microseconds, kMissing:
// none.
struct ItemFlow {
  std::uint32_t item = 0;  // index in FlowLog::items
  Standing standing = Standing::open;
  std::int64_t first = 0;             // its first event
  std::int64_t commit = kMissing;     // the clock starts
  std::int64_t finish = kMissing;     // entry into the last unbroken run of done states
  std::int64_t cancelled = kMissing;  // entry into the last unbroken run of cancelled states
  std::int64_t counted = kMissing;  // the finish its week's throughput counts: the first that held
  std::int64_t created = kMissing;
  std::uint32_t commit_row = kNone, end_row = kNone, counted_row = kNone;
  std::uint32_t state_touch = kNone;  // touch that entered the present state
  bool skipped_all = false;           // went straight to done: cycle time 0
  bool is_truncated = false;          // committed before its first event, nobody knows when
  bool is_ticket = false;
  std::uint16_t withdrawn = 0;      // finishes taken back within the grace time
  std::uint16_t second_cycles = 0;  // cycles after the first finish that held
  std::uint16_t backward_moves = 0;
  bool has_stage = false;     // its map gives at least one of its states a stage
  bool waits_inside = false;  // a wait or block between two active visits
  // Time in [commit, end) by meaning; end is finish, cancellation or the as-of. Backlog after the
  // commit counts as wait; done and cancelled stays that were left again are done_gap.
  std::int64_t active = 0, wait = 0, blocked = 0, done_gap = 0, unknown = 0;

  [[nodiscard]] bool is_committed() const { return commit != kMissing; }
  [[nodiscard]] bool is_finished() const { return standing == Standing::finished; }
  // The end of its clock: finish, cancellation, or none while open.
  [[nodiscard]] std::int64_t end() const { return finish != kMissing ? finish : cancelled; }
};

// A finish of a cycle after the first that held: rework, outside the throughput.
struct SecondFinish {
  std::uint32_t item;
  std::int64_t at;
  std::uint32_t row;
};

struct Walked {
  std::vector<ItemFlow> items;  // one per FlowLog::items, same order
  std::vector<SecondFinish> second_finishes;
};

// The meaning of the stretch after `touch`: a flag makes it blocked, whatever the state says.
[[nodiscard]] inline Meaning meaning_of(const ResolvedMap& map, const Touch& touch) {
  const Meaning meaning = map.meaning[touch.state];
  const bool can_block = starts_clock(meaning) || meaning == Meaning::backlog;
  return touch.is_flagged && can_block ? Meaning::blocked : meaning;
}

[[nodiscard]] std::span<const Touch> touches_of(const FlowLog& log, const Item& item);
[[nodiscard]] Walked walk(const FlowLog& log);

// Calls visit(meaning, from, to) for each stretch of [commit, end) between two touches, in order;
// `until` ends the last stretch of an open item.
template <class F>
void for_each_stretch(const FlowLog& log, const ItemFlow& flow, std::int64_t until, F visit) {
  if (!flow.is_committed()) return;
  const Item& item = log.items[flow.item];
  const std::span<const Touch> touches = touches_of(log, item);
  const ResolvedMap& map = log.maps[item.map];
  const std::int64_t end = flow.end() == kMissing ? until : std::min(flow.end(), until);
  for (std::size_t i = 0; i < touches.size(); ++i) {
    const std::int64_t from = std::max(touches[i].at, flow.commit);
    const std::int64_t to = std::min(i + 1 < touches.size() ? touches[i + 1].at : end, end);
    if (to > from) visit(meaning_of(map, touches[i]), touches[i], from, to);
  }
}

}  // namespace tiebeam::flow
