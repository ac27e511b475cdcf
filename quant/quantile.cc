#include "quant/quantile.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "quant/special.h"

namespace tiebeam::quant {

std::size_t rank_of(std::size_t n, double p) {
  TB_CHECK(n >= 1 && p > 0 && p <= 1, "a quantile needs values and a share");
  const double exact = static_cast<double>(n) * (p - kShareTolerance);
  const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(exact)));
  return std::min(rank, n);
}

std::optional<RankBounds> rank_bounds(std::size_t n, double p, double level) {
  if (n < values_needed(p, level)) return std::nullopt;
  const double tail = (1 - level) / 2;
  const auto size = static_cast<double>(n);
  // low: the greatest l with P(B <= l - 1) <= tail. high: the least u with P(B <= u - 1) >= 1 -
  // tail.
  const auto least = [&](auto&& holds) {
    std::size_t from = 0;
    std::size_t to = n;
    while (from < to) {
      const std::size_t middle = from + (to - from) / 2;
      if (holds(binomial_cdf(static_cast<double>(middle), size, p)))
        to = middle;
      else
        from = middle + 1;
    }
    return from;
  };
  const std::size_t low = least([&](double cdf) { return cdf > tail; });
  const std::size_t high = least([&](double cdf) { return cdf >= 1 - tail; }) + 1;
  if (low < 1 || high > n) return std::nullopt;
  return RankBounds{low, high};
}

std::size_t values_needed(double p, double level) {
  TB_CHECK(p > 0 && p < 1 && level > 0 && level < 1, "shares lie between 0 and 1");
  const double tail = (1 - level) / 2;
  const double upper = std::ceil(std::log(tail) / std::log(p) - 1e-9);
  const double lower = std::ceil(std::log(tail) / std::log(1 - p) - 1e-9);
  return static_cast<std::size_t>(std::max({1.0, upper, lower}));
}

namespace {
// The quantile of Student's t that an interval of so many values needs, each found once a thread.
double student_of(std::size_t values, double level) {
  const double share = (1 + level) / 2;
  const auto degrees = static_cast<double>(values - 1);
  thread_local std::array<double, 256> known{};  // at kLevel, by values; 0: not found yet
  if (level != kLevel || values >= known.size()) return student_quantile(share, degrees);
  double& held = known[values];
  if (held == 0) held = student_quantile(share, degrees);
  return held;
}
}  // namespace

Spread mean_of(std::span<const double> values, double level) {
  TB_CHECK(!values.empty(), "a mean needs values");
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / n;
  if (values.size() == 1) return {mean, mean, mean};
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double half = student_of(values.size(), level) * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - half, mean + half};
}

Spread wilson(double k, double n, double level) {
  TB_CHECK(k >= 0 && k <= n && n >= 1, "a share is k of n");
  const double z = normal_quantile((1 + level) / 2);
  const double share = k / n;
  const double scale = 1 + z * z / n;
  const double middle = (share + z * z / (2 * n)) / scale;
  const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale;
  return {share, k == 0 ? 0.0 : std::max(0.0, middle - half),
          k == n ? 1.0 : std::min(1.0, middle + half)};
}

Spread clopper_pearson(double k, double n, double level) {
  TB_CHECK(k >= 0 && k <= n && n >= 1, "a share is k of n");
  const double tail = (1 - level) / 2;
  const auto root = [](auto&& is_below) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 100; ++i) {
      const double middle = (low + high) / 2;
      (is_below(middle) ? low : high) = middle;
    }
    return (low + high) / 2;
  };
  const double low =
      k == 0 ? 0 : root([&](double p) { return 1 - binomial_cdf(k - 1, n, p) < tail; });
  const double high = k == n ? 1 : root([&](double p) { return binomial_cdf(k, n, p) > tail; });
  return {k / n, low, high};
}

std::optional<Spread> ratio_of_sums(std::span<const double> parts, std::span<const double> wholes,
                                    double level) {
  TB_CHECK(parts.size() == wholes.size(), "each part belongs to a whole");
  double part = 0;
  double whole = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) part += parts[i], whole += wholes[i];
  if (whole <= 0) return std::nullopt;
  const double ratio = part / whole;
  const auto n = static_cast<double>(parts.size());
  if (parts.size() < 2) return Spread{ratio, ratio, ratio};
  double squares = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double rest = parts[i] - ratio * wholes[i];
    squares += rest * rest;
  }
  const double half = normal_quantile((1 + level) / 2) * std::sqrt(n / (n - 1) * squares) / whole;
  return Spread{ratio, std::max(0.0, ratio - half), std::min(1.0, ratio + half)};
}

}  // namespace tiebeam::quant
