#include "rooms/flow/engine/demand/demand.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace tiebeam::flow {
namespace {

constexpr double kWeeksAMonth = 365.25 / 12 / 7;
constexpr std::size_t kTypes = Names<WorkType>::values.size();

struct Counts {
  std::vector<double> arrivals, departures, finishes;  // by week
  double given_up = 0;
  std::array<double, kTypes> types{};
  std::int64_t now = 0, waiting = 0;
  std::size_t items = 0;

  explicit Counts(std::size_t weeks)
      : arrivals(weeks, 0), departures(weeks, 0), finishes(weeks, 0) {}
};

class Counter {
 public:
  explicit Counter(const FlowReport& report) : report_(report) {
    for (std::size_t i = 0; i < report.week_periods.size(); ++i) {
      const Period& week = report.week_periods[i];
      if (week.is_full && week.from >= report.rates.from && week.to <= report.rates.to)
        weeks_.push_back(i);
    }
  }

  Demand run() {
    std::vector<Counts> streams(report_.log.streams.size(), Counts(weeks_.size()));
    Counts all(weeks_.size());
    for (const ItemFlow& flow : report_.walked.items) {
      if (!report_.present[flow.item]) continue;
      const Item& item = report_.log.items[flow.item];
      for (Counts* counts : {&streams[item.stream], &all}) add(flow, item, *counts);
    }
    Demand out;
    out.all = row_of(Stream{}, all);
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (streams[i].items > 0) out.rows.push_back(row_of(report_.log.streams[i], streams[i]));
    }
    std::ranges::sort(out.rows, {}, &DemandRow::id);
    return out;
  }

 private:
  void add(const ItemFlow& flow, const Item& item, Counts& counts) const {
    ++counts.items;
    const bool is_over = flow.end() != kMissing && flow.end() < report_.window.end;
    const bool has_begun = flow.is_committed() && flow.commit <= report_.window.horizon;
    counts.now += has_begun && !is_over ? 1 : 0;
    counts.waiting += !has_begun && !is_over ? 1 : 0;
    if (const auto week = week_of(flow.commit)) {
      ++counts.arrivals[*week];
      ++counts.types[static_cast<std::size_t>(item.type)];
    }
    if (const auto week = week_of(flow.counted)) ++counts.finishes[*week];
    if (!flow.is_committed()) return;
    if (const auto week = week_of(flow.end())) {
      ++counts.departures[*week];
      counts.given_up += flow.is_finished() ? 0 : 1;
    }
  }
  [[nodiscard]] std::optional<std::size_t> week_of(std::int64_t at) const {
    if (at == kMissing || at < report_.rates.from || at >= report_.rates.to) return std::nullopt;
    const auto held = std::ranges::lower_bound(weeks_, period_at(report_.week_periods, at));
    if (held == weeks_.end()) return std::nullopt;
    return static_cast<std::size_t>(held - weeks_.begin());
  }

  [[nodiscard]] DemandRow row_of(const Stream& stream, const Counts& counts) const {
    DemandRow row;
    row.id = stream.id;
    row.name = stream.name;
    row.weeks = weeks_.size();
    row.now = counts.now;
    row.waiting = counts.waiting;
    row.arrivals = counts.arrivals;
    row.departures = counts.departures;
    if (weeks_.empty()) {
      row.reason = "no full week lies in the window";
      return row;
    }
    std::vector<double> net;
    for (std::size_t i = 0; i < weeks_.size(); ++i)
      net.push_back(counts.arrivals[i] - counts.departures[i]);
    row.arrival = quant::mean_of(counts.arrivals);
    row.throughput = quant::mean_of(counts.finishes);
    row.net = quant::mean_of(net);
    row.given_up_a_week = counts.given_up / static_cast<double>(weeks_.size());
    fill_types(row, counts);
    fill_months(row);
    foretell(row);
    return row;
  }

  void fill_types(DemandRow& row, const Counts& counts) const {
    double all = 0;
    for (const double each : counts.types) all += each;
    for (std::size_t i = 0; i < kTypes; ++i) {
      if (counts.types[i] == 0) continue;
      row.types.push_back({static_cast<WorkType>(i),
                           counts.types[i] / static_cast<double>(weeks_.size()),
                           counts.types[i] / all});
    }
    std::ranges::sort(row.types, [](const TypeDemand& a, const TypeDemand& b) {
      return std::tie(b.arrival_a_week, a.type) < std::tie(a.arrival_a_week, b.type);
    });
  }

  static void fill_months(DemandRow& row) {
    if (row.throughput->value <= 0) return;
    const auto pile = static_cast<double>(row.now + row.waiting);
    const auto months = [&](double pace) { return pile / pace / kWeeksAMonth; };
    Foretold out{months(row.throughput->value), months(row.throughput->high), std::nullopt};
    if (row.throughput->low > 0) out.high = months(row.throughput->low);
    row.months = out;
  }

  static void foretell(DemandRow& row) {
    if (row.weeks < kDemandWeeks) {
      row.reason = fmt::format("{} full {}: {} are needed to foretell a pile", row.weeks,
                               row.weeks == 1 ? "week" : "weeks", kDemandWeeks);
      return;
    }
    const quant::Spread& net = *row.net;
    row.trend = net.low > 0 ? Trend::grows : net.high < 0 ? Trend::shrinks : Trend::steady;
    if (row.trend == Trend::steady) {
      row.reason = "what comes in and what goes out cannot be told apart";
      return;
    }
    if (row.trend == Trend::grows) row.stop = Foretold{net.value, net.low, net.high};
    if (row.now == 0) {
      row.reason = "nothing is in progress";
      return;
    }
    const auto pile = static_cast<double>(row.now);
    const double fast = std::max(std::abs(net.low), std::abs(net.high));
    const double slow = std::min(std::abs(net.low), std::abs(net.high));
    row.weeks_to = Foretold{pile / std::abs(net.value), pile / fast, pile / slow};
  }

  const FlowReport& report_;
  std::vector<std::size_t> weeks_;  // indices of the full weeks that rates are measured over
};

}  // namespace

std::string_view trend_name(Trend trend) {
  constexpr std::array<std::string_view, 4> kNames = {"too_few", "grows", "shrinks", "steady"};
  return kNames[static_cast<std::size_t>(trend)];
}

Demand compute_demand(const FlowReport& report) { return Counter(report).run(); }

std::shared_ptr<const Demand> demand_of(const FigureBook& book) {
  return book.once<Demand>("flow.demand", [&] { return compute_demand(*report_of(book)); });
}

}  // namespace tiebeam::flow
