#include "rooms/flow/engine/forecast/method.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "quant/quantile.h"

namespace tiebeam::flow {
namespace {

using quant::Atoms;
using quant::NegativeBinomial;

// One question: whose weeks, seen from when, how far ahead.
struct View {
  std::span<const Series> all;
  std::size_t own;
  std::size_t origin;
  std::size_t weeks;
  const Method& method;

  [[nodiscard]] const Series& series() const { return all[own]; }
  [[nodiscard]] std::int64_t now() const { return series().number_at(origin); }
  [[nodiscard]] auto horizon() const { return static_cast<double>(weeks); }
};

// By how much what came in the weeks after `from` exceeded what the level said: both plus one, so
// that a quiet stretch has an error too.
double ratio_at(const Series& series, std::size_t half_life, std::size_t from, std::size_t weeks) {
  return (series.sum(from, weeks) + 1) /
         (series.levels[half_life][from] * static_cast<double>(weeks) + 1);
}

// Past origins of `series` from the warm-up on whose outcome was known at `now`: [warm_up, end).
std::size_t end_of_known(const Series& series, std::int64_t now, const View& view) {
  const auto known = static_cast<std::size_t>(std::ranges::lower_bound(series.number, now) -
                                              series.number.begin());
  return known >= view.weeks ? known - view.weeks + 1 : 0;
}

double recency(const View& view, const Series& series, std::size_t from) {
  const auto age = static_cast<double>(view.now() - series.number[from]) - view.horizon();
  return std::exp2(-age / view.method.error_half_life);
}

// The half-life whose level erred least: sum of recency x |log ratio| over own past origins.
std::size_t best_half_life(const View& view) {
  const Series& series = view.series();
  const std::size_t warm = view.method.warm_up;
  const std::size_t end = end_of_known(series, view.now(), view);
  if (end < warm + view.method.enough + 1) return kDefaultHalfLife;
  std::array<double, kHalfLives.size()> off{};
  for (std::size_t from = warm; from < end; ++from) {
    const double weight = recency(view, series, from);
    for (std::size_t i = 0; i < off.size(); ++i)
      off[i] += weight * std::abs(std::log(ratio_at(series, i, from, view.weeks)));
  }
  return static_cast<std::size_t>(std::ranges::min_element(off) - off.begin());
}

// Adds the past errors of `series` to `out`, as ratios; returns their weight in all.
double add_errors(const View& view, const Series& series, std::size_t half_life,
                  std::vector<Atoms::Atom>& out) {
  const std::size_t end = end_of_known(series, view.now(), view);
  double sum = 0;
  for (std::size_t from = view.method.warm_up; from < end; ++from) {
    const double weight = recency(view, series, from);
    out.push_back({ratio_at(series, half_life, from, view.weeks), weight});
    sum += weight;
  }
  return sum;
}

// Past errors as counts: ratio x (level x weeks + 1) - 1, own and others', weights summing to 1.
std::vector<Atoms::Atom> gather_errors(const View& view, Ahead& out) {
  const std::size_t half_life = best_half_life(view);
  std::vector<Atoms::Atom> atoms;
  const double own_weight = add_errors(view, view.series(), half_life, atoms);
  const std::size_t own_count = atoms.size();
  double pool_weight = 0;
  for (std::size_t i = 0; i < view.all.size(); ++i) {
    if (i != view.own) pool_weight += add_errors(view, view.all[i], half_life, atoms);
  }
  out.half_life = kHalfLives[half_life];
  out.level = view.series().levels[half_life][view.origin];
  out.own_errors = own_weight / view.horizon();
  out.pool_share =
      own_count == 0 ? 1 : view.method.pool_weight / (view.method.pool_weight + out.own_errors);
  if (atoms.size() == own_count) out.pool_share = 0;
  const double said = out.level * view.horizon() + 1;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const bool is_own = i < own_count;
    atoms[i].weight *= is_own ? (1 - out.pool_share) / own_weight : out.pool_share / pool_weight;
    atoms[i].value = atoms[i].value * said - 1;
  }
  return atoms;
}

// Mean and variance of the next weeks: the noise of the weeks, and the doubt about their level.
NegativeBinomial level_law(const View& view) {
  const Series& series = view.series();
  const double keep = std::exp2(-1 / view.method.level_half_life);
  double weight = 1, weights = 0, sum = 0;
  for (std::size_t i = view.origin; i-- > 0; weight *= keep) {
    sum += weight * series.finished[i];
    weights += weight;
  }
  const double raw_mean = sum / weights;
  double squares = 0;
  weight = 1;
  for (std::size_t i = view.origin; i-- > 0; weight *= keep) {
    const double off = series.finished[i] - raw_mean;
    squares += weight * off * off;
  }
  const double mean = std::max(raw_mean, view.method.least_level);
  const double variance = std::max(squares / weights, mean);
  const double h = view.horizon();
  return {h * mean, h * variance + h * h * variance / weights};
}

quant::Counts chances_of(const Ahead& ahead, std::size_t limit) {
  quant::Counts out = ahead.atoms.counts(limit);
  for (double& chance : out.chance) chance *= ahead.atoms_share;
  for (const Ahead::Part& part : ahead.parts) {
    const quant::Counts smooth = quant::counts_of(part.law, limit);
    for (std::size_t k = 0; k < limit; ++k) out.chance[k] += part.share * smooth.chance[k];
  }
  return out;
}

View checked(const View& view) {
  TB_CHECK(view.own < view.all.size() && view.origin >= 1 && view.origin <= view.series().size() &&
               view.weeks >= 1,
           "a forecast is made from weeks that were");
  return view;
}

}  // namespace

double Ahead::below(std::size_t n) const {
  double out = atoms_share * atoms.below(n);
  for (const Part& part : parts) out += part.share * quant::below(part.law, n);
  return std::min(1.0, out);
}

std::size_t Ahead::quantile(double p) const {
  TB_CHECK(p > 0 && p < 1, "a quantile needs a share");
  const double reached = p - quant::kShareTolerance;
  std::size_t high = 16;
  while (below(high + 1) < reached) high *= 2;
  std::size_t low = 0;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (below(middle + 1) >= reached)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

quant::Counts Ahead::counts(std::size_t least) const {
  constexpr double kLeft = 1e-10;
  auto limit = std::max(least + 2, static_cast<std::size_t>(atoms.largest()) + 2);
  for (const Part& part : parts) {
    limit = std::max(
        limit, static_cast<std::size_t>(part.law.mean + 8 * std::sqrt(part.law.variance) + 21));
    while (1 - quant::below(part.law, limit) > kLeft && limit < 10'000'000) limit *= 2;
  }
  return chances_of(*this, limit);
}

std::vector<double> Ahead::chances_up_to(std::size_t n) const {
  return chances_of(*this, n + 1).cumulative();
}

Ahead look_ahead(std::span<const Series> all, std::size_t own, std::size_t origin,
                 std::size_t weeks, const Method& method) {
  const View view = checked({all, own, origin, weeks, method});
  Ahead out;
  out.atoms = Atoms(gather_errors(view, out));
  out.atoms_share = out.atoms.empty() ? 0 : 1 - method.smooth_share;
  out.parts.push_back({1 - out.atoms_share, level_law(view)});
  return out;
}

double chance_below(std::span<const Series> all, std::size_t own, std::size_t origin,
                    std::size_t weeks, std::size_t n, const Method& method) {
  const View view = checked({all, own, origin, weeks, method});
  if (n == 0) return 0;
  Ahead made;
  const std::vector<Atoms::Atom> atoms = gather_errors(view, made);
  double errors = 0;
  for (const Atoms::Atom& atom : atoms) {
    if (std::max(0.0, atom.value) < static_cast<double>(n) - 0.5) errors += atom.weight;
  }
  const double share = atoms.empty() ? 0 : 1 - method.smooth_share;
  return std::min(1.0, share * errors + (1 - share) * quant::below(level_law(view), n));
}

quant::Counts bootstrap(const Series& series, std::size_t origin, std::size_t weeks) {
  TB_CHECK(origin >= kBootstrapWeeks && origin <= series.size(), "twelve weeks to draw from");
  const std::span<const std::uint32_t> finished(series.finished);
  return quant::sum_of_weeks(finished.subspan(origin - kBootstrapWeeks, kBootstrapWeeks), weeks);
}

}  // namespace tiebeam::flow
