#include "rooms/flow/engine/whatif/whatif.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "rooms/flow/engine/whatif/capacity.h"

namespace tiebeam::flow {
namespace {

std::string percent(double share) { return fmt::format("{} %", std::round(1000 * share) / 10); }

std::string label_of(const Lever& lever) {
  switch (lever.kind) {
    case LeverKind::cut:
      return fmt::format("Cut the stays in {} by {}", lever.state, percent(lever.amount));
    case LeverKind::remove:
      return fmt::format("Remove {}", lever.state);
    case LeverKind::add_capacity:
      break;
  }
  if (lever.is_share)
    return fmt::format("Add {} capacity at {}", percent(lever.amount), lever.state);
  return fmt::format("Add {} {} at {}", lever.amount, lever.amount == 1 ? "person" : "people",
                     lever.state);
}

std::int64_t part_of(std::int64_t time, double share) {
  return std::clamp<std::int64_t>(std::llround(static_cast<double>(time) * share), 0, time);
}

// One lever made ready: which stays it works on, and the share it takes off each.
struct Ready {
  Lever lever;
  std::vector<CutStay> stays;
  Cut cut;
  bool is_estimate = false;
  Constraint constraint = Constraint::unclear;
  std::string assumption, reason;
};

class Asker {
 public:
  Asker(const FigureBook& book, const WhatIfQuestion& question)
      : report_(*report_of(book)), question_(question), signs_(state_signs(report_)) {
    out_.is_asked = !question.levers.empty();
    out_.stays = finished_stays(report_, question.stream);
  }

  WhatIf run() {
    const Before before(out_.stays.cycles);
    std::vector<Ready> ready;
    for (const Lever& lever : levers()) ready.push_back(prepare(lever));
    for (const Ready& each : ready) out_.rows.push_back(row_of(each, before));
    order_rows();
    if (out_.is_asked) fill_together(ready, before);
    if (!out_.is_asked && !out_.rows.empty()) keep_best(ready);
    return std::move(out_);
  }

 private:
  [[nodiscard]] Judged judged(const StayedState& state) const {
    StateSigns signs = signs_[state.state];
    signs.meaning = state.meaning;
    return judge(signs);
  }

  [[nodiscard]] std::vector<Lever> levers() const {
    std::vector<Lever> out = question_.levers;
    if (out.empty()) {
      for (const StayedState& state : out_.stays.states) {
        if (!is_waiting(state.meaning) || state.time == 0) continue;
        out.push_back({LeverKind::cut, state.name, kUsualCut, true, std::nullopt});
        if (judged(state).is_approval)
          out.push_back({LeverKind::remove, state.name, 1, true, std::nullopt});
      }
    }
    for (Lever& lever : out) {
      const auto cost =
          std::ranges::find(question_.costs, lever.state, &std::pair<std::string, Money>::first);
      if (cost != question_.costs.end()) lever.cost = cost->second;
    }
    return out;
  }

  Ready prepare(const Lever& lever) {
    Ready out{lever, {}, {}, false, Constraint::unclear, {}, {}};
    const StayedState* state = out_.stays.find(lever.state);
    if (state) out.constraint = judged(*state).constraint;
    if (out_.stays.items.empty()) {
      out.reason = "no work finished in the window whose history is known";
    } else if (lever.kind == LeverKind::add_capacity) {
      estimate(out, state);
    } else if (!state) {
      out.reason = "no finished work was in this state";
    } else {
      for (const ItemStays& stays : state->items)
        out.stays.push_back({stays.place, state->state, stays.time});
      const double share = lever.kind == LeverKind::remove ? 1 : lever.amount;
      out.cut = {share, share, share};
    }
    return out;
  }

  void estimate(Ready& out, const StayedState* state) {
    out.is_estimate = true;
    if (!state) {
      out.reason = "no finished work was in this state";
      return;
    }
    if (presence_.empty()) presence_ = presence_of(report_);
    Station station =
        station_of(report_, out_.stays, presence_, state->state, is_waiting(state->meaning));
    auto found = capacity_cut(station, out.lever);
    if (!found) {
      out.reason = std::move(found.error());
      return;
    }
    out.stays = std::move(station.waits);
    out.cut = found->cut;
    out.assumption = std::move(found->assumption);
  }

  [[nodiscard]] std::vector<std::int64_t> saved_by(const Ready& ready, double share) const {
    std::vector<std::int64_t> saved(out_.stays.items.size(), 0);
    for (const CutStay& stay : ready.stays) saved[stay.place] += part_of(stay.time, share);
    return saved;
  }

  LeverRow row_of(const Ready& ready, const Before& before) {
    LeverRow row;
    row.lever = ready.lever;
    row.label = label_of(ready.lever);
    row.constraint = ready.constraint;
    row.is_estimate = ready.is_estimate;
    row.assumption = ready.assumption;
    row.reason = ready.reason;
    row.cost = ready.lever.cost;
    if (!row.reason.empty()) return row;
    const std::vector<std::int64_t> saved = saved_by(ready, ready.cut.middle);
    row.effects = before.without(saved);
    if (ready.is_estimate) {
      set_range(row.effects, before.without(saved_by(ready, ready.cut.low)),
                before.without(saved_by(ready, ready.cut.high)));
    }
    finish(row, saved);
    return row;
  }

  // The range of the readings takes the place of chance.
  static void set_range(Effects& effects, const Effects& low, const Effects& high) {
    for (const auto line : {&Effects::mean, &Effects::p50, &Effects::p85}) {
      (effects.*line).interval.reset();
      if ((low.*line).saved && (high.*line).saved)
        (effects.*line).interval = Interval{*(low.*line).saved, *(high.*line).saved, 1};
    }
  }

  void finish(LeverRow& row, const std::vector<std::int64_t>& saved) {
    DelayCost worth(question_.cost_of_delay);
    for (std::size_t place = 0; place < saved.size(); ++place) {
      if (saved[place] == 0) continue;
      ++row.items;
      worth.add(report_.log.streams[report_.log.items[out_.stays.items[place]].stream],
                saved[place]);
    }
    row.value = worth.total();
    note_missing(row, worth);
    if (!row.cost || row.cost->minor() <= 0) return;
    const double cost = major_units(*row.cost);
    if (row.effects.mean.saved) row.days_per_cost = *row.effects.mean.saved / cost;
    if (row.value && row.value->currency() == row.cost->currency())
      row.per_cost = major_units(*row.value) / cost;
  }

  // What keeps a worth from being said, or whole: the gravest of all levers.
  void note_missing(const LeverRow& row, const DelayCost& worth) {
    if (row.items == 0) return;
    if (!row.value) {
      out_.value_missing = why_no_cost(worth);
    } else if (worth.without() > 0 && out_.value_missing.empty()) {
      out_.value_missing =
          "worth is that of the value streams which say what a day's delay costs; others are left "
          "out";
    }
  }

  // Levers with a cost come first, by what they bring for it; then by days saved on average.
  void order_rows() {
    const auto key = [](const LeverRow& row) {
      const double days = row.effects.mean.saved.value_or(-1);
      const double per_cost = row.per_cost ? *row.per_cost : row.days_per_cost.value_or(-1);
      return std::tuple(row.per_cost.has_value(), per_cost, days);
    };
    std::ranges::sort(out_.rows, [&](const LeverRow& a, const LeverRow& b) {
      const auto left = key(a), right = key(b);
      return left != right ? left > right : a.label < b.label;
    });
  }

  // Levers on the same stays act one after the other: each takes its share of what is left.
  void fill_together(const std::vector<Ready>& ready, const Before& before) {
    LeverRow row;
    row.label = "All together";
    row.is_estimate = std::ranges::any_of(ready, &Ready::is_estimate);
    for (const Ready& each : ready) {
      if (!each.reason.empty()) row.reason = "one of the levers cannot be replayed: " + each.reason;
      if (!each.lever.cost) continue;
      if (!row.cost)
        row.cost = each.lever.cost;
      else if (const auto sum = add(*row.cost, *each.lever.cost))
        row.cost = *sum;
    }
    if (row.reason.empty()) {
      out_.saved = saved_together(ready, &Cut::middle);
      row.effects = before.without(out_.saved);
      if (row.is_estimate) {
        set_range(row.effects, before.without(saved_together(ready, &Cut::low)),
                  before.without(saved_together(ready, &Cut::high)));
        row.assumption = "As the estimates among the levers.";
      }
      finish(row, out_.saved);
    }
    out_.together = std::move(row);
  }
  [[nodiscard]] std::vector<std::int64_t> saved_together(const std::vector<Ready>& ready,
                                                         double Cut::* reading) const {
    std::vector<std::int64_t> saved(out_.stays.items.size(), 0);
    std::vector<double> kept(out_.stays.items.size());
    for (const StayedState& state : out_.stays.states) {
      std::ranges::fill(kept, 1.0);
      for (const Ready& each : ready) take(each, state, each.cut.*reading, kept);
      for (const ItemStays& stays : state.items)
        saved[stays.place] += part_of(stays.time, 1 - kept[stays.place]);
    }
    return saved;
  }
  // Of stays that a lever works on in part, only that part shortens.
  static void take(const Ready& ready, const StayedState& state, double share,
                   std::vector<double>& kept) {
    for (const CutStay& stay : ready.stays) {
      if (stay.state != state.state) continue;
      const auto whole = std::ranges::lower_bound(state.items, stay.place, {}, &ItemStays::place);
      if (whole == state.items.end() || whole->place != stay.place || whole->time == 0) continue;
      const double part = static_cast<double>(stay.time) / static_cast<double>(whole->time);
      kept[stay.place] *= 1 - share * std::min(1.0, part);
    }
  }

  void keep_best(const std::vector<Ready>& ready) {
    for (const Ready& each : ready) {
      if (label_of(each.lever) == out_.rows.front().label)
        out_.saved = saved_by(each, each.cut.middle);
    }
  }

  const FlowReport& report_;
  const WhatIfQuestion& question_;
  std::vector<StateSigns> signs_;
  std::vector<PersonWeek> presence_;
  WhatIf out_;
};

}  // namespace

WhatIf compute_whatif(const FigureBook& book, const WhatIfQuestion& question) {
  return Asker(book, question).run();
}

std::vector<MovedItem> moved_items(const WhatIf& found, std::size_t most) {
  std::vector<MovedItem> out;
  for (std::size_t place = 0; place < found.saved.size(); ++place) {
    const std::int64_t now = found.stays.cycles[place], saved = found.saved[place];
    if (saved > 0) out.push_back({found.stays.items[place], now, now - saved});
  }
  std::ranges::sort(out, [](const MovedItem& a, const MovedItem& b) {
    return std::tuple(b.now - b.then, a.item) < std::tuple(a.now - a.then, b.item);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace tiebeam::flow
