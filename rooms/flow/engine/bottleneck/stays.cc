#include "rooms/flow/engine/bottleneck/stays.h"

#include <algorithm>
#include <array>
#include <map>

namespace tiebeam::flow {
namespace {

class Collector {
 public:
  Collector(const FlowReport& report, FinishedStays& out) : log_(report.log), out_(out) {}

  void add(const ItemFlow& flow) {
    const auto place = static_cast<std::uint32_t>(out_.items.size());
    out_.items.push_back(flow.item);
    out_.cycles.push_back(flow.finish - flow.commit);
    for_each_stretch(log_, flow, flow.finish,
                     [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
                       if (!is_between_cycles(meaning)) add(place, meaning, touch.state, to - from);
                     });
  }

  void close() {
    for (std::size_t i = 0; i < out_.states.size(); ++i) {
      StayedState& state = out_.states[i];
      const auto most = std::ranges::max_element(times_[i]);
      state.meaning = static_cast<Meaning>(most - times_[i].begin());
      for (const ItemStays& stays : state.items)
        state.time += stays.time, state.waiting += stays.waiting;
    }
    std::ranges::sort(out_.states, {}, &StayedState::name);
  }

 private:
  void add(std::uint32_t place, Meaning meaning, std::uint32_t state, std::int64_t time) {
    const auto [known, is_new] = index_.try_emplace(state, out_.states.size());
    if (is_new) {
      out_.states.emplace_back();
      out_.states.back().state = state;
      out_.states.back().name = log_.state_name(state);
      times_.emplace_back();
    }
    times_[known->second][static_cast<std::size_t>(meaning)] += time;
    std::vector<ItemStays>& items = out_.states[known->second].items;
    if (items.empty() || items.back().place != place) items.push_back({place, 0, 0});
    items.back().time += time;
    if (is_waiting(meaning)) items.back().waiting += time;
  }

  const FlowLog& log_;
  FinishedStays& out_;
  std::map<std::uint32_t, std::size_t> index_;
  std::vector<std::array<std::int64_t, kMeanings>> times_;  // by state, by meaning
};

}  // namespace

const StayedState* FinishedStays::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(states, name, {}, &StayedState::name);
  return found != states.end() && found->name == name ? &*found : nullptr;
}

FinishedStays finished_stays(const FlowReport& report, std::optional<std::uint32_t> stream) {
  FinishedStays out;
  Collector collector(report, out);
  for (const ItemFlow& flow : report.walked.items) {
    if (!flow.is_finished() || !report.window.holds(flow.finish)) continue;
    if (flow.is_truncated || flow.is_ticket) continue;
    if (stream && report.log.items[flow.item].stream != *stream) continue;
    collector.add(flow);
  }
  collector.close();
  return out;
}

}  // namespace tiebeam::flow
