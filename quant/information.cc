#include "quant/information.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

#include "base/error.h"
#include "quant/kernels/kernels.h"
#include "quant/philox.h"

namespace tiebeam::quant {
namespace {

constexpr Purpose kOrder{7};

double mean_of_trials(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// A random order of n, the same for the same seed and number.
std::vector<std::size_t> random_order(std::size_t n, std::uint64_t seed, int number) {
  std::vector<std::size_t> out(n);
  std::iota(out.begin(), out.end(), std::size_t{0});
  const Key key = key_of(seed, "information/" + std::to_string(number));
  std::vector<double> u(kBlock + kPad);
  for (std::size_t i = n; i > 1; --i) {
    const std::size_t drawn = n - i;
    if (drawn % kBlock == 0) uniforms(key, kOrder, drawn / kBlock, u.data());
    const auto with = static_cast<std::size_t>(u[drawn % kBlock] * static_cast<double>(i));
    std::swap(out[i - 1], out[std::min(with, i - 1)]);
  }
  return out;
}

// Where bins of at least n / kInformationBins trials end, never between equal x.
std::vector<std::size_t> bin_ends(std::span<const double> x, std::span<const std::size_t> order) {
  const std::size_t n = x.size();
  std::vector<std::size_t> ends;
  std::size_t wanted = 1;
  for (std::size_t i = 1; i <= n; ++i) {
    if (i < n && (x[order[i]] == x[order[i - 1]] || i * kInformationBins < wanted * n)) continue;
    ends.push_back(i);
    while (wanted * n <= i * kInformationBins) ++wanted;
  }
  return ends;
}

}  // namespace

Information::Information(const Utilities& utilities, std::uint64_t seed)
    : utilities_(utilities), seed_(seed) {
  TB_CHECK(!utilities.empty() && !utilities.front().empty(), "something can be done");
  best_mean_ = mean_of_trials(utilities.front());
  for (std::size_t a = 1; a < utilities.size(); ++a) {
    const double mean = mean_of_trials(utilities[a]);
    if (mean <= best_mean_) continue;
    best_mean_ = mean;
    best_ = a;
  }
  double sum = 0;
  for (std::size_t i = 0; i < utilities.front().size(); ++i) {
    double most = utilities.front()[i];
    for (const auto& action : utilities) most = std::max(most, action[i]);
    sum += most - utilities[best_][i];  // regrets: nothing is lost to rounding
  }
  evpi_ = sum / static_cast<double>(utilities.front().size());
}

double Information::over_bins(std::span<const std::size_t> order,
                              std::span<const std::size_t> ends) const {
  double sum = 0;
  std::size_t from = 0;
  for (const std::size_t end : ends) {
    double best = 0, most = 0;
    for (std::size_t a = 0; a < utilities_.size(); ++a) {
      double bin = 0;
      for (std::size_t i = from; i < end; ++i) bin += utilities_[a][order[i]];
      if (a == best_) best = bin;
      if (a == 0 || bin > most) most = bin;
    }
    sum += most - best;
    from = end;
  }
  return sum / static_cast<double>(order.size());
}

double Information::bias(const std::vector<std::size_t>& ends) {
  const auto held = std::ranges::find(biases_, ends, [](const auto& each) { return each.first; });
  if (held != biases_.end()) return held->second;
  const std::size_t n = utilities_.front().size();
  while (orders_.size() < kPermutations)
    orders_.push_back(random_order(n, seed_, static_cast<int>(orders_.size())));
  double sum = 0;
  for (const auto& order : orders_) sum += over_bins(order, ends);
  biases_.emplace_back(ends, sum / kPermutations);
  return biases_.back().second;
}

double Information::evppi(std::span<const double> x) {
  TB_CHECK(x.size() == utilities_.front().size(), "an input has a value in every trial");
  if (evpi_ == 0) return 0;
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(
      order, [&](std::size_t i, std::size_t j) { return x[i] != x[j] ? x[i] < x[j] : i < j; });
  const std::vector<std::size_t> ends = bin_ends(x, order);
  if (ends.size() < 2) return 0;
  return std::clamp(over_bins(order, ends) - bias(ends), 0.0, evpi_);
}

double evpi(const Utilities& utilities) { return Information(utilities, 0).evpi(); }

double unit_normal_loss(double z) {
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  return density - z * std::erfc(z / std::numbers::sqrt2) / 2;
}

double evpi_two_actions(double mean, double sd) {
  if (sd == 0) return 0;
  return sd * unit_normal_loss(std::abs(mean) / sd);
}

}  // namespace tiebeam::quant
