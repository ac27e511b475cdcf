#include "rooms/flow/engine/people_load/concurrency.h"

#include <algorithm>

namespace tiebeam::flow {

Owner Owner::after(const Touch& touch) const {
  Owner out = *this;
  // Another team without a name: nobody knows whose it is now, and the one who handed it on is
  // not of that team.
  if (touch.team != 0 && touch.team != team) out = {.person = 0, .team = touch.team};
  if (touch.person != 0) out.person = touch.person;
  return out;
}

std::vector<Owner> owners_along(std::span<const Touch> touches) {
  std::vector<Owner> out;
  out.reserve(touches.size());
  Owner now;
  for (const Touch& touch : touches) out.push_back(now = now.after(touch));
  return out;
}

std::vector<Held> held_stretches(const FlowLog& log, const Walked& walked, const Window& window) {
  std::vector<Held> out;
  for (const ItemFlow& flow : walked.items) {
    if (!flow.is_committed() || flow.is_ticket) continue;
    const auto touches = touches_of(log, log.items[flow.item]);
    const std::vector<Owner> owners = owners_along(touches);
    for_each_stretch(log, flow, window.horizon,
                     [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
                       const Owner& owner =
                           owners[static_cast<std::size_t>(&touch - touches.data())];
                       from = std::max(from, window.from);
                       to = std::min(to, window.end);
                       if (meaning != Meaning::active || owner.person == 0 || from >= to) return;
                       out.push_back({flow.item, owner.person, owner.team, from, to});
                     });
  }
  return out;
}

Attention::Attention(const std::vector<Held>& held) : whole_(held.size(), 0) {
  struct Step {
    std::int64_t at;
    std::uint32_t held;
    bool begins;
  };
  std::vector<std::vector<Step>> steps;
  for (std::uint32_t i = 0; i < held.size(); ++i) {
    const Held& each = held[i];
    if (each.person >= steps.size()) steps.resize(each.person + 1);
    steps[each.person].push_back({each.from, i, true});
    steps[each.person].push_back({each.to, i, false});
  }
  knots_.resize(steps.size());
  for (std::size_t person = 0; person < steps.size(); ++person) {
    auto& own = steps[person];
    std::sort(own.begin(), own.end(), [](const Step& a, const Step& b) { return a.at < b.at; });
    Knot last{kMissing, 0, 0};
    int count = 0;
    for (std::size_t i = 0; i < own.size();) {
      const std::int64_t at = own[i].at;
      if (last.at != kMissing) last.sum += last.slope * static_cast<double>(at - last.at);
      for (; i < own.size() && own[i].at == at; ++i) {
        count += own[i].begins ? 1 : -1;
        // Until it ends, a stretch keeps what there was when it began.
        double& whole = whole_[own[i].held];
        whole = own[i].begins ? last.sum : last.sum - whole;
      }
      last.at = at;
      last.slope = count > 0 ? 1.0 / count : 0;
      knots_[person].push_back(last);
    }
  }
}

double Attention::sum_at(std::uint32_t person, std::int64_t at) const {
  const auto& own = knots_[person];
  const auto after = std::ranges::upper_bound(own, at, {}, &Knot::at);
  if (after == own.begin()) return 0;
  const Knot& knot = *(after - 1);
  return knot.sum + knot.slope * static_cast<double>(at - knot.at);
}

double Attention::between(std::uint32_t person, std::int64_t from, std::int64_t to) const {
  return sum_at(person, to) - sum_at(person, from);
}

}  // namespace tiebeam::flow
