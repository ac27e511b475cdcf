// Where the flow time of finished work is spent, state by state, and what it would be without the
// stays in one of them: replayed item by item, never a sum of percentiles.
// docs/method/bottlenecks.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "quant/half_samples.h"
#include "rooms/flow/engine/bottleneck/constraint.h"
#include "rooms/flow/engine/bottleneck/stays.h"
#include "rooms/flow/engine/delay_cost.h"

namespace tiebeam::flow {

// One line of the flow time: as it is, as it would be, and what that saves, in days. The line
// itself exists from 1 (mean), 5 (p50) or 19 (p85) items on, the interval of what is saved from 2
// (mean) or 62 on.
struct Effect {
  std::optional<double> now, then, saved;
  std::optional<Interval> interval;  // of `saved`, cut at 0
};
struct Effects {
  Effect mean, p50, p85;
};

// The flow times of the same finished items before and after something, in the same order.
class Before {
 public:
  explicit Before(const std::vector<std::int64_t>& cycles);
  // REQUIRES: as many as in `cycles`, none longer than its cycle.
  [[nodiscard]] Effects without(const std::vector<std::int64_t>& saved) const;

 private:
  const std::vector<std::int64_t>& cycles_;
  std::optional<quant::PairedGroups> sorted_;
};

struct Bottleneck {
  std::string state;
  Meaning meaning = Meaning::unknown;
  Judged judged;
  std::size_t items = 0;  // finished items that were in it
  double days = 0;        // their days in it
  double share = 0;       // of all flow time
  std::optional<Interval> share_interval;
  Effects effects;  // of the stays vanishing
  std::optional<double> growth_a_week;
  double rank = 0;
  bool is_tied = false;  // these items cannot tell it from the first
  std::optional<Money> cost;
  std::size_t index = 0;  // in FinishedStays::states
};

struct Bottlenecks {
  FinishedStays stays;
  std::vector<Bottleneck> rows;  // by days saved on average, most first
};

// Cost: O(events + states x items x log items).
[[nodiscard]] Bottlenecks compute_bottlenecks(const FlowReport& report);
[[nodiscard]] std::shared_ptr<const Bottlenecks> bottlenecks_of(const FigureBook& book);

// flow.bottleneck.*: of the first row.
[[nodiscard]] FigureFamily bottleneck_family();

}  // namespace tiebeam::flow
