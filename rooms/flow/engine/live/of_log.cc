#include "rooms/flow/engine/live/of_log.h"

#include "rooms/flow/engine/window.h"

namespace tiebeam::flow::live {

Reading reading_of(const FlowLog& log) {
  Reading out;
  for (const ResolvedMap& map : log.maps) out.maps.emplace_back(map);
  if (out.maps.empty()) out.maps.emplace_back(ResolvedMap{});
  out.zone = zone_of(log);
  out.as_of = log.as_of.time_since_epoch().count();
  if (!log.transitions) return out;
  // Items that the log does not hold are not known yet.
  out.facts.resize(log.transitions->column("item").names.size());
  for (ItemFacts& facts : out.facts) facts.is_left_out = true;
  if (log.superseded_rows > 0) out.left_out.assign(log.transitions->rows(), true);
  for (const Item& item : log.items) {
    out.facts[item.key] = {item.created, item.map, item.is_ticket, item.is_truncated, false};
    if (out.left_out.empty()) continue;
    for (const Touch& touch : touches_of(log, item)) out.left_out[touch.row] = false;
  }
  return out;
}

}  // namespace tiebeam::flow::live
