#include "rooms/flow/engine/cumulative.h"

#include <algorithm>

namespace tiebeam::flow {
namespace {

using Table = std::vector<std::vector<std::int64_t>>;

// Adds `change` from the first time at or after `at` on; summed up by accumulate().
void change_from(Table& table, const std::vector<std::int64_t>& times, std::int64_t at,
                 std::size_t column, std::int64_t change) {
  const auto index = std::ranges::lower_bound(times, at) - times.begin();
  if (static_cast<std::size_t>(index) < times.size())
    table[static_cast<std::size_t>(index)][column] += change;
}
void accumulate(Table& table) {
  for (std::size_t t = 1; t < table.size(); ++t) {
    for (std::size_t c = 0; c < table[t].size(); ++c) table[t][c] += table[t - 1][c];
  }
}

}  // namespace

Cumulative cumulative_of(const FlowLog& log, const std::vector<std::int64_t>& times) {
  Cumulative out;
  const std::size_t states = log.transitions ? log.transitions->column("state").names.size() : 1;
  for (std::uint32_t state = 1; state < states; ++state)
    out.states.emplace_back(log.state_name(state));
  out.states.emplace_back();
  for (const ResolvedMap& map : log.maps) {
    if (map.map.order.size() > out.stages.size()) out.stages = map.map.order;
  }
  out.reached.assign(times.size(), std::vector<std::int64_t>(out.stages.size(), 0));
  out.occupancy.assign(times.size(), std::vector<std::int64_t>(out.states.size(), 0));
  const std::size_t unseen = out.states.size() - 1;
  const auto column = [&](std::uint32_t state) { return state == 0 ? unseen : state - 1; };
  for (const Item& item : log.items) {
    const auto touches = touches_of(log, item);
    const std::int64_t first = touches.front().at;
    if (item.created != kMissing && item.created < first) {
      change_from(out.occupancy, times, item.created, unseen, 1);
      change_from(out.occupancy, times, first, unseen, -1);
    }
    int furthest = -1;
    for (std::size_t i = 0; i < touches.size(); ++i) {
      change_from(out.occupancy, times, touches[i].at, column(touches[i].state), 1);
      if (i > 0) change_from(out.occupancy, times, touches[i].at, column(touches[i - 1].state), -1);
      const int stage = log.maps[item.map].stage[touches[i].state];
      for (; furthest < stage; ++furthest) {
        change_from(out.reached, times, touches[i].at, static_cast<std::size_t>(furthest + 1), 1);
      }
    }
  }
  accumulate(out.reached);
  accumulate(out.occupancy);
  return out;
}

}  // namespace tiebeam::flow
