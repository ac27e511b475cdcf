#include "rooms/investment/engine/summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "quant/kernels/kernels.h"
#include "quant/quantile.h"

namespace tiebeam::investment {
namespace {

constexpr std::size_t kParts = 8;  // partial sums, in the order of quant::moments
using Parts = std::array<double, kParts>;
double total(const Parts& at) {
  return ((at[0] + at[4]) + (at[2] + at[6])) + ((at[1] + at[5]) + (at[3] + at[7]));
}

// Sum of min(x - cap, 0): what lies below `cap`, counted from it.
double sum_below(std::span<const double> values, double cap) {
  Parts sum{};
  std::size_t i = 0;
  for (; i + kParts <= values.size(); i += kParts) {
    for (std::size_t k = 0; k < kParts; ++k) {
      const double off = values[i + k] - cap;
      sum[k] += off < 0 ? off : 0;
    }
  }
  for (; i < values.size(); ++i) sum[i % kParts] += std::min(values[i] - cap, 0.0);
  return total(sum);
}

}  // namespace

// Bins of equal width between the least and the most; finding a rank then looks into one bin.
void Summariser::count(std::span<const double> values) {
  Parts low, high;
  low.fill(values[0]);
  high.fill(values[0]);
  std::size_t i = 0;
  for (; i + kParts <= values.size(); i += kParts) {
    for (std::size_t k = 0; k < kParts; ++k) {
      const double x = values[i + k];
      low[k] = x < low[k] ? x : low[k];
      high[k] = x > high[k] ? x : high[k];
    }
  }
  for (; i < values.size(); ++i) {
    low[0] = std::min(low[0], values[i]);
    high[0] = std::max(high[0], values[i]);
  }
  least_ = std::ranges::min(low);
  most_ = std::ranges::max(high);
  bin_.resize(values.size());
  below_.assign(kBins + 1, 0);
  const double width = most_ - least_;
  const double scale = width > 0 ? (kBins - 1) / width : 0;
  for (std::size_t j = 0; j < values.size(); ++j) {
    const auto bin = static_cast<std::uint16_t>((values[j] - least_) * scale);
    bin_[j] = bin;
    ++below_[bin + 1];
  }
  for (std::size_t b = 0; b < kBins; ++b) below_[b + 1] += below_[b];
}

double Summariser::select(std::span<const double> values, std::size_t rank) {
  if (least_ == most_) return least_;
  const auto after = std::ranges::lower_bound(below_, rank);  // first bin end with rank inside
  const auto bin = static_cast<std::size_t>(after - below_.begin()) - 1;
  few_.resize(values.size() + 1);
  std::size_t found = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    few_[found] = values[i];
    found += bin_[i] == bin ? 1 : 0;
  }
  const auto at = few_.begin() + static_cast<std::ptrdiff_t>(rank - below_[bin] - 1);
  std::nth_element(few_.begin(), at, few_.begin() + static_cast<std::ptrdiff_t>(found));
  return *at;
}

double Summariser::at_rank(std::span<const double> values, std::size_t rank) {
  count(values);
  return select(values, rank);
}

MoneySummary Summariser::money(std::span<const double> trials) {
  const std::size_t n = trials.size();
  const auto size = static_cast<double>(n);
  MoneySummary out;
  const quant::Moments rough = quant::moments(trials.data(), n, trials[0]);
  const double pivot = trials[0] + rough.sum / size;
  const quant::Moments fine = quant::moments(trials.data(), n, pivot);
  out.mean = pivot + fine.sum / size;
  const double variance = n > 1 ? (fine.square - fine.sum * fine.sum / size) / (size - 1) : 0;
  if (!std::isfinite(out.mean) || !std::isfinite(variance)) {  // beyond any money
    out.standard_error = std::numeric_limits<double>::infinity();
    return out;
  }
  out.standard_error = std::sqrt(std::max(0.0, variance) / size);
  count(trials);
  out.p05 = select(trials, quant::rank_of(n, 0.05));
  out.p50 = select(trials, quant::rank_of(n, 0.5));
  out.p95 = select(trials, quant::rank_of(n, 0.95));
  std::size_t losses = 0;
  for (const double x : trials) losses += x < 0 ? 1 : 0;
  out.p_loss = static_cast<double>(losses) / size;
  out.shortfall = losses == 0 ? 0 : -sum_below(trials, 0) / size;
  // The worst 5 of 100: those below the trial at their edge, and that one by what is left.
  const double worst = std::max(0.05 * size, 1.0);
  const double edge = select(trials, std::min(n, static_cast<std::size_t>(worst) + 1));
  out.cvar5 = edge + sum_below(trials, edge) / worst;
  return out;
}

PaybackSummary Summariser::payback(std::span<const double> years) {
  few_.clear();
  std::vector<double> within;
  within.reserve(years.size());
  for (const double x : years) {
    if (std::isfinite(x)) within.push_back(x);
  }
  PaybackSummary out;
  out.p_within = static_cast<double>(within.size()) / static_cast<double>(years.size());
  const std::size_t middle = quant::rank_of(years.size(), 0.5);
  if (middle > within.size()) return out;
  out.p50 = at_rank(within, middle);
  const std::size_t late = quant::rank_of(years.size(), 0.85);
  if (late <= within.size()) out.p85 = select(within, late);
  return out;
}

}  // namespace tiebeam::investment
