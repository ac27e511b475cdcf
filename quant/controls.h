// What controls leave over and what they are worth, in closed form. Layers multiply what remains,
// they never add up: two halves leave a quarter, not nothing. docs/method/tail.md.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "quant/marginal.h"

namespace tiebeam::quant {

// A layer takes effectiveness x coverage x reliability of what reaches it.
struct ControlLayer {
  double effectiveness;
  double coverage = 1;
  double reliability = 1;
};
// Each outside 0 to 1, with its place ("/1/coverage"). Errors: control.out_of_range.
[[nodiscard]] std::vector<Error> control_faults(std::span<const ControlLayer> layers);
// The share that remains behind all layers, the product of (1 - e c r). REQUIRES: no faults.
[[nodiscard]] double residual(std::span<const ControlLayer> layers);
// Events that get through a layer are a Poisson process again: rate x residual.
[[nodiscard]] double thinned_rate(double rate, std::span<const ControlLayer> layers);

struct ControlWorth {
  double reduction;                          // of the yearly loss; below 0 when it got worse
  double net_benefit;                        // reduction - cost
  std::optional<double> rosi;                // (reduction - cost) / cost; none without a cost
  std::optional<double> reduction_per_cost;  // none without a cost
};
// REQUIRES: cost_a_year >= 0.
[[nodiscard]] ControlWorth control_worth(double loss_before, double loss_after, double cost_a_year);

// P(threat capability > resistance strength), both independent. To 1e-9 for smooth shapes, 1e-7
// where one has a corner. Exact for two normals and where one or both can only be a few values.
// Source: Open FAIR, O-RT 3.0.1, vulnerability; the integral of F_R(T(z)) phi(z).
[[nodiscard]] double vulnerability(const Marginal& threat, const Marginal& resistance);

}  // namespace tiebeam::quant
