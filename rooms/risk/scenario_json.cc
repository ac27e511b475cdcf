// One scenario: what it could cost, what it rests on, and what each control does about it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/figure_json.h"
#include "model/figure_text.h"
#include "model/record_json.h"
#include "rooms/risk/alone.h"
#include "rooms/risk/calibration.h"
#include "rooms/risk/exposure_figures.h"
#include "rooms/risk/exposure_json.h"
#include "rooms/risk/ranges.h"
#include "rooms/risk/records.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

class OneScenario {
 public:
  OneScenario(const FigureBook& book, const Exposed& found, const ExposureWish& wanted)
      : snapshot_(book.snapshot()),
        wanted_(found.records->wanted),
        simulation_(*found.simulation),
        rows_(seen_from(book), wanted_.currency, &found),
        recompute_(recompute_of(
            fmt::format("tiebeam risk scenario {} --json", wanted_.scenarios[0].id), wanted)) {}

  void add_to(Json& out) const {
    const Measures& today = simulation_.scenarios[0].measures;
    out.set("sentence", sentence(today));
    out.set("figures", figures(today));
    out.set("curve", curve_json("today", "Today", simulation_.even));
    if (!simulation_.in_place.empty())
      out.set("curve_without", curve_json("bare", "Without any control", simulation_.even_without));
    out.set("controls", controls(today));
    out.set("recompute", recompute_);
  }

 private:
  [[nodiscard]] std::string key() const {
    return fmt::format("risk.scenarios[{}]", wanted_.scenarios[0].id);
  }
  [[nodiscard]] Json cell(const Figure& figure) const { return cell_json(figure, recompute_); }

  // "10 % chance of losing more than EUR 380k in a year; immutable backup cuts it to 2.5 % for EUR
  // 40k a year."
  [[nodiscard]] std::string sentence(const Measures& today) const {
    std::string out = chance_sentence(today, wanted_.currency);
    const auto level = chance_level(today);
    if (!level) return out;
    const Control* best = nullptr;
    double least = level->chance;
    for (std::size_t i = 0; i < wanted_.controls.size(); ++i) {
      if (wanted_.controls[i].in_place) continue;
      const double left = chance_with(i, level->loss);
      if (left >= least) continue;
      least = left;
      best = &wanted_.controls[i];
    }
    if (!best) return out;
    out.pop_back();
    const std::size_t at = static_cast<std::size_t>(best - wanted_.controls.data());
    const std::string price =
        best->has_no_price ? "at a cost nobody has given yet"
                           : fmt::format("for {} a year", money_words(simulation_.controls[at].cost,
                                                                      wanted_.currency));
    return fmt::format("{}; {} cuts that to {} % {}.", out,
                       shown(best->title.empty() ? best->id : best->title, 80),
                       rounded(100 * least, 2), price);
  }

  // The chance of a larger loss with the control switched.
  [[nodiscard]] double chance_with(std::size_t control, double loss) const {
    Register asked = wanted_;
    asked.appetite = {{0.5, loss}};
    const Chosen chosen =
        with_controls(asked, simulation_, switched(simulation_.in_place, control), 1);
    return chosen.appetite.front().probability.value;
  }

  [[nodiscard]] Json figures(const Measures& m) const {
    const std::string& id = wanted_.scenarios[0].id;
    Json out = Json::Array{};
    out.push(cell(rows_.mean({key() + ".mean", "Loss a year on average", "money",
                              "mean of all simulated years of the scenario"},
                             "scenario", id, m)));
    constexpr std::pair<const char*, const char*> kLabels[] = {
        {"p50", "Half of all years lose no more"},
        {"p75", "3 of 4 years lose no more"},
        {"p90", "Loss in a bad year (1 in 10)"},
        {"p95", "Loss in a very bad year (1 in 20)"},
        {"p99", "Loss in the worst year of a century (1 in 100)"}};
    for (std::size_t i = 0; i < std::size(kLabels); ++i)
      out.push(cell(rows_.percentile(
          {fmt::format("{}.{}", key(), kLabels[i].first), kLabels[i].second, "money",
           fmt::format("x of rank ceil({} n) of the simulated years", kShares[i])},
          "scenario", id, m.quantiles[i])));
    out.push(cell(rows_.percentile({key() + ".tvar95", "Mean of the worst 5 of 100 years", "money",
                                    "mean of the worst n (1 - 0.95) simulated years"},
                                   "scenario", id, m.tvar[0])));
    out.push(
        cell(RowFigures::number(rows_.blank({key() + ".none", "Chance of a year without any loss",
                                             "share", "years without a loss / all simulated years"},
                                            "scenario", id),
                                m.p_zero)));
    return out;
  }

  [[nodiscard]] Json controls(const Measures& today) const {
    Json out = Json::Array{};
    for (std::size_t i = 0; i < wanted_.controls.size(); ++i) {
      const Control& control = wanted_.controls[i];
      const SetResult& result = simulation_.controls[i];
      const auto record = to_struct<RiskControl>(*snapshot_.find("control", control.id));
      Json row = Json::object(
          {{"id", control.id},
           {"name", record.name},
           {"status", Names<ControlStatus>::values[static_cast<std::size_t>(record.status)]},
           {"tested_at", record.tested_at ? Json(format_day(*record.tested_at)) : Json()},
           {"test_passed", record.test_passed ? Json(*record.test_passed) : Json()}});
      Json takes = Json::Array{};
      std::string words;
      for (const Reduction& each : control.reduces) {
        const char* factor = each.factor == Factor::frequency ? "frequency" : "magnitude";
        const std::string by =
            share_words(each.by) +
            (each.factor == Factor::frequency ? " fewer events" : " smaller losses");
        takes.push(
            Json::object({{"factor", factor}, {"by", by}, {"estimate", format_estimate(each.by)}}));
        words += (words.empty() ? "" : "; ") + by;
      }
      row.set("factor",
              control.reduces.front().factor == Factor::frequency ? "frequency" : "magnitude");
      row.set("by", words);
      row.set("takes", std::move(takes));
      const Measures& without = control.in_place ? result.residual : today;
      const Measures& with = control.in_place ? today : result.residual;
      const std::string at = fmt::format("{}.controls[{}]", key(), control.id);
      row.set("without", cell(rows_.mean({at + ".without", "Loss a year without it", "money",
                                          "mean of the simulated years without the control"},
                                         "control", control.id, without)));
      row.set("with", cell(rows_.mean({at + ".with", "Loss a year with it", "money",
                                       "mean of the same years with the control"},
                                      "control", control.id, with)));
      row.set("avoided", cell(rows_.avoided(
                             rows_.blank({at + ".avoided", "Avoided a year", "money",
                                          "mean of yearly loss without - with it, year by year"},
                                         "control", control.id),
                             result)));
      out.push(std::move(row));
    }
    return out;
  }

  const Snapshot& snapshot_;
  const Register& wanted_;
  const Simulation& simulation_;
  RowFigures rows_;
  std::string recompute_;
};

Json spread_json(const Words& words) {
  Json quantiles = Json::Array{};
  for (const auto& [p, x] : words.quantiles) {
    Json pair = Json::Array{};
    pair.push(p);
    pair.push(x);
    quantiles.push(std::move(pair));
  }
  return Json::object({{"words", words.text}, {"quantiles", std::move(quantiles)}});
}

Json about(const FigureBook& book, const RiskScenario& record, const Scenario& scenario) {
  const Snapshot& snapshot = book.snapshot();
  const RecordType* type = snapshot.catalog->find("scenario");
  Json out = Json::object({{"as_of", format_instant(seen_from(book))},
                           {"scenario", to_json(*type, *snapshot.find("scenario", record.id))}});
  const auto currency = Currency::create(snapshot.organisation.currency).value_or(Currency{});
  out.set("currency", currency.code());
  out.set("frequency", scenario.frequency ? spread_json(often_words(*scenario.frequency)) : Json());
  out.set("loss",
          scenario.primary.empty() ? Json() : spread_json(cost_words(scenario.primary, currency)));
  Json layers = Json::Array{};
  for (const InsuranceLayer& each : scenario.insurance)
    layers.push(Json::object({{"deductible", each.deductible}, {"limit", each.limit}}));
  out.set("insurance", std::move(layers));
  out.set("basis", record.basis.empty() ? Json() : Json(record.basis));
  out.set("starter", record.starter.empty() ? Json() : Json(record.starter));
  out.set("calibration", calibration_of(book, record.estimated_by.str()));
  out.set("service", named_json(snapshot, "service", record.asset.str()));
  out.set("owner", named_json(snapshot, "person", record.owner.str()));
  out.set("estimated_by", named_json(snapshot, "person", record.estimated_by.str()));
  out.set("accepted_by", named_json(snapshot, "person", record.accepted_by.str()));
  Json goals = Json::Array{};
  for (const auto& goal : record.goals) goals.push(named_json(snapshot, "priority", goal.str()));
  out.set("goals", std::move(goals));
  return out;
}

}  // namespace

Result<Json> scenario_json(const FigureBook& book, SimulationKeep& keep, const std::string& id,
                           const ExposureWish& wanted, const std::vector<Finding>& findings) {
  const Record* held = book.snapshot().find("scenario", id);
  if (!held) {
    std::vector<std::string_view> ids;
    for (const Record& each : book.snapshot().of("scenario")) ids.push_back(each.id());
    return fail(Kind::not_found, "risk.no_such_scenario",
                fmt::format("there is no scenario '{}'{}", shown(id), did_you_mean(id, ids)),
                "choose one of the list of scenarios");
  }
  TB_TRY(const auto records, records_of(book));
  const auto record = to_struct<RiskScenario>(*held);
  const auto at = std::ranges::find(records->wanted.scenarios, id, &Scenario::id);
  const bool finished = at != records->wanted.scenarios.end();
  Json out = about(book, record, finished ? *at : scenario_of(record).scenario);
  out.set("trials", static_cast<std::int64_t>(wanted.wish.trials));
  out.set("seed", static_cast<std::int64_t>(wanted.wish.seed));
  out.set("status", finished ? "ok" : "unfinished");
  const auto lacks = std::ranges::find_if(records->left_out, [&](const LeftOut& each) {
    return each.type == "scenario" && each.id == id;
  });
  out.set("unfinished", lacks == records->left_out.end() ? Json() : left_out_json(*lacks));
  if (finished) {
    const auto place = static_cast<std::size_t>(at - records->wanted.scenarios.begin());
    TB_TRY(const Exposed alone, alone_exposed(*records, place, keep, wanted.wish));
    OneScenario(book, alone, wanted).add_to(out);
  }
  Json noticed = Json::Array{};
  for (const Finding& finding : findings) {
    if (finding.subject == Subject{"scenario", id}) noticed.push(to_json(finding));
  }
  out.set("findings", std::move(noticed));
  return out;
}

}  // namespace tiebeam::risk
