#include "quant/controls.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "quant/incomplete.h"
#include "quant/quadrature.h"

namespace tiebeam::quant {

std::vector<Error> control_faults(std::span<const ControlLayer> layers) {
  std::vector<Error> out;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto check = [&](const char* name, double value) {
      if (value >= 0 && value <= 1 && !(value == 0 && std::signbit(value))) return;
      out.push_back(
          {.kind = Kind::invalid,
           .code = "control.out_of_range",
           .message = std::isfinite(value)
                          ? fmt::format("{} is {}, it must be 0 to 1", name, shortest(value))
                          : fmt::format("{} is not a finite number", name),
           .detail = {},
           .hint = "write 0.6 for 60 %",
           .field = fmt::format("/{}/{}", i, name)});
    };
    check("effectiveness", layers[i].effectiveness);
    check("coverage", layers[i].coverage);
    check("reliability", layers[i].reliability);
  }
  return out;
}

double residual(std::span<const ControlLayer> layers) {
  double out = 1;
  for (const ControlLayer& layer : layers)
    out *= 1 - layer.effectiveness * layer.coverage * layer.reliability;
  return out;
}

double thinned_rate(double rate, std::span<const ControlLayer> layers) {
  return rate * residual(layers);
}

ControlWorth control_worth(double loss_before, double loss_after, double cost_a_year) {
  const double reduction = loss_before - loss_after;
  ControlWorth out{reduction, reduction - cost_a_year, {}, {}};
  if (cost_a_year > 0) {
    out.rosi = (reduction - cost_a_year) / cost_a_year;
    out.reduction_per_cost = reduction / cost_a_year;
  }
  return out;
}

namespace {

// P(X < x), strictly.
double below(const Marginal& marginal, double x) {
  return marginal.cdf(std::nextafter(x, -std::numeric_limits<double>::infinity()));
}

// The scores at which F_R(T(z)) may have a corner: where T passes the ends of R, and every half.
std::vector<double> corners(const Marginal& threat, const Marginal& resistance) {
  constexpr double kFar = 9;
  std::vector<double> out;
  for (double z = -kFar; z <= kFar; z += 0.5) out.push_back(z);
  for (const double end : {resistance.least(), resistance.most()}) {
    if (!std::isfinite(end)) continue;
    const double p = threat.cdf(end);
    if (p > 0 && p < 1) out.push_back(std::clamp(normal_score(tails_of(p)), -kFar, kFar));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

double vulnerability(const Marginal& threat, const Marginal& resistance) {
  using Kind = Marginal::Kind;
  if (threat.kind() == Kind::normal && resistance.kind() == Kind::normal) {
    return normal_tails((threat.a() - resistance.a()) / std::hypot(threat.b(), resistance.b())).p;
  }
  double sum = 0;
  if (!threat.continuous()) {
    for (const auto& [value, chance] : threat.jumps()) sum += chance * below(resistance, value);
    return sum;
  }
  if (!resistance.continuous()) {
    for (const auto& [value, chance] : resistance.jumps()) sum += chance * (1 - threat.cdf(value));
    return sum;
  }
  const std::vector<double> ends = corners(threat, resistance);
  for (std::size_t i = 1; i < ends.size(); ++i) {
    sum += integrate(ends[i - 1], ends[i],
                     [&](double z) { return normal_density(z) * resistance.cdf(threat.at(z)); });
  }
  return std::clamp(sum, 0.0, 1.0);
}

}  // namespace tiebeam::quant
