// Who held the work: handoffs between teams and people, work that bounced back, and the matrix of
// which team hands to which. Rows without an owner are skipped, never counted.
// docs/method/flow-time.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/window.h"

namespace tiebeam::flow {

constexpr std::size_t kLeastPeople = 3;  // below it, a figure of a team is one of a person

// Per item, handoffs whose receiving row lies in the window.
struct ItemOwners {
  std::uint32_t team_handoffs = 0;
  std::uint32_t person_handoffs = 0;
  bool has_pingpong = false;  // a team got it back from the team it gave it to
};

struct HandoverRow {
  std::string from, to;
  std::int64_t count = 0;
  double share = 0;                      // of all handovers by `from`
  std::optional<double> mean_wait_days;  // until the next event, at most 72 h
};

struct Owners {
  std::vector<ItemOwners> items;  // one per FlowLog::items
  std::int64_t team_handoffs = 0;
  std::int64_t person_handoffs = 0;
  std::vector<HandoverRow> handover;  // most frequent first
};

constexpr std::int64_t kHandoverWatch = 72LL * 3600 * 1'000'000;

// A team handoff: `touch` is the index of the receiving touch within its item.
struct Handoff {
  std::size_t touch;
  std::uint32_t from, to;
};
// Consecutive known owners that differ, in order. `owner` is &Touch::team or &Touch::person.
template <class F>
void each_handoff(std::span<const Touch> touches, std::uint32_t Touch::* owner, F found) {
  std::uint32_t held = 0;
  for (std::size_t i = 0; i < touches.size(); ++i) {
    const std::uint32_t now = touches[i].*owner;
    if (now == 0) continue;
    if (held != 0 && held != now) found(Handoff{i, held, now});
    held = now;
  }
}
[[nodiscard]] std::vector<Handoff> handoffs_of(std::span<const Touch> touches,
                                               std::uint32_t Touch::* owner);
// Time from a handoff to the next event of the item, at most kHandoverWatch; none when it was the
// last event of work that is over.
[[nodiscard]] std::optional<std::int64_t> wait_after(std::span<const Touch> touches,
                                                     std::size_t touch, const ItemFlow& flow,
                                                     const Window& window);

[[nodiscard]] Owners owners_of(const FlowLog& log, const Walked& walked, const Window& window);

}  // namespace tiebeam::flow
