// The map z -> quantile of a beta on an even grid of scores, by marching: a hundred times faster
// than one inversion of the incomplete beta function a node.
#pragma once

#include <optional>
#include <vector>

#include "quant/laws.h"

namespace tiebeam::quant {

struct Nodes {
  std::vector<double> value, slope;  // of T at -reach, -reach + step, ..., reach
};

// None where marching from both ends does not meet in the middle to 3e-7 of the width; then every
// node must be inverted. REQUIRES: reach / step is whole, step at most 1/16.
// Source: the quantile's own differential equation dT/dz = phi(z) / f(T) (Steinbrecher and Shaw
// 2008), in ln x from each end towards the middle, where errors die out; Runge-Kutta, order 4.
[[nodiscard]] std::optional<Nodes> beta_nodes(const BetaLaw& law, double reach, double step);

}  // namespace tiebeam::quant
