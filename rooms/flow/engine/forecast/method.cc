#include "rooms/flow/engine/forecast/method.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "quant/quantile.h"

namespace tiebeam::flow {
namespace {

using quant::Atoms;
using quant::NegativeBinomial;

constexpr double kNothing = 1e-9;  // weight of errors too far off in size to tell anything

quant::Counts chances_of(const Ahead& ahead, std::size_t limit) {
  quant::Counts out = ahead.atoms.counts(limit);
  for (double& chance : out.chance) chance *= ahead.atoms_share;
  for (const Ahead::Part& part : ahead.parts) {
    const quant::Counts smooth = quant::counts_of(part.law, limit);
    for (std::size_t k = 0; k < limit; ++k) out.chance[k] += part.share * smooth.chance[k];
  }
  return out;
}

// The next weeks' mean and variance: the noise of the weeks, and the doubt about their level.
NegativeBinomial law_of(const Level& level, std::size_t origin, std::size_t weeks,
                        double least_level) {
  const auto h = static_cast<double>(weeks);
  const double mean = std::max(level.mean[origin], least_level);
  const double variance = std::max(level.variance[origin], mean);
  return {h * mean, h * variance + h * h * variance * level.doubt[origin]};
}

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void scale(std::span<double> values, double by) {
  for (double& value : values) value *= by;
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

// Past errors, own first: in logarithms, what the quick level said beyond the slow one, what came
// beyond the slow one, and the weight of each.
struct Horizon::Errors {
  std::vector<double> quick, came, weight;
  double said = 0;  // ln(weeks x level + 1) that the errors are put on

  // How far what came follows the quick level: the weighted slope of `came` over `quick`, as the
  // posterior mean under a normal prior of 1/2 and `spread`, within 0 and 1. `count`: errors in
  // all. Source: Bayesian linear regression with one slope, noise as seen at the prior's slope.
  [[nodiscard]] double slope(double count, double spread) const {
    constexpr double kPrior = 0.5;
    double quick_mean = 0, came_mean = 0;
    for (std::size_t i = 0; i < weight.size(); ++i)
      quick_mean += weight[i] * quick[i], came_mean += weight[i] * came[i];
    const double rest_mean = came_mean - kPrior * quick_mean;
    double together = 0, squares = 0, noise = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
      const double off = quick[i] - quick_mean;
      const double rest = came[i] - kPrior * quick[i] - rest_mean;
      together += weight[i] * off * (came[i] - came_mean);
      squares += weight[i] * off * off;
      noise += weight[i] * rest * rest;
    }
    const double prior = noise / (spread * spread);
    const double whole = count * squares + prior;
    return whole > 0 ? std::clamp((count * together + prior * kPrior) / whole, 0.0, 1.0) : kPrior;
  }
  // The error as a count, given the share of the quick level.
  [[nodiscard]] double value(std::size_t i, double share) const {
    return std::exp(came[i] - share * quick[i] + said) - 1;
  }
};

Horizon::Horizon(std::span<const Series> all, std::size_t weeks, const Method& method)
    : all_(all), weeks_(weeks), method_(method) {
  TB_CHECK(weeks >= 1, "a horizon has weeks");
  const auto h = static_cast<double>(weeks);
  for (const Series& series : all) {
    Logs logs;
    for (std::size_t i = 0; i <= series.size(); ++i) {
      logs.quick.push_back(std::log(h * series.quick.typical[i] + 1));
      logs.slow.push_back(std::log(h * series.slow.typical[i] + 1));
      if (i + weeks <= series.size()) logs.came.push_back(std::log(series.sum(i, weeks) + 1));
    }
    logs_.push_back(std::move(logs));
  }
  std::size_t longest = 0;
  for (const Series& series : all) longest = std::max(longest, series.size());
  for (std::size_t ago = 0; ago <= longest; ++ago)
    faded_.push_back(fade(static_cast<std::int64_t>(ago)));
}

// What is left of an error's weight; `ago`: weeks since its forecast was made.
double Horizon::fade(std::int64_t ago) const {
  const auto age = static_cast<double>(ago) - static_cast<double>(weeks_);
  return std::exp2(-age / method_.error_half_life);
}

// Past origins whose outcome was known at `now`: [0, known).
std::size_t Horizon::known(const Series& series, std::int64_t now) const {
  const auto ended = static_cast<std::size_t>(std::ranges::lower_bound(series.number, now) -
                                              series.number.begin());
  return ended >= weeks_ ? ended - weeks_ + 1 : 0;
}

void Horizon::add_errors(std::size_t series, std::int64_t now, double size, std::size_t stride,
                         Errors& out) const {
  const Series& of = all_[series];
  const Logs& logs = logs_[series];
  const std::size_t end = known(of, now);
  for (std::size_t i = method_.warm_up; i < end; i += stride) {
    const double off = ((logs.quick[i] + logs.slow[i]) / 2 - size) / method_.size_band;
    out.quick.push_back(logs.quick[i] - logs.slow[i]);
    out.came.push_back(logs.came[i] - logs.slow[i]);
    const std::int64_t ago = now - of.number[i];
    const auto at = static_cast<std::size_t>(ago);
    out.weight.push_back((at < faded_.size() ? faded_[at] : fade(ago)) * std::exp(-off * off / 2));
  }
}

Horizon::Errors Horizon::errors(std::size_t own, std::size_t origin, Ahead& out) const {
  const Series& series = all_[own];
  TB_CHECK(origin >= 1 && origin <= series.size(), "a forecast is made from weeks that were");
  const std::int64_t now = series.number_at(origin);
  const double quick = logs_[own].quick[origin], slow = logs_[own].slow[origin];
  const double size = (quick + slow) / 2;
  Errors errors;
  add_errors(own, now, size, 1, errors);
  const std::size_t owned = errors.weight.size();
  std::size_t pooled = 0;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const std::size_t end = i == own ? 0 : known(all_[i], now);
    pooled += end > method_.warm_up ? end - method_.warm_up : 0;
  }
  const std::size_t stride = 1 + pooled / (method_.most_pooled + 1);
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (i != own) add_errors(i, now, size, stride, errors);
  }
  const std::span<double> own_weights = std::span(errors.weight).first(owned);
  const std::span<double> pool_weights = std::span(errors.weight).subspan(owned);
  const double own_sum = sum_of(own_weights), pool_sum = sum_of(pool_weights);
  const auto h = static_cast<double>(weeks_);
  out.own_errors = own_sum / h;
  out.pool_errors = pool_sum * static_cast<double>(stride) / h;
  const bool has_own = out.own_errors >= kNothing, has_pool = out.pool_errors >= kNothing;
  out.quick_share = 0.5;
  if (!has_own && !has_pool) return {};
  out.pool_share = method_.pool_weight / (method_.pool_weight + out.own_errors);
  if (!has_own) out.pool_share = 1;
  if (!has_pool) out.pool_share = 0;
  scale(own_weights, has_own ? (1 - out.pool_share) / own_sum : 0);
  scale(pool_weights, has_pool ? out.pool_share / pool_sum : 0);
  out.quick_share = errors.slope(out.own_errors + out.pool_errors, method_.prior_spread);
  errors.said = slow + out.quick_share * (quick - slow);
  return errors;
}

std::vector<Ahead::Part> Horizon::parts(const Series& series, std::size_t origin,
                                        double quick_share, double share) const {
  return {{share * quick_share, law_of(series.quick, origin, weeks_, method_.least_level)},
          {share * (1 - quick_share), law_of(series.slow, origin, weeks_, method_.least_level)}};
}

Ahead Horizon::from(std::size_t own, std::size_t origin) const {
  Ahead out;
  const Errors errors = this->errors(own, origin, out);
  std::vector<Atoms::Atom> atoms;
  atoms.reserve(errors.weight.size());
  for (std::size_t i = 0; i < errors.weight.size(); ++i)
    atoms.push_back({errors.value(i, out.quick_share), errors.weight[i]});
  out.atoms_share = atoms.empty() ? 0 : 1 - method_.counts_share;
  out.atoms = Atoms(std::move(atoms));
  out.parts = parts(all_[own], origin, out.quick_share, 1 - out.atoms_share);
  return out;
}

double Horizon::chance_below(std::size_t own, std::size_t origin, std::size_t n) const {
  if (n == 0) return 0;
  Ahead made;
  const Errors errors = this->errors(own, origin, made);
  const bool has_errors = !errors.weight.empty();
  // exp(x) - 1 < n - 1/2 without the exp.
  const double limit = std::log(static_cast<double>(n) + 0.5) - errors.said;
  double atoms = 0;
  for (std::size_t i = 0; i < errors.weight.size(); ++i) {
    if (errors.came[i] - made.quick_share * errors.quick[i] < limit) atoms += errors.weight[i];
  }
  const double share = has_errors ? 1 - method_.counts_share : 0;
  double out = share * atoms;
  for (const Ahead::Part& part : parts(all_[own], origin, made.quick_share, 1 - share))
    out += part.share * quant::below(part.law, n);
  return std::min(1.0, out);
}

quant::Counts bootstrap(const Series& series, std::size_t origin, std::size_t weeks) {
  TB_CHECK(origin >= kBootstrapWeeks && origin <= series.size(), "twelve weeks to draw from");
  const std::span<const std::uint32_t> finished(series.finished);
  return quant::sum_of_weeks(finished.subspan(origin - kBootstrapWeeks, kBootstrapWeeks), weeks);
}

}  // namespace tiebeam::flow
