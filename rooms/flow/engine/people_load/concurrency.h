// How many pieces of work a person has in an active state at once, without telling of any person:
// time in active states over the time in which they had any.
#pragma once

#include <cstdint>
#include <vector>

#include "rooms/flow/engine/window.h"

namespace tiebeam::flow {

// A stretch of [from, to) in which `person` held `item` in an active state, for `team`.
struct Held {
  std::uint32_t item = 0;
  std::uint32_t person = 0;
  std::uint32_t team = 0;  // 0: none is known
  std::int64_t from = 0, to = 0;
};

// Who holds a touch: the last team that the item's events named up to it, and the last person since
// the item is that team's; 0: nobody yet.
struct Owner {
  std::uint32_t person = 0, team = 0;
  // Who holds the item's next touch.
  [[nodiscard]] Owner after(const Touch& touch) const;
};
[[nodiscard]] std::vector<Owner> owners_along(std::span<const Touch> touches);

// Active stretches within [commit, end) and the window, of work with history. By item, in order.
[[nodiscard]] std::vector<Held> held_stretches(const FlowLog& log, const Walked& walked,
                                               const Window& window);

// For each person the integral of 1/N(t), N(t) the stretches that the person has at t, over the
// time in which N > 0. So the shares of all stretches add up to the time with any work at all.
class Attention {
 public:
  explicit Attention(const std::vector<Held>& held);
  // The part of the stretch with this index in `held` that falls to it, in microseconds.
  [[nodiscard]] double whole(std::size_t held) const { return whole_[held]; }
  // The part of [from, to) that falls to one of the person's stretches, in microseconds.
  // REQUIRES: a stretch of the person covers [from, to).
  [[nodiscard]] double between(std::uint32_t person, std::int64_t from, std::int64_t to) const;

 private:
  struct Knot {
    std::int64_t at;
    double sum;    // up to `at`
    double slope;  // from `at` on: 1/N, or 0
  };
  [[nodiscard]] double sum_at(std::uint32_t person, std::int64_t at) const;
  std::vector<std::vector<Knot>> knots_;  // by person
  std::vector<double> whole_;             // by stretch
};

}  // namespace tiebeam::flow
