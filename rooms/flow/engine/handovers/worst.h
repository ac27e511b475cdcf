// The pairs of teams after whose handovers work waits longest, and what that waiting costs.
// docs/method/bottlenecks.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "quant/quantile.h"
#include "rooms/flow/engine/delay_cost.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

constexpr std::size_t kWorstPairs = 5;

// One handover with the wait after it (to the next event of the item, at most 72 hours).
struct HandoverWait {
  std::uint32_t item;
  std::uint32_t touch;  // the receiving one, index within the item
  std::uint32_t pair;   // in HandoverWaits::pairs
  std::int64_t wait;
};
struct PairRow {
  std::string from, to;
  std::int64_t count = 0;  // handovers after which something could wait
  double days = 0;         // waited after them, all together
  double share = 0;        // of the waiting after all handovers
  quant::Spread mean{};    // after one; no width for one handover
  std::optional<Money> cost;
};
struct HandoverWaits {
  std::vector<HandoverWait> waits;  // by item
  std::vector<PairRow> pairs;       // most days first
  std::int64_t time = 0;
  DelayCost cost;
};

[[nodiscard]] HandoverWaits compute_handover_waits(const FlowReport& report);
[[nodiscard]] std::shared_ptr<const HandoverWaits> handover_waits_of(const FigureBook& book);

// flow.handoffs.worst5.share, flow.handoffs.cost
[[nodiscard]] FigureFamily handover_family();

}  // namespace tiebeam::flow
