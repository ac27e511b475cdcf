#include "rooms/flow/engine/bottleneck/bottleneck.h"

#include <algorithm>
#include <tuple>

namespace tiebeam::flow {
namespace {

Interval cut(const quant::Spread& spread, double unit) {
  return {std::max(0.0, spread.low / unit), spread.high / unit, quant::kLevel};
}

Effect line(const quant::PairedGroups& before, const quant::PairedGroups& after, double p) {
  Effect out;
  if (before.size() < quant::values_needed(p)) return out;
  out.now = days_of(before.quantile(p));
  out.then = days_of(after.quantile(p));
  out.saved = days_of(before.quantile(p) - after.quantile(p));
  if (const auto shift = quant::quantile_shift(before, after, p))
    out.interval = cut(*shift, kMicrosPerDay);
  return out;
}

std::vector<double> in_days(const std::vector<std::int64_t>& micros) {
  std::vector<double> out;
  out.reserve(micros.size());
  for (const std::int64_t each : micros) out.push_back(days_of(each));
  return out;
}

Effect average(const std::vector<std::int64_t>& cycles, const std::vector<std::int64_t>& saved) {
  Effect out;
  if (cycles.empty()) return out;
  const quant::Spread less = quant::mean_of(in_days(saved));
  out.now = quant::mean_of(in_days(cycles)).value;
  out.saved = less.value;
  out.then = *out.now - less.value;
  if (cycles.size() > 1) out.interval = cut(less, 1);
  return out;
}

std::vector<std::int64_t> spread_out(const StayedState& state, std::size_t items) {
  std::vector<std::int64_t> out(items, 0);
  for (const ItemStays& stays : state.items) out[stays.place] = stays.time;
  return out;
}

struct Growth {
  std::optional<double> a_week;
  double rank = 0;
};
Growth growth_of(const FlowReport& report, const StayedState& state) {
  for (const StateRow& row : report.states) {
    if (row.state == state.name && row.meaning == state.meaning)
      return {row.growth_a_week, row.rank};
  }
  return {};
}

class Ranker {
 public:
  explicit Ranker(const FlowReport& report) : report_(report), signs_(state_signs(report)) {
    out_.stays = finished_stays(report);
  }

  Bottlenecks run() {
    const FinishedStays& stays = out_.stays;
    if (stays.items.empty()) return std::move(out_);
    const Before before(stays.cycles);
    for (std::size_t i = 0; i < stays.states.size(); ++i) {
      if (stays.states[i].time > 0) out_.rows.push_back(row_of(i, before));
    }
    std::ranges::sort(out_.rows, [](const Bottleneck& a, const Bottleneck& b) {
      return std::tie(b.days, a.state) < std::tie(a.days, b.state);
    });
    find_ties();
    return std::move(out_);
  }

 private:
  Bottleneck row_of(std::size_t index, const Before& before) {
    const StayedState& state = out_.stays.states[index];
    const std::vector<std::int64_t> saved = spread_out(state, out_.stays.items.size());
    Bottleneck row;
    row.index = index;
    row.state = state.name;
    row.meaning = state.meaning;
    StateSigns& signs = signs_[state.state];
    signs.meaning = state.meaning;
    row.judged = judge(signs);
    row.items = state.items.size();
    row.days = days_of(state.time);
    row.effects = before.without(saved);
    if (const auto share = quant::ratio_of_sums(in_days(saved), in_days(out_.stays.cycles))) {
      row.share = share->value;
      if (share->low < share->high)
        row.share_interval = Interval{share->low, share->high, quant::kLevel};
    }
    const Growth growth = growth_of(report_, state);
    row.growth_a_week = growth.a_week;
    row.rank = growth.rank;
    DelayCost cost;
    for (const ItemStays& stays : state.items) cost.add(stream_of(stays.place), stays.time);
    row.cost = cost.total();
    return row;
  }

  [[nodiscard]] const Stream& stream_of(std::uint32_t place) const {
    return report_.log.streams[report_.log.items[out_.stays.items[place]].stream];
  }

  // Paired by item: the interval of the mean difference to the first holds 0.
  void find_ties() {
    if (out_.rows.empty()) return;
    const auto days = [&](const Bottleneck& row) {
      return in_days(spread_out(out_.stays.states[row.index], out_.stays.items.size()));
    };
    const std::vector<double> first = days(out_.rows.front());
    for (std::size_t i = 1; i < out_.rows.size(); ++i) {
      std::vector<double> less = days(out_.rows[i]);
      for (std::size_t k = 0; k < less.size(); ++k) less[k] = first[k] - less[k];
      out_.rows[i].is_tied = less.size() < 2 || quant::mean_of(less).low <= 0;
    }
  }

  const FlowReport& report_;
  std::vector<StateSigns> signs_;
  Bottlenecks out_;
};

}  // namespace

Before::Before(const std::vector<std::int64_t>& cycles) : cycles_(cycles) {
  if (!cycles.empty()) sorted_.emplace(cycles);
}

Effects Before::without(const std::vector<std::int64_t>& saved) const {
  Effects out;
  if (!sorted_) return out;
  std::vector<std::int64_t> rest;
  rest.reserve(cycles_.size());
  for (std::size_t i = 0; i < cycles_.size(); ++i) rest.push_back(cycles_[i] - saved[i]);
  const quant::PairedGroups after(rest);
  out.mean = average(cycles_, saved);
  out.p50 = line(*sorted_, after, 0.5);
  out.p85 = line(*sorted_, after, 0.85);
  return out;
}

Bottlenecks compute_bottlenecks(const FlowReport& report) { return Ranker(report).run(); }

std::shared_ptr<const Bottlenecks> bottlenecks_of(const FigureBook& book) {
  return book.once<Bottlenecks>("flow.bottlenecks",
                                [&] { return compute_bottlenecks(*report_of(book)); });
}

}  // namespace tiebeam::flow
