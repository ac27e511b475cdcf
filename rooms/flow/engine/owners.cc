#include "rooms/flow/engine/owners.h"

#include <algorithm>
#include <tuple>

namespace tiebeam::flow {
namespace {

struct Pair {
  std::uint32_t from, to;
  std::int64_t wait;  // kMissing: none
};

// One row per pair of teams, from all handoffs of all items.
std::vector<HandoverRow> matrix(const FlowLog& log, std::vector<Pair>& pairs) {
  std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  std::vector<HandoverRow> rows;
  for (std::size_t i = 0; i < pairs.size();) {
    std::size_t row_end = i;
    while (row_end < pairs.size() && pairs[row_end].from == pairs[i].from) ++row_end;
    const auto total = static_cast<double>(row_end - i);
    while (i < row_end) {
      HandoverRow row;
      row.from = log.team_name(pairs[i].from);
      row.to = log.team_name(pairs[i].to);
      std::int64_t wait = 0;
      std::int64_t waited = 0;
      const std::uint32_t to = pairs[i].to;
      for (; i < row_end && pairs[i].to == to; ++i) {
        ++row.count;
        if (pairs[i].wait == kMissing) continue;
        wait += pairs[i].wait;
        ++waited;
      }
      row.share = static_cast<double>(row.count) / total;
      if (waited > 0) row.mean_wait_days = days_of(wait) / static_cast<double>(waited);
      rows.push_back(std::move(row));
    }
  }
  std::ranges::sort(rows, [](const HandoverRow& a, const HandoverRow& b) {
    if (a.count != b.count) return a.count > b.count;
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return rows;
}

}  // namespace

std::vector<Handoff> handoffs_of(std::span<const Touch> touches, std::uint32_t Touch::* owner) {
  std::vector<Handoff> out;
  each_handoff(touches, owner, [&](const Handoff& handoff) { out.push_back(handoff); });
  return out;
}

std::optional<std::int64_t> wait_after(std::span<const Touch> touches, std::size_t touch,
                                       const ItemFlow& flow, const Window& window) {
  const std::int64_t from = touches[touch].at;
  std::int64_t to = window.horizon;
  if (touch + 1 < touches.size())
    to = std::min(to, touches[touch + 1].at);
  else if (flow.end() != kMissing)
    return std::nullopt;
  return std::clamp<std::int64_t>(to - from, 0, kHandoverWatch);
}

Owners owners_of(const FlowLog& log, const Walked& walked, const Window& window) {
  Owners out;
  out.items.resize(log.items.size());
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < log.items.size(); ++i) {
    const auto touches = touches_of(log, log.items[i]);
    ItemOwners& item = out.items[i];
    std::uint32_t before = 0;
    each_handoff(touches, &Touch::team, [&](const Handoff& handoff) {
      if (window.holds(touches[handoff.touch].at)) {
        ++item.team_handoffs;
        item.has_pingpong = item.has_pingpong || before == handoff.to;
        const auto wait = wait_after(touches, handoff.touch, walked.items[i], window);
        pairs.push_back({handoff.from, handoff.to, wait.value_or(kMissing)});
      }
      before = handoff.from;
    });
    each_handoff(touches, &Touch::person, [&](const Handoff& handoff) {
      if (window.holds(touches[handoff.touch].at)) ++item.person_handoffs;
    });
    out.team_handoffs += item.team_handoffs;
    out.person_handoffs += item.person_handoffs;
  }
  out.handover = matrix(log, pairs);
  return out;
}

}  // namespace tiebeam::flow
