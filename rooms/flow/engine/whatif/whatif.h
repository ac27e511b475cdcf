// What flow time would be if a queue were shorter, an approval gone, or a team larger. Cuts and
// removals are replayed on every finished item, exactly; capacity is an estimate by a queueing
// formula, shown with a range. docs/method/bottlenecks.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/bottleneck/bottleneck.h"

namespace tiebeam::flow {

enum class LeverKind : std::uint8_t { cut, remove, add_capacity };

struct Lever {
  LeverKind kind = LeverKind::cut;
  std::string state;
  double amount = 1;     // cut: share of each stay, in (0, 1]; add_capacity: people, or a share
  bool is_share = true;  // add_capacity: `amount` is a share of the capacity there is
  std::optional<Money> cost;
};

struct WhatIfQuestion {
  std::vector<Lever> levers;  // none: the ranking of the usual levers
  std::optional<std::uint32_t> stream;
  std::optional<Money> cost_of_delay;  // of a day of one item; none: what the streams say
  std::vector<std::pair<std::string, Money>> costs;  // by state
};

// The part of one item's time in one state that a lever works on.
struct CutStay {
  std::uint32_t place;  // in FinishedStays::items
  std::uint32_t state;
  std::int64_t time;
};

// The share of each such part that a lever takes away: one number when exact, a range when
// estimated.
struct Cut {
  double low = 0, middle = 0, high = 0;
};

struct LeverRow {
  std::optional<Lever> lever;  // none: all that were asked for, together
  std::string label;
  Constraint constraint = Constraint::unclear;
  bool is_estimate = false;
  std::size_t items = 0;       // finished items it would have changed
  Effects effects;             // intervals: chance; of an estimate: the range of its readings
  std::optional<Money> value;  // days saved x cost of delay, over the items of the window
  std::optional<Money> cost;
  std::optional<double> per_cost;       // value / cost
  std::optional<double> days_per_cost;  // days saved on average / cost in major units
  std::string assumption, reason;       // reason: why nothing can be said
};

struct MovedItem {
  std::uint32_t item;
  std::int64_t now, then;
};

struct WhatIf {
  bool is_asked = false;
  FinishedStays stays;
  std::vector<LeverRow> rows;  // best first
  std::optional<LeverRow> together;
  std::vector<std::int64_t> saved;  // by place: of `together`, else of the best row
  std::string value_missing;        // why there is no value; empty: there is
};

// A usual lever takes this share off a queue.
constexpr double kUsualCut = 0.3;

[[nodiscard]] WhatIf compute_whatif(const FigureBook& book, const WhatIfQuestion& question);

// flow.cycle_time.{p50,p85,mean} of the items asked for and flow.whatif.{p50,p85,mean,value} of
// all levers together. Not in the registry: they are an answer to one question.
[[nodiscard]] std::vector<Figure> whatif_figures(const FlowReport& report, const WhatIf& found);
// The items behind flow.whatif.*, in the form that recompute.h reads.
[[nodiscard]] std::vector<Evidence> whatif_evidence(const FlowReport& report, const WhatIf& found,
                                                    std::string_view key);
// What the levers change most; most days saved first.
[[nodiscard]] std::vector<MovedItem> moved_items(const WhatIf& found, std::size_t most);

}  // namespace tiebeam::flow
