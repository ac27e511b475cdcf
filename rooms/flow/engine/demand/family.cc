#include <fmt/format.h>

#include <cmath>

#include "rooms/flow/engine/demand/demand.h"
#include "rooms/flow/engine/pieces.h"
#include "rooms/flow/engine/sheet.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";

const std::vector<FigureSpec>& specs() {
  static const std::vector<FigureSpec> all = {
      {"flow.demand.net.week",
       "Growth of work in progress a week",
       "items a week",
       "sum of 1/K for each item begun and -1/K for each finished or given up in the last K full "
       "weeks, K at most 13",
       kMethod,
       1,
       {}},
      {"flow.demand.forecast.weeks",
       "Weeks until work in progress has doubled or is gone",
       "weeks",
       "flow.load.now / |flow.demand.net.week|",
       kMethod,
       1,
       {"flow.load.now", "flow.demand.net.week"}},
      {"flow.demand.stop.week",
       "Not to begin, so that no more comes in than goes out",
       "items a week",
       "flow.demand.net.week where its interval lies above 0, else 0",
       kMethod,
       1,
       {"flow.demand.net.week"}}};
  return all;
}

void fill_net(Figure& figure, const DemandRow& all) {
  if (!all.net) return say(figure, Status::too_few, all.reason);
  figure.trail.formula = fmt::format(
      "sum of 1/{0} for each item begun and -1/{0} for each finished or given up in the last {0} "
      "full weeks",
      all.weeks);
  set_spread(figure, *all.net, -1e300, 1e300);
}

void fill_forecast(Figure& figure, const DemandRow& all) {
  if (!all.weeks_to) {
    const bool is_few = all.trend == Trend::too_few;
    return say(figure, is_few ? Status::too_few : Status::not_measurable, all.reason);
  }
  figure.label = all.trend == Trend::grows ? "Weeks until work in progress has doubled"
                                           : "Weeks until work in progress is gone";
  figure.value = all.weeks_to->value;
  if (all.weeks_to->high)
    figure.interval = Interval{all.weeks_to->low, *all.weeks_to->high, quant::kLevel};
  figure.trail.notes.emplace_back("if weeks go on as the last full ones did");
}

void fill_stop(Figure& figure, const DemandRow& all) {
  if (all.trend == Trend::too_few) return say(figure, Status::too_few, all.reason);
  figure.value = all.stop ? all.stop->value : 0.0;
  if (all.stop) {
    figure.interval = Interval{all.stop->low, *all.stop->high, quant::kLevel};
    const TypeDemand* most = all.types.empty() ? nullptr : &all.types.front();
    if (most)
      figure.trail.notes.push_back(fmt::format(
          "most of what arrives is {}: {:.0f} of 100",
          Names<WorkType>::values[static_cast<std::size_t>(most->type)], 100 * most->share));
  } else {
    figure.trail.notes.emplace_back("no more comes in than goes out, as far as these weeks tell");
  }
}

std::vector<Figure> compute(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  const DemandRow& all = demand_of(book)->all;
  FigureSheet sheet(report, specs());
  double moved = 0;
  for (std::size_t i = 0; i < all.arrivals.size(); ++i)
    moved += all.arrivals[i] + all.departures[i];
  for (const FigureSpec& spec : specs()) {
    Figure& figure = sheet.rests_on(spec.key, static_cast<std::size_t>(moved),
                                    "begun, finished or given up in the last full weeks");
    figure.n = static_cast<std::int64_t>(all.weeks);
  }
  fill_net(sheet.at("flow.demand.net.week"), all);
  fill_forecast(sheet.at("flow.demand.forecast.weeks"), all);
  fill_stop(sheet.at("flow.demand.stop.week"), all);
  return sheet.take();
}

std::vector<Evidence> evidence(const FigureBook& book, std::string_view key, std::size_t offset,
                               std::size_t limit) {
  const FlowReport& report = *report_of(book);
  if (key != "flow.demand.net.week" || report.rates.count == 0) return {};
  const double each = 1 / static_cast<double>(report.rates.count);
  const auto counts = [&](std::int64_t at) {
    return at != kMissing && report.rates.from <= at && at < report.rates.to;
  };
  std::vector<Piece> pieces;
  for (const ItemFlow& flow : report.walked.items) {
    if (!report.present[flow.item] || !flow.is_committed()) continue;
    if (counts(flow.commit)) pieces.push_back({each, flow.item, 0});
    if (counts(flow.end())) pieces.push_back({-each, flow.item, 1});
  }
  const Tell tell = [&](const Piece& piece, const ItemFlow& flow, Evidence& out) {
    const char* what = piece.sub == 0 ? "begun" : flow.is_finished() ? "finished" : "given up";
    out.what = fmt::format("{} {}", what, when(piece.sub == 0 ? flow.commit : flow.end()));
    add_place(report.log.transitions, piece.sub == 0 ? flow.commit_row : flow.end_row, out);
  };
  return told(report, std::move(pieces), tell, offset, limit);
}

}  // namespace

FigureFamily demand_family() {
  return {.name = "flow.demand", .figures = specs(), .compute = compute, .evidence = evidence};
}

}  // namespace tiebeam::flow
