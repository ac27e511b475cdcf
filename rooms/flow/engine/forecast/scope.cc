#include "rooms/flow/engine/forecast/scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "quant/counts.h"
#include "quant/special.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kEachItsPoint = 4096;

// Every number up to `most`; where that is large, from 128 on steps of 1 in 128.
std::vector<std::size_t> grid_to(double most) {
  constexpr std::size_t kSteps = 128;
  std::vector<std::size_t> out{1};
  const bool each = most <= static_cast<double>(kEachItsPoint);
  while (static_cast<double>(out.back()) < most)
    out.push_back(out.back() + (each ? 1 : std::max<std::size_t>(1, out.back() / kSteps)));
  return out;
}

double normal_cdf(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

// Lognormal with 5 % below low and 95 % below high.
std::vector<ScopePoint> range_points(const Scope& scope) {
  const double low = std::log(static_cast<double>(scope.low));
  const double high = std::log(static_cast<double>(scope.high));
  const double middle = (low + high) / 2;
  const double sigma = (high - low) / (2 * quant::normal_quantile(0.95));
  constexpr double kReach = 6;  // standard deviations; the rest, 1e-9, goes to the last point
  const std::vector<std::size_t> grid = grid_to(std::exp(middle + kReach * sigma));
  std::vector<ScopePoint> out;
  double before = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const bool is_last = i + 1 == grid.size();
    const double border = is_last ? 0 : static_cast<double>(grid[i] + grid[i + 1]) / 2;
    const double up_to = is_last ? 1 : normal_cdf((std::log(border) - middle) / sigma);
    if (up_to > before) out.push_back({grid[i], up_to - before});
    before = up_to;
  }
  return out;
}

// Adds to each point what comes up while working: Poisson(items x split).
std::vector<ScopePoint> grown(const std::vector<ScopePoint>& points, double split) {
  const double last = static_cast<double>(points.back().items) * (1 + split);
  const std::vector<std::size_t> grid = grid_to(last + 8 * std::sqrt(last) + 32);
  const bool each = grid.size() == grid.back();
  std::vector<double> weight(grid.size(), 0.0);
  for (const ScopePoint& point : points) {
    const double mean = static_cast<double>(point.items) * split;
    const double reach = 8 * std::sqrt(mean) + 16;
    const auto from = static_cast<std::size_t>(std::max(0.0, mean - reach));
    const auto to = static_cast<std::size_t>(mean + reach);
    const std::size_t stride = each ? 1 : std::max<std::size_t>(1, (to - from) / 16);
    const std::vector<double> summed =
        each ? quant::counts_of({mean, mean}, to + 1).cumulative() : std::vector<double>{};
    double before = 0;
    for (std::size_t k = from; k <= to; k += stride) {
      const bool is_last = k + stride > to;
      const double up_to =
          is_last ? 1 : (each ? summed[k] : quant::below({mean, mean}, k + stride));
      const auto bin = std::ranges::lower_bound(grid, point.items + k);
      weight[std::min(static_cast<std::size_t>(bin - grid.begin()), grid.size() - 1)] +=
          point.weight * (up_to - before);
      before = up_to;
    }
  }
  std::vector<ScopePoint> out;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    if (weight[i] > 0) out.push_back({grid[i], weight[i]});
  }
  return out;
}

}  // namespace

std::vector<ScopePoint> points_of(const Scope& scope) {
  TB_CHECK(scope.low >= 1 && scope.low <= scope.high && scope.split >= 0, "a scope was checked");
  std::vector<ScopePoint> out{{scope.low, 1.0}};
  if (scope.high > scope.low) out = range_points(scope);
  return scope.split > 0 ? grown(out, scope.split) : out;
}

double mean_of(std::span<const ScopePoint> points) {
  double out = 0;
  for (const ScopePoint& point : points) out += static_cast<double>(point.items) * point.weight;
  return out;
}

std::string scope_text(const Scope& scope) {
  return scope.low == scope.high ? fmt::format("{}", scope.low)
                                 : fmt::format("{}-{}", scope.low, scope.high);
}

}  // namespace tiebeam::flow
