// Work in progress over time, and Little's law as an exact audit: T x L = sum of cycle times of
// what left + change of total age. Integers only. docs/method/little.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rooms/flow/engine/window.h"

namespace tiebeam::flow {

__extension__ using Wide = __int128;  // microseconds x items: 128 bit, exact

// One item on the clock: [commit, exit); exit is kMissing while open.
struct OnClock {
  std::int64_t commit;
  std::int64_t exit;
  bool is_cancelled;
};

class Load {
 public:
  explicit Load(const Walked& walked);
  // Items with commit <= at < exit.
  [[nodiscard]] std::int64_t at(std::int64_t at) const;
  // The integral of N over [from, end), by sweeping arrivals and departures in time order.
  [[nodiscard]] Wide integral(std::int64_t from, std::int64_t end) const;

  struct Balance {
    Wide left;        // T x L
    Wide finished;    // cycle times of what finished
    Wide cancelled;   // ages at which work was cancelled
    Wide age_gained;  // Age(end) - Age(from) of what is open
    [[nodiscard]] Wide right() const { return finished + cancelled + age_gained; }
    // |left - right| / max(left, 1 s)
    [[nodiscard]] double residual() const;
  };
  // Both sides over [from, end), the right one from sums over items.
  [[nodiscard]] Balance balance(std::int64_t from, std::int64_t end) const;

 private:
  struct Sums {
    Wide commits = 0;  // sum of commit over the first k exits in order of exit
    Wide spans = 0;    // sum of exit - commit of those that finished
    Wide cancelled = 0;
  };
  [[nodiscard]] Wide age(std::int64_t at) const;

  std::vector<std::int64_t> commits_;     // sorted
  std::vector<Wide> commit_sums_;         // prefix sums
  std::vector<OnClock> exits_;            // those that left, by exit
  std::vector<std::int64_t> exit_times_;  // the same, times only
  std::vector<Sums> exit_sums_;           // prefix sums
};

// The figure flow.little.residual of all that `snapshot` holds, without the rest of its report.
[[nodiscard]] double little_residual(const Snapshot& snapshot);

// One audited window: the whole, a week, or a state.
struct Audited {
  std::string name;  // "2016-02-29 to 2016-05-01", "week 2016-03-07", "state Active"
  double left_seconds;
  double right_seconds;
  double residual;
};
// The largest residual is the figure flow.little.residual.
[[nodiscard]] std::vector<Audited> audit(const FlowLog& log, const Walked& walked, const Load& load,
                                         const Window& window, const std::vector<Period>& weeks);

}  // namespace tiebeam::flow
