#include "quant/beta_nodes.h"

#include <cmath>

#include "quant/incomplete.h"

namespace tiebeam::quant {
namespace {

constexpr double kMeets = 3e-7;

// x and dx/dz of a beta(a, b) on [0, 1] from z = -reach up to 0.
std::optional<Nodes> lower_half(double a, double b, double reach, double step) {
  const double log_front = std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b);
  const double root_two_pi = 0.91893853320467274178;  // ln sqrt(2 pi)
  // d ln x / dz = phi(z) / (f(x) x)
  const auto rate = [&](double z, double log_x) {
    const double rest = b == 1 ? 0 : (b - 1) * std::log1p(-std::exp(log_x));
    return std::exp(-z * z / 2 - root_two_pi - log_front - a * log_x - rest);
  };
  const double start = beta_quantile(a, b, normal_tails(-reach)).p;
  if (!(start > 1e-290)) return std::nullopt;
  Nodes out;
  double log_x = std::log(start), z = -reach;
  const auto steps = static_cast<int>(std::lround(reach / step));
  for (int i = 0;; ++i) {
    z = -reach + i * step;
    const double k1 = rate(z, log_x);
    const double x = std::exp(log_x);
    out.value.push_back(x);
    out.slope.push_back(x * k1);
    if (!(x < 1) || !std::isfinite(k1)) return std::nullopt;
    if (i == steps) return out;
    const double k2 = rate(z + step / 2, log_x + step / 2 * k1);
    const double k3 = rate(z + step / 2, log_x + step / 2 * k2);
    const double k4 = rate(z + step, log_x + step * k3);
    log_x += step / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
}

}  // namespace

std::optional<Nodes> beta_nodes(const BetaLaw& law, double reach, double step) {
  auto low = lower_half(law.alpha, law.beta, reach, step);
  const auto high = lower_half(law.beta, law.alpha, reach, step);
  if (!low || !high) return std::nullopt;
  if (!(std::abs(low->value.back() + high->value.back() - 1) < kMeets)) return std::nullopt;
  const double width = law.to - law.from;
  Nodes out = *std::move(low);
  for (double& each : out.value) each = law.from + width * each;
  for (std::size_t i = high->value.size() - 1; i-- > 0;) {
    out.value.push_back(law.to - width * high->value[i]);
    out.slope.push_back(high->slope[i]);
  }
  for (double& each : out.slope) each *= width;
  return out;
}

}  // namespace tiebeam::quant
