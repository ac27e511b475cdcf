#include "rooms/investment/engine/case_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "quant/quantile.h"
#include "quant/sensitivity.h"
#include "rooms/investment/engine/block.h"
#include "rooms/investment/engine/case_trials.h"
#include "rooms/investment/engine/faults.h"

namespace tiebeam::investment {
namespace {

using quant::kBlock;
using Numbers = std::vector<double>;
using Trials = CaseTrials;

Bounds bounds_of(std::span<const double> sorted, quant::RankBounds ranks) {
  return {sorted[ranks.low - 1], sorted[ranks.high - 1]};
}

// Which inputs go with value: each with what moves it in common with others.
std::vector<SwingRow> swings_of(const PreparedCase& initiative, const Cases& cases,
                                const Shared& shared, const Trials& trials, std::size_t n) {
  std::vector<SwingRow> out;
  const std::span<const double> npv(trials.npv.data(), n);
  const auto add = [&](const std::string& name, const Numbers& x) {
    const auto swing = quant::conditional_mean_swing({x.data(), n}, npv);
    out.push_back({name, swing.low_mean, swing.high_mean});
  };
  std::vector<bool> driver(cases.drivers.size(), false), kpi(cases.kpis.size(), false);
  const auto note = [&](const DrawnInput& input) {
    for (const auto& [at, weight] : input.drivers) driver[at] = true;
  };
  for (std::size_t i = 0; i < trials.inputs.size(); ++i) {
    if (trials.inputs[i].empty()) continue;
    add(initiative.inputs[i].name, trials.inputs[i]);
    note(initiative.inputs[i]);
  }
  for (const PreparedEffect& effect : initiative.effects) {
    if (kpi[effect.kpi] || shared.values[effect.kpi].empty()) continue;
    kpi[effect.kpi] = true;
    add(shared.kpis[effect.kpi].name, shared.values[effect.kpi]);
    note(shared.kpis[effect.kpi]);
  }
  for (std::size_t i = 0; i < driver.size(); ++i) {
    if (driver[i]) add("driver " + cases.drivers[i], shared.drivers[i]);
  }
  if (!trials.works.empty()) add("p_success", trials.works);
  std::ranges::sort(out, [](const SwingRow& a, const SwingRow& b) {
    const double left = std::abs(a.swing()), right = std::abs(b.swing());
    return left != right ? left > right : a.input < b.input;
  });
  return out;
}

Roi roi_of(const Trials& trials, std::size_t n) {
  Roi out;
  Numbers ratio;
  double npv = 0, costs = 0;
  for (std::size_t i = 0; i < n; ++i) {
    npv += trials.npv[i];
    costs += trials.costs[i];
    if (trials.costs[i] > 0) ratio.push_back(trials.npv[i] / trials.costs[i]);
  }
  if (costs > 0) out.of_means = npv / costs;
  if (ratio.size() < n) return out;  // some trial costs nothing: no ratio there
  std::ranges::sort(ratio);
  const std::span<const double> sorted(ratio);
  out.p05 = quant::inverse_ecdf(sorted, 0.05);
  out.p50 = quant::inverse_ecdf(sorted, 0.5);
  out.p95 = quant::inverse_ecdf(sorted, 0.95);
  return out;
}

std::optional<DoNothing> do_nothing_of(const PreparedCase& initiative, const Settings& settings,
                                       const Trials& trials, std::size_t n) {
  if (!initiative.has_do_nothing) return std::nullopt;
  DoNothing out;
  double annuity = 0;
  for (std::size_t y = 0; y < settings.life; ++y) annuity += settings.discount[y];
  out.npv = -annuity * initiative.inputs[place_of(Input::do_nothing_cost_a_year)].marginal.mean();
  Numbers advantage(n);
  for (std::size_t i = 0; i < n; ++i) advantage[i] = trials.npv[i] + trials.aside[i];
  out.advantage = Summariser().money(advantage);
  return out;
}

std::vector<std::string> warnings_for(const Cases& cases, const BusinessCase& initiative,
                                      const CaseValue& value) {
  std::vector<std::string> out = warnings_of(cases, initiative);
  const MoneySummary& npv = value.npv.summary;
  if (!value.exact.value || npv.standard_error == 0) return out;
  const double off = std::abs(npv.mean - *value.exact.value) / npv.standard_error;
  if (off > kMostErrors) {
    out.push_back(
        fmt::format("{}: the simulated mean is {:.1f} standard errors off the exact one; a few "
                    "rare trials decide it, use more trials",
                    initiative.id, off));
  }
  return out;
}

CostFigures cost_of(const BusinessCase& initiative, const PreparedCase& prepared) {
  const auto at = [&](Input input, double p) {
    return prepared.inputs[place_of(input)].marginal.quantile(p);
  };
  return {.one_off_p50 = at(Input::one_off_cost, 0.5),
          .one_off_p90 = at(Input::one_off_cost, 0.9),
          .run_p50 = at(Input::run_cost_a_year, 0.5),
          .exit_p50 = at(Input::exit_cost, 0.5),
          .has_one_off = initiative.one_off_cost.has_value(),
          .has_run = initiative.run_cost_a_year.has_value(),
          .has_exit = initiative.exit_cost.has_value()};
}

void set_times(const Trials& trials, std::size_t n, Summariser& summariser, CaseValue& value) {
  value.payback = summariser.payback({trials.payback.data(), n});
  value.discounted_payback = summariser.payback({trials.discounted.data(), n});
  const MoneySummary late = summariser.money({trials.month_late.data(), n});
  value.month_late = {late.mean, late.standard_error, late.p05, late.p95};
}

}  // namespace

MoneyFigures money_figures(std::span<const double> trials) {
  MoneyFigures out;
  out.summary = Summariser().money(trials);
  Numbers sorted(trials.begin(), trials.end());
  std::ranges::sort(sorted);
  const auto set = [&](double p, std::optional<Bounds>& bounds) {
    if (const auto ranks = quant::rank_bounds(sorted.size(), p)) bounds = bounds_of(sorted, *ranks);
  };
  set(0.05, out.p05);
  set(0.5, out.p50);
  set(0.95, out.p95);
  return out;
}

quant::Mix digest_of(const std::vector<const std::vector<double>*>& arrays, std::uint64_t trials) {
  quant::Mix out;
  for (std::uint64_t first = 0; first < trials; first += kBlock) {
    const std::size_t n = std::min<std::uint64_t>(kBlock, trials - first);
    for (const auto* each : arrays)
      out = quant::combine(out, quant::mix_of(each->data() + first, n));
  }
  return out;
}

Result<ValuedCase> value_case(const Cases& cases, const BusinessCase& initiative,
                              const Shared& shared, const Settings& settings) {
  const PreparedCase prepared = prepare(cases, initiative, settings.seed);
  const std::size_t n = settings.trials;
  Trials trials = simulate(prepared, shared, settings);
  ValuedCase out;
  CaseValue& value = out.value;
  value.id = initiative.id;
  value.title = initiative.title;
  value.kind = initiative.kind;
  Summariser summariser;
  const std::span<const double> npv(trials.npv.data(), n);
  const MoneySummary look = summariser.money(npv);
  if (!std::isfinite(look.mean) || !std::isfinite(look.standard_error)) {
    return invalid("investment.too_large",
                   fmt::format("{}: amounts become too large to be summed", initiative.id),
                   "write them in millions, or narrow the widest range");
  }
  value.cost = cost_of(initiative, prepared);
  value.npv = money_figures(npv);
  value.exact = exact_npv_mean(prepared, shared, settings);
  value.roi = roi_of(trials, n);
  set_times(trials, n, summariser, value);
  const auto size = static_cast<double>(n);
  double one_off = prepared.inputs[place_of(Input::one_off_cost)].draw.value();
  if (const Numbers& paid = trials.inputs[place_of(Input::one_off_cost)]; !paid.empty())
    one_off = quant::moments(paid.data(), n, 0).sum / size;
  value.mean_flows = {-one_off};
  for (const double sum : trials.flow_sums) value.mean_flows.push_back(sum / size);
  value.irr = quant::irr(value.mean_flows);
  value.do_nothing = do_nothing_of(prepared, settings, trials, n);
  TornadoBars bars = tornado_of(prepared, shared, settings);
  value.tornado = std::move(bars.rows);
  value.middle = bars.middle;
  value.swing = swings_of(prepared, cases, shared, trials, n);
  value.digest = digest_of({&trials.npv, &trials.payback}, n);
  value.warnings = warnings_for(cases, initiative, value);
  out.npv = std::move(trials.npv);
  return out;
}

}  // namespace tiebeam::investment
