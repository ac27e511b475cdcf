// Flow efficiency that cannot be faked quietly: a ratio of sums, a band over three readings of the
// same events, and no number at all where the workflow shows no waiting.
// docs/method/flow-efficiency.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "quant/quantile.h"
#include "rooms/flow/engine/window.h"

namespace tiebeam::flow {

// An active stay without any event for longer than this is presumed to be a wait.
// Source: ours, see docs/method/flow-efficiency.md.
constexpr std::int64_t kTouchWorkingTime = 8LL * 3600 * 1'000'000;   // with a calendar
constexpr std::int64_t kTouchElapsedTime = 24LL * 3600 * 1'000'000;  // without one
// A wait between two active visits must be seen in at least this share of the finished items.
constexpr double kWaitSeenShare = 0.01;

// One finished item on the clock, microseconds.
struct EfficiencyItem {
  std::uint32_t item = 0;
  std::int64_t clock = 0;         // active + wait + blocked
  std::int64_t active = 0;        // as the map declares
  std::int64_t owner_active = 0;  // without the states that are mostly left to another owner
  std::int64_t touch_active = 0;  // without active stays that show no touch
};

struct Efficiency {
  std::vector<EfficiencyItem> items;
  std::optional<quant::Spread> declared;
  double owner_view = 0, touch_view = 0;
  double low = 0, high = 0;                    // of the three views
  double mapped_share = 1;                     // of the cycle time in states of the map
  std::vector<std::string> owner_wait_states;  // counted as wait in the second view
  std::size_t finished = 0;                    // in the window, whatever their history
  std::size_t from_lists = 0;                  // of those, from ticket lists
  std::size_t waits_inside = 0;                // of those, with a wait between active visits
  bool is_measurable = false;
  std::string reason;  // when it is not measurable
};

[[nodiscard]] Efficiency efficiency_of(const FlowLog& log, const Walked& walked,
                                       const Window& window);

}  // namespace tiebeam::flow
