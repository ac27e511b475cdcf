#include "rooms/risk/engine/set_result.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "rooms/risk/engine/column.h"
#include "rooms/risk/engine/ranks.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;

// Every trial's cost of a set of controls.
std::vector<double> costs_of(const SetYears& of) {
  std::vector<double> out(of.portfolio.size(), 0);
  Row row;
  for (const std::size_t control : of.controls) {
    for (std::size_t block = 0; block * kBlock < out.size(); ++block) {
      quant::uniforms(of.prepared.controls[control], quant::Purpose{0}, of.first_block + block,
                      row.data());
      quant::normals(row.data(), kBlock, row.data());
      of.prepared.control_costs[control].map(row.data(), kBlock, row.data());
      for (std::size_t t = 0; t < kBlock; ++t) out[block * kBlock + t] += row[t];
    }
  }
  return out;
}

// What one control costs in 5 and in 95 of 100 years.
void add_cost_range(const SetYears& of, const std::vector<double>& cost, SetResult& out) {
  constexpr double kEnds[] = {0.05, 0.95};
  if (of.controls.size() > 1) {
    const std::vector<double> found = quantiles_of(cost, of.trials, kEnds);
    out.cost_p05 = found[0];
    out.cost_p95 = found[1];
    return;
  }
  constexpr double kScore = 1.6448536269514722;  // normal quantile at 0.95
  std::array<double, 2 + quant::kPad> z{-kScore, kScore}, x{};
  of.prepared.control_costs[of.controls.front()].map(z.data(), 2, x.data());
  out.cost_p05 = x[0];
  out.cost_p95 = x[1];
}

void add_return(const SetYears& of, const std::vector<double>& cost, SetResult& out) {
  const std::size_t n = of.trials;
  std::size_t worth = 0;
  for (std::size_t t = 0; t < n; ++t) worth += of.taken[t] > cost[t] ? 1 : 0;
  out.p_worth = static_cast<double>(worth) / static_cast<double>(n);
  out.cost = std::accumulate(cost.begin(), cost.begin() + static_cast<std::ptrdiff_t>(n), 0.0) /
             static_cast<double>(n);
  if (!(out.cost > 0)) return;
  out.rosi = (out.reduction.value - out.cost) / out.cost;
  constexpr double kThree[] = {0.05, 0.5, 0.95};
  constexpr double kMost = 1e300;                 // where a year costs nothing
  std::vector<double> times(of.taken.size(), 0);  // what is avoided for each unit of cost
  for (std::size_t t = 0; t < n; ++t)
    times[t] = of.taken[t] == 0 ? 0 : std::clamp(of.taken[t] / cost[t], -kMost, kMost);
  const std::vector<double> found = quantiles_of(times, n, kThree);
  out.rosi_p05 = found[0] - 1;
  out.rosi_p50 = found[1] - 1;
  out.rosi_p95 = found[2] - 1;
  add_cost_range(of, cost, out);
}

}  // namespace

SetResult set_result(const SetYears& of) {
  SetResult out{.controls = of.controls};
  const std::size_t n = of.trials;
  out.reduction = quant::mean_of({of.taken.data(), n});
  const std::vector<double> cost = costs_of(of);
  add_return(of, cost, out);
  if (of.has_residual) {
    std::vector<double> left(of.portfolio.size(), 0);
    const double sign = of.is_taken_away ? 1 : -1;
    for (std::size_t t = 0; t < n; ++t)
      left[t] = std::max(0.0, of.portfolio[t] + sign * of.taken[t]);
    out.residual = column_of(left, n, of.pivot, 1).counted.measures();
  }
  constexpr double kFive[] = {0.05, 0.1, 0.5, 0.9, 0.95};
  const std::vector<double> found = quantiles_of(of.taken, n, kFive);
  out.p05 = found[0];
  out.p10 = found[1];
  out.p50 = found[2];
  out.p90 = found[3];
  out.p95 = found[4];
  return out;
}

}  // namespace tiebeam::risk
