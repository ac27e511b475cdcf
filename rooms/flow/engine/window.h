// The window [from, end) a report looks at, and its weeks and months in local time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rooms/flow/engine/walk.h"

namespace tiebeam::flow {

// Microseconds since 1970. `end` excludes; `horizon` is the last instant the ages are taken at:
// the as-of, or `end` when the window stops before it.
struct Window {
  std::int64_t from = 0;
  std::int64_t end = 0;
  std::int64_t horizon = 0;

  [[nodiscard]] bool holds(std::int64_t at) const {
    return at != kMissing && from <= at && at < end;
  }
  // The item was there in the window: it had begun before its end and was not over before its
  // start.
  [[nodiscard]] bool holds(const ItemFlow& flow, std::int64_t last_event) const {
    const bool over = flow.end() != kMissing && flow.end() < from && last_event < from;
    return flow.first < end && !over;
  }
};

// Asked bounds, else from the first event to just after the as-of.
[[nodiscard]] Window resolve_window(const FlowLog& log, std::optional<Instant> from,
                                    std::optional<Instant> to);

enum class Step : std::uint8_t { week, month };
struct Period {
  Day start{};  // Monday, or the first of the month
  std::int64_t from = 0, to = 0;
  bool is_full = false;  // wholly inside the window
};
// ISO weeks (Monday) or calendar months of `zone` that touch the window, in order.
[[nodiscard]] std::vector<Period> periods_of(const Window& window, const Zone& zone, Step step);
// Index of the period that holds `at`; REQUIRES: periods not empty and at within them.
[[nodiscard]] std::size_t period_at(const std::vector<Period>& periods, std::int64_t at);

// The zone that weeks are counted in: the one of the only stream, else the organisation's.
[[nodiscard]] const Zone& zone_of(const FlowLog& log);

[[nodiscard]] inline Instant instant_of(std::int64_t micros) { return Instant{Micros{micros}}; }
[[nodiscard]] inline double days_of(std::int64_t micros) { return to_days(Micros{micros}); }

}  // namespace tiebeam::flow
