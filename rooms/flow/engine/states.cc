#include "rooms/flow/engine/states.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace tiebeam::flow {
namespace {

// What is gathered per state and meaning (two maps may read one state differently).
struct Gathered {
  std::uint32_t state = 0;
  Meaning meaning = Meaning::unknown;
  std::int64_t events = 0, visits = 0, now = 0, entries = 0, exits = 0;
  std::int64_t in_cycle = 0;  // dwell of finished items between commit and finish
  std::int64_t in_wait = 0;   // the part of it that was wait, block or backlog
  std::string party;
  std::vector<quant::Spell> stays;
  std::vector<std::pair<std::uint32_t, std::int64_t>> open;  // item and its age in the state
};

class Gatherer {
 public:
  Gatherer(const FlowLog& log, const Walked& walked, const Window& window, const RateWeeks& rates)
      : log_(log), walked_(walked), window_(window), rates_(rates) {
    for (const ResolvedMap& map : log.maps) {
      std::vector<std::size_t> slots;
      for (std::uint32_t state = 0; state < map.meaning.size(); ++state)
        slots.push_back(slot(map, state));
      slots_.push_back(std::move(slots));
    }
  }

  States run() {
    for (const ItemFlow& flow : walked_.items) {
      if (!flow.is_ticket)
        gather_visits(flow);
      else
        count_events(flow);
      if (flow.is_finished() && window_.holds(flow.finish)) gather_cycle(flow);
    }
    return make_rows();
  }

 private:
  std::size_t slot(const ResolvedMap& map, std::uint32_t state) {
    const Meaning meaning = map.meaning[state];
    const auto [known, is_new] = index_.try_emplace({state, meaning}, gathered_.size());
    if (is_new) {
      gathered_.emplace_back();
      gathered_.back().state = state;
      gathered_.back().meaning = meaning;
    }
    if (const std::string_view party = map.map.party_of(log_.state_name(state)); !party.empty())
      gathered_[known->second].party = party;
    return known->second;
  }
  Gathered& at(const Item& item, std::uint32_t state) { return gathered_[slots_[item.map][state]]; }

  void count_events(const ItemFlow& flow) {
    const Item& item = log_.items[flow.item];
    for (const Touch& touch : touches_of(log_, item)) {
      if (window_.holds(touch.at)) ++at(item, touch.state).events;
    }
  }

  void gather_visits(const ItemFlow& flow) {
    const Item& item = log_.items[flow.item];
    const auto touches = touches_of(log_, item);
    for (std::size_t i = 0; i < touches.size();) {
      Gathered& here = at(item, touches[i].state);
      const std::int64_t in = touches[i].at;
      std::size_t j = i;
      for (; j < touches.size() && touches[j].state == touches[i].state; ++j) {
        here.events += window_.holds(touches[j].at) ? 1 : 0;
      }
      const std::int64_t out = j < touches.size() ? touches[j].at : kMissing;
      // Left in the instant it was entered: a skipped stage, no visit. Source: flow-time.md, clock
      // rules.
      if (out != in) gather_stay(here, flow, in, out, flow.is_truncated && i == 0);
      i = j;
    }
  }

  // `entry_unknown`: nobody knows when it entered, so how long it stayed is not known either.
  void gather_stay(Gathered& here, const ItemFlow& flow, std::int64_t in, std::int64_t out,
                   bool entry_unknown) {
    if (in >= window_.end) return;
    const bool has_left = out != kMissing && out < window_.end;
    here.visits += window_.holds(in) ? 1 : 0;
    here.now += has_left ? 0 : 1;
    here.entries += rates_.from <= in && in < rates_.to ? 1 : 0;
    here.exits += out != kMissing && rates_.from <= out && out < rates_.to ? 1 : 0;
    if (here.meaning == Meaning::done || here.meaning == Meaning::cancelled) return;
    if (entry_unknown) return;
    if (has_left && out < window_.from) return;
    if (!has_left) here.open.emplace_back(flow.item, window_.horizon - in);
    here.stays.push_back({std::max<std::int64_t>(0, window_.from - in),
                          (has_left ? out : window_.horizon) - in,
                          has_left ? quant::Ending::done : quant::Ending::open});
  }

  void gather_cycle(const ItemFlow& flow) {
    const Item& item = log_.items[flow.item];
    if (flow.is_ticket) return;
    for_each_stretch(log_, flow, window_.horizon,
                     [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
                       Gathered& here = at(item, touch.state);
                       here.in_cycle += to - from;
                       const bool waits = meaning == Meaning::wait || meaning == Meaning::blocked ||
                                          meaning == Meaning::backlog;
                       if (waits) here.in_wait += to - from;
                     });
  }

  States make_rows() {
    States out;
    out.pace.resize(walked_.items.size());
    std::int64_t cycle = 0;
    std::int64_t waiting = 0;
    for (const Gathered& here : gathered_) cycle += here.in_cycle, waiting += here.in_wait;
    for (Gathered& here : gathered_) {
      out.events += here.events;
      if (here.meaning == Meaning::unknown) out.unmapped_events += here.events;
      if (here.events == 0 && here.visits == 0 && here.now == 0) continue;
      out.rows.push_back(make_row(here, cycle, out.pace));
      if (here.in_wait == 0) continue;
      out.waits.push_back({std::string(log_.state_name(here.state)), here.meaning, here.party,
                           days_of(here.in_wait),
                           static_cast<double>(here.in_wait) / static_cast<double>(waiting)});
    }
    std::ranges::sort(out.rows, [](const StateRow& a, const StateRow& b) {
      return std::tie(b.share, a.state, a.meaning) < std::tie(a.share, b.state, b.meaning);
    });
    std::ranges::sort(out.waits, [](const WaitRow& a, const WaitRow& b) {
      return std::tie(b.days, a.state, a.meaning) < std::tie(a.days, b.state, b.meaning);
    });
    return out;
  }

  // Nothing where there is a line to judge by, or too few have ended to judge at all.
  static std::optional<double> longest_ended(const std::vector<quant::Spell>& stays,
                                             const quant::Curve& curve, const StateRow& row) {
    if (row.p85_days || curve.done < quant::values_needed(0.85)) return std::nullopt;
    std::int64_t longest = 0;
    for (const quant::Spell& stay : stays) {
      if (stay.ending != quant::Ending::open) longest = std::max(longest, stay.exit);
    }
    return days_of(longest);
  }

  // `pace` is filled for the items whose stay here lasts.
  StateRow make_row(Gathered& here, std::int64_t cycle, std::vector<Pace>& pace) const {
    StateRow row;
    row.state = log_.state_name(here.state);
    row.meaning = here.meaning;
    row.events = here.events;
    row.visits = here.visits;
    row.now = here.now;
    row.unfinished = std::ranges::count(here.stays, quant::Ending::open, &quant::Spell::ending);
    if (!here.stays.empty()) {
      const quant::Curve curve = quant::survival_curve(here.stays, quant::Errors::left_out);
      const auto dwell = [&](double p) -> std::optional<double> {
        if (curve.spells < quant::values_needed(p)) return std::nullopt;
        const auto value = quant::survival_value(curve, p);
        return value ? std::optional(days_of(*value)) : std::nullopt;
      };
      row.p50_days = dwell(0.5), row.p85_days = dwell(0.85), row.p95_days = dwell(0.95);
      const auto longest = longest_ended(here.stays, curve, row);
      for (const auto& [item, age] : here.open) {
        pace[item].line_days = row.p85_days;
        pace[item].longest_ended_days = longest;
        pace[item].ended = curve.done;
        if (curve.done >= kPaceStays) pace[item].percentile = 1 - curve.not_done_at(age);
      }
    }
    if (cycle > 0) row.share = static_cast<double>(here.in_cycle) / static_cast<double>(cycle);
    row.rank = row.share;
    if (rates_.count > 0) {
      const auto weeks = static_cast<double>(rates_.count);
      row.growth_a_week = static_cast<double>(here.entries - here.exits) / weeks;
      const double out = static_cast<double>(here.exits) / weeks;
      if (out > 0) row.rank *= 1 + std::max(0.0, *row.growth_a_week / out);
    }
    return row;
  }

  const FlowLog& log_;
  const Walked& walked_;
  const Window& window_;
  const RateWeeks& rates_;
  std::map<std::pair<std::uint32_t, Meaning>, std::size_t> index_;
  std::vector<std::vector<std::size_t>> slots_;  // by map, by state
  std::vector<Gathered> gathered_;
};

}  // namespace

RateWeeks rate_weeks(const std::vector<Period>& weeks) {
  RateWeeks out;
  for (std::size_t i = weeks.size(); i-- > 0 && out.count < kRateWeeks;) {
    if (!weeks[i].is_full) continue;
    if (out.count == 0) out.to = weeks[i].to;
    out.from = weeks[i].from;
    ++out.count;
  }
  return out;
}

States states_of(const FlowLog& log, const Walked& walked, const Window& window,
                 const RateWeeks& rates) {
  return Gatherer(log, walked, window, rates).run();
}

}  // namespace tiebeam::flow
