#include "rooms/flow/engine/efficiency.h"

#include <fmt/format.h>

#include <algorithm>

namespace tiebeam::flow {
namespace {

// Per map and active state: how often a stay ended with another owner.
struct Exits {
  std::int64_t known = 0;
  std::int64_t to_other = 0;
};

// Owners are compared as teams where both teams are known, else as people.
void count_exit(const Touch& leaving, const Touch& entering, Exits& exits) {
  const bool by_team = leaving.team != 0 && entering.team != 0;
  const std::uint32_t from = by_team ? leaving.team : leaving.person;
  const std::uint32_t to = by_team ? entering.team : entering.person;
  if (from == 0 || to == 0) return;
  ++exits.known;
  exits.to_other += from != to ? 1 : 0;
}

std::vector<std::vector<Exits>> exits_by_state(const FlowLog& log, const Window& window) {
  std::vector<std::vector<Exits>> out;
  for (const ResolvedMap& map : log.maps) out.emplace_back(map.meaning.size());
  for (const Item& item : log.items) {
    const auto touches = touches_of(log, item);
    for (std::size_t i = 0; i + 1 < touches.size(); ++i) {
      const std::uint32_t state = touches[i].state;
      if (touches[i + 1].state == state || !window.holds(touches[i + 1].at)) continue;
      if (log.maps[item.map].meaning[state] != Meaning::active) continue;
      count_exit(touches[i], touches[i + 1], out[item.map][state]);
    }
  }
  return out;
}

bool leaves_to_another(const Exits& exits) {
  return exits.known > 0 && 2 * exits.to_other > exits.known;
}

bool is_untouched(const Stream& stream, std::int64_t from, std::int64_t to) {
  if (!stream.calendar) return to - from > kTouchElapsedTime;
  if (to - from <= kTouchWorkingTime) return false;
  return stream.calendar->working(instant_of(from), instant_of(to)).count() > kTouchWorkingTime;
}

EfficiencyItem measure(const FlowLog& log, const ItemFlow& flow,
                       const std::vector<std::vector<Exits>>& exits) {
  const Item& item = log.items[flow.item];
  EfficiencyItem out;
  out.item = flow.item;
  out.clock = flow.active + flow.wait + flow.blocked;
  out.active = flow.active;
  for_each_stretch(log, flow, flow.finish,
                   [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
                     if (meaning != Meaning::active) return;
                     if (!leaves_to_another(exits[item.map][touch.state]))
                       out.owner_active += to - from;
                     if (!is_untouched(log.streams[item.stream], from, to))
                       out.touch_active += to - from;
                   });
  return out;
}

void judge(const FlowLog& log, Efficiency& out) {
  bool has_stage_inside = false;
  for (const ResolvedMap& map : log.maps)
    has_stage_inside = has_stage_inside || map.has_wait_stage_inside;
  const double seen = static_cast<double>(out.waits_inside);
  const bool seen_enough =
      seen > 0 && seen >= kWaitSeenShare * static_cast<double>(out.items.size());
  if (out.finished == 0) {
    out.reason = "no item finished in the window";
  } else if (out.from_lists == out.finished) {
    out.reason =
        "a list of tickets does not tell when work waited: import the history of each ticket "
        "(tiebeam import FILE --format events with item,at,state, or the audit log of the tool)";
  } else if (!out.declared) {
    out.reason =
        "the finished items spent no time in active or waiting states: name the states in the "
        "state map";
  } else if (!seen_enough && !has_stage_inside) {
    out.reason =
        "the workflow has no waiting state between active ones, so every number would be near 100 "
        "%: "
        "name the states in which work waits (class wait or blocked) in the state map";
  } else {
    out.is_measurable = true;
  }
}

}  // namespace

Efficiency efficiency_of(const FlowLog& log, const Walked& walked, const Window& window) {
  Efficiency out;
  const auto exits = exits_by_state(log, window);
  std::int64_t unknown = 0;
  std::int64_t cycle = 0;
  for (const ItemFlow& flow : walked.items) {
    if (!flow.is_finished() || !window.holds(flow.finish)) continue;
    ++out.finished;
    if (flow.is_ticket) ++out.from_lists;
    if (flow.is_ticket || flow.skipped_all) continue;
    unknown += flow.unknown;
    cycle += flow.finish - flow.commit;
    out.waits_inside += flow.waits_inside ? 1 : 0;
    const EfficiencyItem item = measure(log, flow, exits);
    if (item.clock > 0) out.items.push_back(item);
  }
  if (cycle > 0) out.mapped_share = 1 - static_cast<double>(unknown) / static_cast<double>(cycle);
  std::vector<double> active, clock;
  std::int64_t clock_sum = 0, owner_sum = 0, touch_sum = 0;
  for (const EfficiencyItem& item : out.items) {
    active.push_back(days_of(item.active));
    clock.push_back(days_of(item.clock));
    clock_sum += item.clock, owner_sum += item.owner_active, touch_sum += item.touch_active;
  }
  out.declared = quant::ratio_of_sums(active, clock);
  if (out.declared) {
    out.owner_view = static_cast<double>(owner_sum) / static_cast<double>(clock_sum);
    out.touch_view = static_cast<double>(touch_sum) / static_cast<double>(clock_sum);
    out.low = std::min({out.declared->value, out.owner_view, out.touch_view});
    out.high = std::max({out.declared->value, out.owner_view, out.touch_view});
  }
  for (std::size_t map = 0; map < exits.size(); ++map) {
    for (std::uint32_t state = 0; state < exits[map].size(); ++state) {
      if (leaves_to_another(exits[map][state]))
        out.owner_wait_states.emplace_back(log.state_name(state));
    }
  }
  std::ranges::sort(out.owner_wait_states);
  judge(log, out);
  return out;
}

}  // namespace tiebeam::flow
