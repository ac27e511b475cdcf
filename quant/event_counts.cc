#include "quant/event_counts.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "quant/incomplete.h"
#include "quant/special.h"

namespace tiebeam::quant {
namespace {

constexpr double kNothing = 0x1p-60;

std::size_t usual_of(const std::vector<double>& above) {
  return static_cast<std::size_t>(std::ranges::lower_bound(above, 1 - 1.0 / 256) - above.begin());
}

// Thresholds from chances chance[i] = P(N = least + i), which rise to one top and fall again.
CountThresholds summed(std::uint32_t least, const std::vector<double>& chance) {
  CountThresholds out{.least = least};
  double below = 0;
  for (const double each : chance) {
    below += each;
    if (below >= 1 - 0x1p-53) break;
    out.above.push_back(below);
  }
  while (!out.above.empty() && out.above.front() < 0x1p-54) {
    out.above.erase(out.above.begin());
    ++out.least;
  }
  out.usual = usual_of(out.above);
  return out;
}

// Chances around the likeliest count, as far as they are not nothing. `next(n)` is
// P(N = n + 1) / P(N = n).
template <class Next>
CountThresholds around(double top, double top_chance, Next next) {
  std::vector<double> down, up;
  double chance = top_chance;
  for (double n = top; n > 0; --n) {
    chance /= next(n - 1);
    if (chance < kNothing) break;
    down.push_back(chance);
  }
  std::ranges::reverse(down);
  chance = top_chance;
  for (double n = top; chance >= kNothing; ++n) {
    up.push_back(chance);
    chance *= next(n);
  }
  const auto least = static_cast<std::uint32_t>(top - static_cast<double>(down.size()));
  down.insert(down.end(), up.begin(), up.end());
  return summed(least, down);
}

double cdf(double n, double rate) { return n < 0 ? 0 : gamma_tails(n + 1, rate).q; }

}  // namespace

CountThresholds poisson_thresholds(double rate) {
  TB_CHECK(rate >= 0 && rate <= 2000, "a rate a table can hold");
  if (rate == 0) return {};
  const double top = std::floor(rate);
  const double top_chance = std::exp(top * std::log(rate) - rate - std::lgamma(top + 1));
  return around(top, top_chance, [rate](double n) { return rate / (n + 1); });
}

CountThresholds negative_binomial_thresholds(double mean, double size) {
  TB_CHECK(mean >= 0 && mean <= 64 && size > 0, "a mean a table can hold");
  if (mean == 0) return {};
  const double stay = mean / (mean + size);  // 1 - p
  const double top = size > 1 ? std::floor((size - 1) * mean / size) : 0;
  const double top_chance =
      std::exp(std::lgamma(top + size) - std::lgamma(size) - std::lgamma(top + 1) +
               top * std::log(stay) - size * std::log1p(mean / size));
  return around(top, top_chance, [=](double n) { return stay * (n + size) / (n + 1); });
}

CountThresholds bernoulli_thresholds(double p) {
  TB_CHECK(p >= 0 && p <= 1, "a probability");
  if (p == 0) return {};
  if (p == 1) return {.least = 1};
  return {.above = {1 - p}, .usual = 1};
}

CountThresholds on_scores(CountThresholds thresholds) {
  for (double& each : thresholds.above) each = normal_quantile(each);
  return thresholds;
}

double poisson_draw(double u, double rate) {
  TB_CHECK(u > 0 && u < 1 && rate >= 0, "inside the distribution");
  if (rate == 0) return 0;
  const double w = normal_quantile(u), root = std::sqrt(rate);
  double n = std::max(
      0.0, std::floor(rate + root * w + (2 + w * w) / 6 - (w + w * w * w / 2) / (36 * root)));
  if (rate > 1e9) return n;  // one event more or less is beyond what a number tells apart
  while (n > 0 && cdf(n - 1, rate) > u) --n;
  while (cdf(n, rate) <= u) ++n;
  return n;
}

double sum_quantile(double n, const EventMoments& each, double z) {
  if (n <= 0) return 0;
  const double mean = n * each.mean, spread = std::sqrt(n * each.variance);
  if (spread == 0) return mean;
  const double skew = n * each.third / (spread * spread * spread);
  if (std::abs(skew) < 1e-6) return mean + spread * z;
  const double shape = 4 / (skew * skew);
  const Tails tails = normal_tails(skew > 0 ? z : -z);  // a Gamma leans to the right
  const double x = gamma_quantile(shape, tails);
  return mean + spread * (x - shape) * skew / 2;
}

}  // namespace tiebeam::quant
