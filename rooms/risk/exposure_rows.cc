#include "rooms/risk/exposure_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "model/json_parts.h"
#include "quant/marginal.h"
#include "rooms/risk/exposure_json.h"
#include "rooms/risk/ranges.h"
#include "rooms/risk/records.h"
#include "rooms/services/records.h"

namespace tiebeam::risk {
namespace {

std::optional<Interval> interval_of(const quant::Spread& spread) {
  return Interval{spread.low, spread.high, quant::kLevel};
}

}  // namespace

ExposureRows::ExposureRows(const FigureBook& book, const Exposed& found, std::string recompute)
    : snapshot_(book.snapshot()),
      found_(found),
      wanted_(found.records->wanted),
      as_of_(seen_from(book)),
      rows_(as_of_, wanted_.currency, &found),
      recompute_(std::move(recompute)),
      today_(day_of(as_of_, snapshot_.zone(snapshot_.organisation.zone))) {}

Json ExposureRows::cell(const Figure& figure) const { return cell_json(figure, recompute_); }

Json ExposureRows::scenarios() const {
  std::vector<std::size_t> order(wanted_.scenarios.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const auto& all = found_.simulation->scenarios;
    return std::tuple(-all[a].measures.ale, all[a].id) <
           std::tuple(-all[b].measures.ale, all[b].id);
  });
  std::map<std::string, std::vector<std::string>, std::less<>> controls;
  for (const Control& control : wanted_.controls) {
    for (const Reduction& reduction : control.reduces) {
      auto& ids = controls[wanted_.scenarios[reduction.scenario].id];
      if (ids.empty() || ids.back() != control.id) ids.push_back(control.id);
    }
  }
  Json out = Json::Array{};
  for (const std::size_t at : order) {
    Json row = scenario(at);
    row.set("controls", Json::array(controls[wanted_.scenarios[at].id]));
    out.push(std::move(row));
  }
  return out;
}

Json ExposureRows::controls(const ControlSet& on) const {
  Json out = Json::Array{};
  for (std::size_t i = 0; i < wanted_.controls.size(); ++i) {
    const RiskControl record =
        to_struct<RiskControl>(*snapshot_.find("control", wanted_.controls[i].id));
    Json row = Json::object(
        {{"id", record.id},
         {"name", record.name},
         {"status", Names<ControlStatus>::values[static_cast<std::size_t>(record.status)]},
         {"on", std::ranges::binary_search(on, i)},
         {"tested_at", or_null(record.tested_at)},
         {"test_passed", record.test_passed ? Json(*record.test_passed) : Json()},
         {"scenarios", reduced_by(wanted_.controls[i])}});
    worth(i, row);
    row.set("rests_on", rests_on(wanted_.controls[i]));
    out.push(std::move(row));
  }
  return out;
}

// Ids of the scenarios that it reduces.
Json ExposureRows::reduced_by(const Control& control) const {
  std::vector<std::string> ids;
  for (const Reduction& each : control.reduces) {
    const std::string& id = wanted_.scenarios[each.scenario].id;
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  return Json::array(ids);
}

// The assumptions under a control's worth: what it takes away of which scenario, and who said when
// how bad that is.
Json ExposureRows::rests_on(const Control& control) const {
  Json out = Json::Array{};
  for (const Reduction& each : control.reduces) {
    const auto scenario =
        to_struct<RiskScenario>(*snapshot_.find("scenario", wanted_.scenarios[each.scenario].id));
    out.push(Json::object(
        {{"scenario", scenario.id},
         {"name", scenario.name},
         {"takes", share_words(each.by) +
                       (each.factor == Factor::frequency ? " fewer events" : " smaller losses")},
         {"estimate", format_estimate(each.by)},
         {"basis", scenario.basis},
         {"estimated_by", named_json(snapshot_, "person", scenario.estimated_by.str())},
         {"estimated_on", or_null(scenario.estimated_on)}}));
  }
  return out;
}

Json ExposureRows::groups(std::string_view type) const {
  Json out = Json::Array{};
  for (std::size_t g = 0; g < found_.groups.size(); ++g) {
    if (found_.groups[g].type == type) out.push(group(g));
  }
  return out;
}

Json ExposureRows::best() const {
  if (!found_.best) return {};
  const SetResult* best = &found_.best->set;
  Json ids = Json::Array{};
  for (const std::size_t at : best->controls) ids.push(wanted_.controls[at].id);
  const std::string key = "risk.best";
  Json out = Json::object({{"controls", std::move(ids)}, {"proven", found_.best->proven}});
  out.set("avoided",
          cell(rows_.avoided(rows_.blank({key + ".avoided", "What the best set would avoid a year",
                                          "money", "mean of yearly loss without - with the set"},
                                         "control", "of the best set"),
                             *best)));
  out.set("cost", cell(rows_.money(rows_.blank({key + ".cost", "What the best set costs a year",
                                                "money", "mean of the sum of its costs"},
                                               "control", "of the best set"),
                                   best->cost)));
  return out;
}

Json ExposureRows::scenario(std::size_t at) const {
  const ScenarioResult& result = found_.simulation->scenarios[at];
  const RiskScenario record = to_struct<RiskScenario>(*snapshot_.find("scenario", result.id));
  const std::string key = fmt::format("risk.scenarios[{}]", record.id);
  Json out = Json::object(
      {{"id", record.id},
       {"name", record.name},
       {"sentence", chance_sentence(result.measures, wanted_.currency)},
       {"service", named_json(snapshot_, "service", record.asset.str())},
       {"treatment", Names<Treatment>::values[static_cast<std::size_t>(record.treatment)]},
       {"owner", named_json(snapshot_, "person", record.owner.str())},
       {"review_on", or_null(record.review_on)},
       {"estimated_on", or_null(record.estimated_on)}});
  out.set("goals", each(record.goals, [&](const Id<"priority">& goal) {
            return named_json(snapshot_, "priority", goal.str());
          }));
  out.set("mean", cell(rows_.mean({key + ".mean", "Loss a year on average", "money",
                                   "mean of all simulated years of the scenario"},
                                  "scenario", record.id, result.measures)));
  out.set("p90", cell(rows_.percentile({key + ".p90", "Loss in a bad year (1 in 10)", "money",
                                        "x of rank ceil(0.9 n) of the simulated years"},
                                       "scenario", record.id, result.measures.quantiles[2])));
  Figure share = rows_.blank({key + ".tail_share", "Part of the worst 5 of 100 years", "share",
                              "its mean loss in the portfolio's worst years / the portfolio's"},
                             "scenario", record.id);
  out.set("tail_share",
          cell(result.tail_share ? RowFigures::number(std::move(share), *result.tail_share)
                                 : no_tail(std::move(share))));
  out.set("age_days", record.estimated_on ? Json(days_since(*record.estimated_on)) : Json());
  return out;
}

// Why nobody's part of the worst years can be told.
Figure ExposureRows::no_tail(Figure share) const {
  if (found_.simulation->portfolio.p_zero >= 1)
    return RowFigures::not_known(std::move(share), "no simulated year has a loss");
  share.status = Status::too_few;
  share.reason = "too few simulated years lie beyond the worst 1 in 20: ask for more";
  return share;
}

std::int64_t ExposureRows::days_since(Day day) const {
  return (std::chrono::sys_days{today_} - std::chrono::sys_days{day}).count();
}

void ExposureRows::worth(std::size_t at, Json& row) const {
  const Control& control = wanted_.controls[at];
  const SetResult& result = found_.simulation->controls[at];
  const std::string key = fmt::format("risk.controls[{}]", control.id);
  const auto blank = [&](const char* field, const char* label, const char* unit,
                         const char* formula) {
    return rows_.blank({key + field, label, unit, formula}, "control", control.id);
  };
  Figure cost = blank(".cost", "Cost a year", "money", "mean of its estimate");
  if (control.has_no_price) {
    row.set("cost",
            cell(RowFigures::not_known(std::move(cost), "nobody said what it costs a year")));
  } else {
    row.set("cost", cell(rows_.money(std::move(cost), result.cost,
                                     Interval{result.cost_p05, result.cost_p95, quant::kLevel})));
  }
  const char* label =
      control.in_place ? "What it avoids a year today" : "What it would avoid a year";
  row.set("avoided", cell(rows_.avoided(blank(".avoided", label, "money",
                                              "mean over simulated years of loss without it - loss "
                                              "with it, the other controls as today"),
                                        result)));
  const double today = found_.simulation->portfolio.ale;
  const double other = today + (control.in_place ? 1 : -1) * result.reduction.value;
  row.set("without", cell(rows_.money(blank(".without", "Loss a year without it", "money",
                                            "mean of the simulated years without the control"),
                                      control.in_place ? other : today)));
  row.set("with", cell(rows_.money(blank(".with", "Loss a year with it", "money",
                                         "mean of the same years with the control"),
                                   control.in_place ? today : other)));
  row.set("avoided_p10", cell(rows_.money(blank(".avoided_p10", "9 of 10 years avoid more", "money",
                                                "x of rank ceil(0.1 n) of the yearly differences"),
                                          result.p10)));
  row.set("avoided_p90",
          cell(rows_.money(blank(".avoided_p90", "1 of 10 years avoids more", "money",
                                 "x of rank ceil(0.9 n) of the yearly differences"),
                           result.p90)));
  Figure per = blank(".per_euro", "Loss avoided for each unit of money", "times",
                     "loss avoided a year / cost a year");
  Figure worth = blank(".p_worth", "Share of years in which it is worth its cost", "share",
                       "simulated years in which it avoids more than it costs / all");
  const std::string why =
      control.has_no_price ? "nobody said what it costs a year" : "it costs nothing";
  if (result.cost > 0 && !control.has_no_price) {
    // Of single years the return and the 1 that it costs.
    const auto range =
        yearly_range(result)
            ? std::optional(Interval{result.rosi_p05 + 1, result.rosi_p95 + 1, quant::kLevel})
            : std::nullopt;
    row.set("per_euro",
            cell(RowFigures::number(std::move(per), result.reduction.value / result.cost, range)));
    row.set("p_worth", cell(RowFigures::number(std::move(worth), result.p_worth)));
  } else {
    row.set("per_euro", cell(RowFigures::not_known(std::move(per), why)));
    row.set("p_worth", cell(RowFigures::not_known(std::move(worth), why)));
  }
}

Json ExposureRows::group(std::size_t g) const {
  const Group& group = found_.groups[g];
  const Measures& measures = found_.simulation->groups[g];
  const Record* record = snapshot_.find(group.type, group.id);
  const std::string key =
      fmt::format("risk.{}[{}]", group.type == "service" ? "services" : "priorities", group.id);
  Json ids = Json::Array{};
  for (const std::size_t at : group.scenarios) ids.push(wanted_.scenarios[at].id);
  Json out = Json::object({{"id", group.id},
                           {"name", record ? record->name() : group.id},
                           {"scenarios", std::move(ids)}});
  out.set("mean", cell(rows_.mean({key + ".mean", "Loss a year on average", "money",
                                   "mean of the simulated years of its scenarios together"},
                                  group.type, group.id, measures)));
  out.set("p90", cell(rows_.percentile({key + ".p90", "Loss in a bad year (1 in 10)", "money",
                                        "x of rank ceil(0.9 n) of the years of its scenarios "
                                        "together"},
                                       group.type, group.id, measures.quantiles[2])));
  if (group.type == "service") disruption(record, key, out);
  return out;
}

void ExposureRows::disruption(const Record* record, const std::string& key, Json& out) const {
  out.set("tier", Json());
  out.set("disruption_a_day", Json());
  if (!record) return;
  const auto service = to_struct<services::Service>(*record);
  if (service.tier) out.set("tier", *service.tier);
  if (!service.disruption_cost_a_day) return;
  const auto law = quant::Marginal::create(*service.disruption_cost_a_day);
  if (!law) return;
  Figure figure = RowFigures(as_of_, wanted_.currency, nullptr)
                      .blank({key + ".disruption_a_day", "What a day without it costs", "money",
                              "mean of the estimate, its 5th to its 95th percentile"},
                             "service", service.id);
  out.set("disruption_a_day",
          cell(rows_.money(std::move(figure), law->mean(),
                           Interval{law->quantile(0.05), law->quantile(0.95), 0.9})));
}

Json ExposureRows::appetite(const std::vector<AppetiteResult>& results) const {
  Json out = Json::Array{};
  for (std::size_t i = 0; i < results.size(); ++i) {
    const AppetiteResult& result = results[i];
    const auto record =
        to_struct<Appetite>(*snapshot_.find("appetite", found_.records->appetite_ids[i]));
    Figure chance = rows_.blank(
        {fmt::format("risk.appetite[{}].chance", record.id), "Chance of a larger loss in a year",
         "share", "simulated years with a larger loss / all, Clopper and Pearson's interval"},
        "appetite", record.id);
    chance = RowFigures::number(std::move(chance), result.probability.value,
                                interval_of(result.probability));
    out.push(Json::object({{"id", record.id},
                           {"name", record.name},
                           {"probability", result.point.probability},
                           {"loss", *record.loss},
                           {"set_by", named_json(snapshot_, "person", record.set_by.str())},
                           {"set_on", or_null(record.set_on)},
                           {"chance", cell(chance)},
                           {"verdict", quant::verdict_name(result.verdict)}}));
  }
  return out;
}

Json ExposureRows::chosen(const Chosen& chosen) const {
  const auto blank = [&](const char* key, const char* label, const char* formula) {
    return rows_.blank({std::string("risk.chosen.") + key, label, "money", formula}, "control",
                       "chosen");
  };
  const Measures& left = chosen.set.residual;
  Json figures = Json::Array{};
  figures.push(cell(rows_.mean({"risk.chosen.mean", "Loss a year on average", "money",
                                "mean of the same simulated years with the chosen controls"},
                               "control", "chosen", left)));
  constexpr std::pair<std::size_t, const char*> kQuantiles[] = {
      {0, "p50"}, {2, "p90"}, {3, "p95"}, {4, "p99"}};
  for (const auto& [at, name] : kQuantiles)
    figures.push(cell(
        rows_.percentile({std::string("risk.chosen.") + name,
                          fmt::format("{:g} of 100 years lose no more", 100 * kShares[at]), "money",
                          "percentile of the same simulated years with the chosen controls"},
                         "control", "chosen", left.quantiles[at])));
  figures.push(cell(rows_.percentile(
      {"risk.chosen.tvar95", "Mean of the worst 5 of 100 years", "money",
       "mean of the worst n (1 - 0.95) of the same simulated years with the chosen controls"},
      "control", "chosen", left.tvar[0])));
  figures.push(cell(RowFigures::number(
      rows_.blank({"risk.chosen.none", "Chance of a year without any loss", "share",
                   "of the same simulated years with the chosen controls, those without a loss / "
                   "all"},
                  "control", "chosen"),
      left.p_zero)));
  figures.push(cell(rows_.avoided(blank("avoided", "Avoided a year, against today",
                                        "mean of yearly loss today - with the chosen controls"),
                                  chosen.set)));
  figures.push(cell(rows_.money(
      blank("cost", "What the chosen controls cost a year", "mean of the sum of their costs"),
      chosen.set.cost)));
  Json ids = Json::Array{};
  for (const std::size_t at : chosen.set.controls) ids.push(wanted_.controls[at].id);
  return Json::object({{"controls", std::move(ids)}, {"figures", std::move(figures)}});
}

}  // namespace tiebeam::risk
