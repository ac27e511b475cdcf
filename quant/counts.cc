#include "quant/counts.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "base/error.h"
#include "quant/kernels/kernels.h"
#include "quant/quantile.h"
#include "quant/special.h"

namespace tiebeam::quant {
namespace {

// A week's value and how likely it is.
struct Draw {
  std::size_t value;
  double chance;
};

std::vector<Draw> draws_of(std::span<const std::uint32_t> history) {
  TB_CHECK(!history.empty(), "a week is drawn from weeks");
  std::map<std::uint32_t, std::size_t> times;
  for (const std::uint32_t value : history) ++times[value];
  std::vector<Draw> out;
  for (const auto& [value, count] : times) {
    out.push_back({value, static_cast<double>(count) / static_cast<double>(history.size())});
  }
  return out;
}

// One more week: next[j] = sum over draws of chance x state[j - value], cut to next's length.
void add_week(const std::vector<Draw>& draws, std::span<const double> state,
              std::span<double> next) {
  std::ranges::fill(next, 0.0);
  for (const Draw& draw : draws) {
    if (draw.value >= next.size()) continue;
    const std::size_t length = std::min(state.size(), next.size() - draw.value);
    double* to = next.data() + draw.value;
    for (std::size_t i = 0; i < length; ++i) to[i] += draw.chance * state[i];
  }
}

double total(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// r and p of the law. A size of 1e7 is Poisson to about mean / 1e7, with digits to spare in lgamma.
struct Shape {
  double size;
  double p;
};
Shape shape_of(const NegativeBinomial& law) {
  constexpr double kPoissonSize = 1e7;
  const double excess = law.variance - law.mean;
  const bool spreads = excess * kPoissonSize > law.mean * law.mean;
  const double size = spreads ? law.mean * law.mean / excess : kPoissonSize;
  return {size, size / (size + law.mean)};
}

double log_chance(const Shape& shape, double k) {
  return std::lgamma(k + shape.size) - std::lgamma(shape.size) - std::lgamma(k + 1) +
         shape.size * std::log(shape.p) + k * std::log1p(-shape.p);
}

// Below this, exp() gives 0 and a product from P(0) on would stay there.
constexpr double kLeastLog = -690;

}  // namespace

double Counts::mass() const { return total(chance); }

double Counts::below(std::size_t n) const {
  return std::min(1.0, total(std::span(chance).first(std::min(n, chance.size()))));
}

std::vector<double> Counts::cumulative() const {
  std::vector<double> out(chance.size());
  double sum = 0;
  for (std::size_t k = 0; k < chance.size(); ++k) out[k] = std::min(1.0, sum += chance[k]);
  return out;
}

Counts exactly(std::size_t value) {
  Counts out;
  out.chance.assign(value + 1, 0.0);
  out.chance.back() = 1;
  return out;
}

Counts any_of(std::span<const std::uint32_t> values) {
  const std::vector<Draw> draws = draws_of(values);
  Counts out;
  out.chance.assign(draws.back().value + 1, 0.0);
  for (const Draw& draw : draws) out.chance[draw.value] = draw.chance;
  return out;
}

Counts sum(const Counts& a, const Counts& b, std::size_t limit) {
  Counts out;
  if (a.chance.empty() || b.chance.empty()) return out;
  out.chance.assign(std::min(limit, a.chance.size() + b.chance.size() - 1), 0.0);
  std::vector<Draw> draws;
  for (std::size_t k = 0; k < b.chance.size(); ++k) {
    if (b.chance[k] > 0) draws.push_back({k, b.chance[k]});
  }
  add_week(draws, a.chance, out.chance);
  return out;
}

Counts mixed(double share, const Counts& a, const Counts& b) {
  Counts out;
  out.chance.assign(std::max(a.chance.size(), b.chance.size()), 0.0);
  for (std::size_t k = 0; k < a.chance.size(); ++k) out.chance[k] += share * a.chance[k];
  for (std::size_t k = 0; k < b.chance.size(); ++k) out.chance[k] += (1 - share) * b.chance[k];
  return out;
}

std::vector<double> chances_below(std::span<const std::uint32_t> history, std::size_t n,
                                  std::size_t weeks) {
  const std::vector<Draw> draws = draws_of(history);
  std::vector<double> out(weeks, 0.0);
  if (n == 0) return out;
  std::vector<double> state(n, 0.0), next(n, 0.0);
  state[0] = 1;
  for (std::size_t week = 0; week < weeks; ++week) {
    add_week(draws, state, next);
    std::swap(state, next);
    out[week] = std::min(1.0, total(state));
  }
  return out;
}

Counts sum_of_weeks(std::span<const std::uint32_t> history, std::size_t weeks) {
  const std::vector<Draw> draws = draws_of(history);
  Counts out = exactly(0);
  for (std::size_t week = 0; week < weeks; ++week) {
    std::vector<double> next(out.chance.size() + draws.back().value, 0.0);
    add_week(draws, out.chance, next);
    out.chance = std::move(next);
  }
  return out;
}

Counts counts_of(const NegativeBinomial& law, std::size_t limit) {
  Counts out;
  out.chance.assign(limit, 0.0);
  if (limit == 0) return out;
  if (law.mean <= 0) {
    out.chance[0] = 1;
    return out;
  }
  const Shape shape = shape_of(law);
  const double fail = 1 - shape.p;
  // From a k whose chance is a number on, by the ratio P(k + 1) / P(k) = (k + r) / (k + 1) x fail.
  std::size_t start = 0;
  if (log_chance(shape, 0) < kLeastLog) {
    start = std::min(limit - 1, static_cast<std::size_t>(law.mean));
  }
  out.chance[start] = std::exp(log_chance(shape, static_cast<double>(start)));
  for (std::size_t k = start; k + 1 < limit; ++k) {
    const auto at = static_cast<double>(k);
    out.chance[k + 1] = out.chance[k] * ((at + shape.size) / (at + 1) * fail);
  }
  for (std::size_t k = start; k > 0; --k) {
    const auto at = static_cast<double>(k - 1);
    out.chance[k - 1] = out.chance[k] * ((at + 1) / ((at + shape.size) * fail));
  }
  return out;
}

double below(const NegativeBinomial& law, std::size_t n) {
  if (n == 0) return 0;
  if (law.mean <= 0) return 1;
  const Shape shape = shape_of(law);
  constexpr std::size_t kSummed = 2048;
  const double first = shape.size * std::log(shape.p);
  if (n > kSummed || first < kLeastLog) {
    // P(X <= k) = I_p(r, k + 1).
    return incomplete_beta(shape.size, static_cast<double>(n), shape.p);
  }
  const double fail = 1 - shape.p;
  double chance = std::exp(first);
  double sum = chance;
  for (std::size_t k = 0; k + 1 < n; ++k) {
    const auto at = static_cast<double>(k);
    chance *= (at + shape.size) / (at + 1) * fail;
    sum += chance;
  }
  return std::min(1.0, sum);
}

namespace {

// Rises with the value: the bits of a double above 0 rise with it, and the first 6 of its fraction
// part an octave into 64.
std::uint32_t group_of(double value) {
  constexpr int kDropped = 52 - 6;
  return static_cast<std::uint32_t>(
      (std::bit_cast<std::uint64_t>(value + 1) - std::bit_cast<std::uint64_t>(1.0)) >> kDropped);
}

}  // namespace

Atoms::Atoms(std::span<const double> values, std::span<const double> weights) {
  TB_CHECK(values.size() == weights.size(), "a weight for each value");
  if (values.empty()) return;
  const double sum = moments(weights.data(), weights.size(), 0).sum;
  TB_CHECK(sum > 0, "atoms weigh something");
  const double scale = 1 / sum;
  std::vector<std::uint32_t> group(values.size());
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    group[i] = group_of(std::max(0.0, values[i]));
    last = std::max(last, group[i]);
  }
  starts_.assign(last + 2, 0);
  for (const std::uint32_t each : group) ++starts_[each + 1];
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  atoms_.resize(values.size());
  before_.assign(last + 2, 0);
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights[i] * scale;
    atoms_[next[group[i]]++] = {std::max(0.0, values[i]), weight};
    before_[group[i] + 1] += weight;
  }
  std::partial_sum(before_.begin(), before_.end(), before_.begin());
  for (std::size_t i = starts_[last]; i < atoms_.size(); ++i)
    largest_ = std::max(largest_, atoms_[i].value);
}

double Atoms::below(std::size_t n) const {
  const double limit = static_cast<double>(n) - 0.5;  // rounds up to n from here on
  if (n == 0 || empty()) return 0;
  if (largest_ < limit) return 1;
  const std::uint32_t group = group_of(limit);
  double within = 0;  // added up as the whole group was, so that the chance never falls with n
  for (std::size_t i = starts_[group]; i < starts_[group + 1]; ++i)
    within += atoms_[i].value < limit ? atoms_[i].weight : 0;
  return std::min(1.0, before_[group] + within);
}

Counts Atoms::counts(std::size_t limit) const {
  Counts out;
  out.chance.assign(limit, 0.0);
  for (const Atom& atom : atoms_) {
    const double at = std::floor(atom.value + 0.5);
    if (at < static_cast<double>(limit)) out.chance[static_cast<std::size_t>(at)] += atom.weight;
  }
  return out;
}

std::optional<std::size_t> quantile(const Counts& counts, double p) {
  TB_CHECK(p > 0 && p <= 1, "a quantile needs a share");
  double sum = 0;
  for (std::size_t k = 0; k < counts.chance.size(); ++k) {
    sum += counts.chance[k];
    if (sum >= p - kShareTolerance) return k;
  }
  return std::nullopt;
}

double crps(const Counts& counts, std::size_t came) {
  double score = 0;
  double sum = 0;
  for (std::size_t k = 0; k < counts.chance.size(); ++k) {
    sum = std::min(1.0, sum + counts.chance[k]);
    const double off = sum - (k >= came ? 1.0 : 0.0);
    score += off * off;
  }
  if (came > counts.chance.size()) score += static_cast<double>(came - counts.chance.size());
  return score;
}

}  // namespace tiebeam::quant
