#include "rooms/flow/capacity_json.h"
#include "model/json_parts.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";

constexpr ColumnNote kColumns[] = {
    {"handover_worst", "count", "Times", "handoffs",
     "count of handoffs from one team to the other in the window, after which something could wait",
     kMethod},
    {"handover_worst", "days", "Waited after them", "days",
     "sum of time to the next event of the item, at most 3 days each", kMethod},
    {"handover_worst", "share", "Share of the waiting after handoffs", "share",
     "days of the pair / days of all pairs", kMethod},
    {"handover_worst", "mean_wait_days", "Wait after each", "days",
     "mean of time to the next event of the item, at most 3 days", kMethod},
    {"handover_worst", "cost", "Cost of the delay", "money",
     "sum of wait x cost of a day's delay of the value stream", kMethod},
    {"demand", "arrival_a_week", "Begun a week", "items a week",
     "items begun in the last full weeks / weeks", kMethod},
    {"demand", "throughput_a_week", "Finished a week", "items a week",
     "items finished in the last full weeks / weeks", kMethod},
    {"demand", "given_up_a_week", "Given up a week", "items a week",
     "items given up in the last full weeks / weeks", kMethod},
    {"demand", "net_a_week", "Growth a week", "items a week",
     "mean over the last full weeks of items begun - items finished or given up", kMethod},
    {"demand", "now", "In progress", "items",
     "count of items begun and not over at the end of the window", kMethod},
    {"demand", "waiting", "Not begun yet", "items",
     "count of items known and not begun at the end of the window", kMethod},
    {"demand", "months", "Months of work waiting", "months",
     "(now + waiting) / throughput_a_week / (365.25 / 12 / 7)", kMethod},
    {"demand", "forecast_weeks", "Weeks until doubled or gone", "weeks", "now / |net_a_week|",
     kMethod},
    {"demand", "stop_a_week", "Not to begin, a week", "items a week",
     "net_a_week where its interval lies above 0", kMethod},
    {"demand", "types.arrival_a_week", "Begun a week", "items a week",
     "items of the type begun in the last full weeks / weeks", kMethod},
    {"demand", "types.share", "Share of what is begun", "share",
     "items of the type begun / items begun, in the last full weeks", kMethod},
    {"teams", "people", "People seen", "people",
     "count of people named with the team in the last full weeks", kMethod},
    {"teams", "utilisation", "Share of time with active work", "share",
     "ratio of sums of time with at least one active item / time of the weeks seen, over its "
     "people",
     kMethod},
    {"teams", "at_once", "At once", "items",
     "active time of all items / time with at least one, over its people", kMethod},
    {"teams", "efficiency", "Share of the time worked on", "share",
     "ratio of sums of active / (active + waiting) time while the team held it, over finished "
     "items",
     kMethod},
    {"teams", "items", "Finished items it held", "items",
     "count of finished items with time on the clock while the team held them", kMethod},
    {"teams", "more_load.days_low", "10 % more load: wait longer by at least", "days",
     "(wait factor - 1) x mean wait before a stay of its work, lower reading: an estimate",
     kMethod},
    {"teams", "more_load.days_high", "10 % more load: wait longer by at most", "days",
     "(wait factor - 1) x mean wait before a stay of its work, higher reading: an estimate",
     kMethod},
    {"teams", "more_load.wait_factor_low", "10 % more load: waits at least", "times",
     "1 + explained share x (congestion at 1.1 x utilisation / congestion now - 1), lower of one "
     "queue for all and one for each: an estimate",
     kMethod},
    {"teams", "more_load.wait_factor_high", "10 % more load: waits at most", "times",
     "1 + explained share x (congestion at 1.1 x utilisation / congestion now - 1), higher of one "
     "queue for all and one for each: an estimate",
     kMethod},
};
constexpr RowName kRows[] = {
    {"handover_worst", "from>to"}, {"demand", "value_stream"}, {"teams", "team"}};

Json spread_json(const std::optional<quant::Spread>& spread) {
  if (!spread || spread->low >= spread->high) return {};
  return interval_json(Interval{spread->low, spread->high, quant::kLevel});
}
// Of a rate: never below 0.
Json rate_json(std::optional<quant::Spread> spread) {
  if (spread) spread->low = std::max(0.0, spread->low);
  return spread_json(spread);
}
Json value_json(const std::optional<quant::Spread>& spread) {
  return spread ? Json(spread->value) : Json();
}
Json value_json(const std::optional<Foretold>& foretold) {
  return foretold ? Json(foretold->value) : Json();
}
Json foretold_json(const std::optional<Foretold>& foretold) {
  if (!foretold) return {};
  return Json::object(
      {{"low", foretold->low}, {"high", or_null(foretold->high)}, {"level", quant::kLevel}});
}

Json pair_json(const PairRow& row) {
  return Json::object({{"from", row.from},
                       {"to", row.to},
                       {"count", row.count},
                       {"days", row.days},
                       {"share", row.share},
                       {"mean_wait_days", row.mean.value},
                       {"interval", spread_json(row.mean)},
                       {"cost", or_null(row.cost)}});
}

Json type_json(const TypeDemand& row) {
  return Json::object({{"type", Names<WorkType>::values[static_cast<std::size_t>(row.type)]},
                       {"arrival_a_week", row.arrival_a_week},
                       {"share", row.share}});
}

Json forecast_name(Trend trend, bool has_forecast) {
  if (!has_forecast) return {};
  return trend == Trend::grows ? "doubled" : "cleared";
}

Json demand_json(const DemandRow& row) {
  return Json::object({{"value_stream", row.id},
                       {"name", row.name},
                       {"weeks", row.weeks},
                       {"arrival_a_week", value_json(row.arrival)},
                       {"arrival_interval", rate_json(row.arrival)},
                       {"throughput_a_week", value_json(row.throughput)},
                       {"throughput_interval", rate_json(row.throughput)},
                       {"given_up_a_week", row.given_up_a_week},
                       {"net_a_week", value_json(row.net)},
                       {"net_interval", spread_json(row.net)},
                       {"now", row.now},
                       {"waiting", row.waiting},
                       {"months", value_json(row.months)},
                       {"months_interval", foretold_json(row.months)},
                       {"verdict", trend_name(row.trend)},
                       {"forecast", forecast_name(row.trend, row.weeks_to.has_value())},
                       {"forecast_weeks", value_json(row.weeks_to)},
                       {"forecast_interval", foretold_json(row.weeks_to)},
                       {"stop_a_week", value_json(row.stop)},
                       {"stop_interval", foretold_json(row.stop)},
                       {"types", each(row.types, type_json)},
                       {"reason", or_null(row.reason)}});
}

Json load_json(const std::optional<MoreLoad>& load) {
  if (!load) return {};
  return Json::object({{"wait_factor_low", load->factor_low},
                       {"wait_factor_high", load->factor_high},
                       {"days_low", load->days_low},
                       {"days_high", load->days_high}});
}

Json team_json(const TeamRow& row) {
  return Json::object({{"team", row.team},
                       {"people", row.people},
                       {"weeks", row.weeks.size()},
                       {"utilisation", or_null(row.utilisation)},
                       {"utilisation_interval", interval_json(row.utilisation_interval)},
                       {"at_once", or_null(row.at_once)},
                       {"efficiency", or_null(row.efficiency)},
                       {"efficiency_interval", interval_json(row.efficiency_interval)},
                       {"items", row.items},
                       {"more_load", load_json(row.more_load)},
                       {"reason", or_null(row.reason)},
                       {"efficiency_reason", or_null(row.efficiency_reason)},
                       {"load_reason", or_null(row.load_reason)}});
}

}  // namespace

void add_capacity(Json& out, const FigureBook& book) {
  std::vector<PairRow> pairs = handover_waits_of(book)->pairs;
  if (pairs.size() > kWorstPairs) pairs.resize(kWorstPairs);
  out.set("handover_worst", each(pairs, pair_json));
  out.set("demand", each(demand_of(book)->rows, demand_json));
  out.set("teams", each(utilisation_of(book)->rows, team_json));
}

ArrayNotes capacity_notes() { return {kRows, kColumns}; }

}  // namespace tiebeam::flow
