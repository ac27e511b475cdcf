#include <fmt/format.h>

#include "model/figure_json.h"
#include "model/json_parts.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

Json spread_json(const quant::Spread& spread, std::string_view value) {
  return Json::object(
      {{std::string(value), spread.value}, {"low", spread.low}, {"high", spread.high}});
}

void add_measures(Json& out, const Measures& measures, const std::optional<double>& exact) {
  out.set("ale", measures.ale);
  out.set("ale_exact", or_null(exact));
  out.set("se", measures.se);
  out.set("sd", measures.sd);
  out.set("p_zero", measures.p_zero);
  Json few = Json::Array{};
  const auto add = [&](std::string name, const std::optional<double>& value) {
    if (!value) few.push(name);
    out.set(std::move(name), or_null(value));
  };
  constexpr std::array<const char*, kShares.size()> kNames = {"p50", "p75", "p90",
                                                              "p95", "p99", "p999"};
  for (std::size_t i = 0; i < kShares.size(); ++i) add(kNames[i], measures.quantiles[i]);
  add("tvar95", measures.tvar[0]);
  add("tvar99", measures.tvar[1]);
  out.set("too_few", std::move(few));
}

std::string digest_text(const quant::Mix& mix) {
  return fmt::format("{:016x}{:016x}", mix.high, mix.low);
}

Json scenario_json(const Scenario& scenario, const ScenarioResult& result) {
  Json out = Json::object({{"id", scenario.id}});
  if (!scenario.title.empty()) out.set("title", scenario.title);
  add_measures(out, result.measures, result.ale_exact);
  out.set("aggregated", result.aggregated);
  if (result.tail_share) out.set("tail_share", *result.tail_share);
  if (!scenario.asset.empty()) out.set("asset", scenario.asset);
  if (!scenario.goals.empty()) out.set("goals", Json::array(scenario.goals));
  out.set("digest", digest_text(result.digest));
  return out;
}

Json portfolio_json(const Measures& measures, const std::optional<double>& exact,
                    const std::vector<CurvePoint>& points) {
  Json out = Json::Object{};
  add_measures(out, measures, exact);
  Json curve = Json::Array{};
  for (const CurvePoint& point : points) {
    Json each = Json::object({{"loss", point.loss}});
    each.set("probability", point.probability.value);
    each.set("low", point.probability.low);
    each.set("high", point.probability.high);
    curve.push(std::move(each));
  }
  out.set("lec", std::move(curve));
  return out;
}

Json set_json(const RiskAnswer& answer, const SetResult& set) {
  Json out = Json::Object{};
  const bool one = set.controls.size() == 1;
  if (one) out.set("id", answer.wanted.controls[set.controls[0]].id);
  if (one && answer.wanted.controls[set.controls[0]].in_place) out.set("in_place", true);
  Json ids = Json::Array{};
  for (const std::size_t control : set.controls) ids.push(answer.wanted.controls[control].id);
  out.set("controls", std::move(ids));
  out.set("cost_a_year", set.cost);
  Json reduction = spread_json(set.reduction, "mean");
  reduction.set("level", quant::kLevel);
  reduction.set("p05", set.p05);
  reduction.set("p10", set.p10);
  reduction.set("p50", set.p50);
  reduction.set("p90", set.p90);
  reduction.set("p95", set.p95);
  out.set("reduction", std::move(reduction));
  out.set("rosi", or_null(set.rosi));
  if (set.rosi) {
    out.set("rosi_years", Json::object({{"p05", set.rosi_p05},
                                        {"p50", set.rosi_p50},
                                        {"p95", set.rosi_p95},
                                        {"above_zero", set.p_worth}}));
  } else {
    out.set("rosi_reason", "no cost");
  }
  out.set("p_worth", set.p_worth);
  Json residual = Json::Object{};
  add_measures(residual, set.residual, std::nullopt);
  out.set("residual", std::move(residual));
  return out;
}

Json appetite_json(const AppetiteResult& result) {
  return Json::object({{"probability", result.point.probability},
                       {"loss", result.point.loss},
                       {"verdict", quant::verdict_name(result.verdict)},
                       {"exceedance", spread_json(result.probability, "value")}});
}

}  // namespace

Json risk_json(const RiskAnswer& answer) {
  const Simulation& simulation = answer.simulation;
  Json out = Json::object(
      {{"figures", each(answer.figures, [](const Figure& figure) { return to_json(figure); })},
       {"findings", each(answer.findings, [](const Finding& finding) { return to_json(finding); })},
       {"warnings", Json::array(answer.warnings)},
       {"currency", answer.wanted.currency.code()},
       {"trials", static_cast<std::int64_t>(simulation.trials)},
       {"seed", static_cast<std::int64_t>(simulation.seed)}});
  Json scenarios = Json::Array{};
  for (std::size_t i = 0; i < simulation.scenarios.size(); ++i)
    scenarios.push(scenario_json(answer.wanted.scenarios[i], simulation.scenarios[i]));
  out.set("scenarios", std::move(scenarios));
  out.set("portfolio",
          portfolio_json(simulation.portfolio, simulation.ale_exact, simulation.curve));
  if (const auto& avoided = simulation.avoided) {
    out.set("without_controls",
            portfolio_json(avoided->residual, std::nullopt, simulation.curve_without));
    Json reduction = spread_json(avoided->reduction, "mean");
    reduction.set("level", quant::kLevel);
    reduction.set("p10", avoided->p10);
    reduction.set("p50", avoided->p50);
    reduction.set("p90", avoided->p90);
    out.set("avoided", std::move(reduction));
  }
  out.set("appetite", each(simulation.appetite, appetite_json));
  const auto one = [&](const SetResult& set) { return set_json(answer, set); };
  out.set("controls", each(simulation.controls, one));
  if (simulation.all_controls) out.set("all_controls", one(*simulation.all_controls));
  if (simulation.best) {
    Json best = one(*simulation.best);
    best.set("budget", *answer.wanted.control_budget);
    best.set("proven", simulation.best_proven);
    out.set("best_set", std::move(best));
  }
  out.set("digest", digest_text(simulation.digest));
  return out;
}

}  // namespace tiebeam::risk
