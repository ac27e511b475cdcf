#include "rooms/flow/engine/live/of_log.h"

#include <algorithm>

#include "rooms/flow/engine/window.h"

namespace tiebeam::flow::live {
namespace {

// Nothing is known of any item beside its events.
bool is_plain(const FlowLog& log) {
  if (log.facts && log.facts->rows() > 0) return false;
  return std::ranges::all_of(log.items, [](const Item& item) {
    return item.created == kMissing && item.map == 0 && !item.is_ticket && !item.is_truncated;
  });
}

// By item id. Items that the log does not hold are not known yet.
std::vector<ItemFacts> facts_of(const FlowLog& log) {
  std::vector<ItemFacts> out(log.transitions->column("item").names.size());
  for (ItemFacts& facts : out) facts.is_left_out = true;
  for (const Item& item : log.items)
    out[item.key] = {item.created, item.map, item.is_ticket, item.is_truncated, false};
  return out;
}

std::vector<bool> superseded_rows(const FlowLog& log) {
  std::vector<bool> out(log.transitions->rows(), true);
  for (const Item& item : log.items) {
    for (const Touch& touch : touches_of(log, item)) out[touch.row] = false;
  }
  return out;
}

}  // namespace

Reading reading_of(const FlowLog& log) {
  Reading out;
  for (const ResolvedMap& map : log.maps) out.maps.emplace_back(map);
  if (out.maps.empty()) out.maps.emplace_back(ResolvedMap{});
  out.zone = zone_of(log);
  out.as_of = log.as_of.time_since_epoch().count();
  if (!log.transitions) return out;
  if (!is_plain(log)) out.facts = facts_of(log);
  if (log.superseded_rows > 0) out.left_out = superseded_rows(log);
  return out;
}

}  // namespace tiebeam::flow::live
