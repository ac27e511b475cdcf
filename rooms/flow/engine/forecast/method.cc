#include "rooms/flow/engine/forecast/method.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "quant/kernels/kernels.h"
#include "quant/quantile.h"

namespace tiebeam::flow {
namespace {

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
  return quant::moments(values.data(), values.size(), 0).sum;
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

// The errors that a forecast looks at, own first, and the weight of each.
struct Horizon::Weighed {
  PastErrors own;
  std::array<quant::Points, 3> parts;  // own, of the series before it, of those after it
  std::vector<double> weight;          // of all of them
  double said = 0;                     // ln(weeks x level + 1) that the errors are put on

  [[nodiscard]] std::size_t count() const { return parts[0].n + parts[1].n + parts[2].n; }
};

Horizon::Horizon(std::span<const Series> all, std::size_t weeks, const Method& method)
    : all_(all), weeks_(weeks), method_(method) {
  TB_CHECK(weeks >= 1, "a horizon has weeks");
}

// Past origins whose outcome was known at `now`.
Origins Horizon::known(const Series& series, std::int64_t now, std::size_t stride) const {
  const auto ended = static_cast<std::size_t>(std::ranges::lower_bound(series.number, now) -
                                              series.number.begin());
  const std::size_t end = ended >= weeks_ ? ended - weeks_ + 1 : 0;
  return {&series, method_.warm_up, end, stride};
}

const Horizon::Pool& Horizon::pool_at(std::int64_t now) const {
  if (!pool_.starts.empty() && pool_.now == now) return pool_;
  std::size_t count = 0;
  for (const Series& each : all_) count += known(each, now, 1).count();
  pool_ = {
      .now = now, .stride = 1 + count / (method_.most_pooled + 1), .errors = {}, .starts = {0}};
  std::vector<Origins> origins;
  for (const Series& each : all_) {
    origins.push_back(known(each, now, pool_.stride));
    pool_.starts.push_back(pool_.starts.back() + origins.back().count());
  }
  pool_.errors = past_errors(origins, weeks_);
  return pool_;
}

// The logarithm of an error's weight: less by its age, less the further its size is from today's.
void Horizon::fill_log_weights(const PastErrors& errors, std::size_t first, std::size_t n,
                               std::int64_t until, double size, double* out) const {
  const double fade = std::numbers::ln2 / method_.error_half_life;
  const double narrow = -1 / (2 * method_.size_band * method_.size_band);
  const std::int64_t* week = errors.week.data() + first;
  const double* made_at = errors.size.data() + first;
  for (std::size_t i = 0; i < n; ++i) {
    const double off = made_at[i] - size;
    out[i] = fade * static_cast<double>(week[i] - until) + narrow * off * off;
  }
}

Horizon::Weighed Horizon::weighed(std::size_t own, std::size_t origin, Ahead& out) const {
  const Series& series = all_[own];
  TB_CHECK(origin >= 1 && origin <= series.size(), "a forecast is made from weeks that were");
  const std::int64_t now = series.number_at(origin);
  const auto h = static_cast<double>(weeks_);
  const double quick = std::log(h * series.quick.typical[origin] + 1);
  const double slow = std::log(h * series.slow.typical[origin] + 1);
  const double size = (quick + slow) / 2;
  const std::int64_t until = now - static_cast<std::int64_t>(weeks_);
  const Pool& pool = pool_at(now);
  Weighed errors;
  errors.own = past_errors(std::array{known(series, now, 1)}, weeks_);
  const std::size_t owned = errors.own.count(), after = pool.starts[own + 1];
  struct Span {
    const PastErrors& of;
    std::size_t first, n;
  };
  const std::array<Span, 3> spans{{{errors.own, 0, owned},
                                   {pool.errors, 0, pool.starts[own]},
                                   {pool.errors, after, pool.errors.count() - after}}};
  errors.weight.resize(owned + pool.errors.count() + quant::kPad);
  double* weight = errors.weight.data();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto& [of, first, n] = spans[i];
    errors.parts[i] = {of.quick.data() + first, of.came.data() + first, weight, n};
    fill_log_weights(of, first, n, until, size, weight);
    weight += n;
  }
  quant::exp_affine(errors.weight.data(), errors.count(), 0, 1, errors.weight.data());
  errors.weight.resize(errors.count());
  const std::span<double> own_weights = std::span(errors.weight).first(owned);
  const std::span<double> pool_weights = std::span(errors.weight).subspan(owned);
  const double own_sum = sum_of(own_weights), pool_sum = sum_of(pool_weights);
  out.own_errors = own_sum / h;
  out.pool_errors = pool_sum * static_cast<double>(pool.stride) / h;
  const bool has_own = out.own_errors >= kNothing, has_pool = out.pool_errors >= kNothing;
  out.quick_share = 0.5;
  if (!has_own && !has_pool) return {};
  out.pool_share = method_.pool_weight / (method_.pool_weight + out.own_errors);
  if (!has_own) out.pool_share = 1;
  if (!has_pool) out.pool_share = 0;
  scale(own_weights, has_own ? (1 - out.pool_share) / own_sum : 0);
  scale(pool_weights, has_pool ? out.pool_share / pool_sum : 0);
  out.quick_share =
      quick_share(errors.parts, out.own_errors + out.pool_errors, method_.prior_spread);
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
  const Weighed errors = weighed(own, origin, out);
  const std::size_t n = errors.count();
  std::vector<double> values(n + quant::kPad);
  double* next = values.data();
  for (const quant::Points& part : errors.parts) {
    for (std::size_t i = 0; i < part.n; ++i) *next++ = part.y[i] - out.quick_share * part.x[i];
  }
  quant::exp_affine(values.data(), n, errors.said, 1, values.data());
  values.resize(n);
  for (double& value : values) value -= 1;
  out.atoms_share = n == 0 ? 0 : 1 - method_.counts_share;
  out.atoms = quant::Atoms(values, errors.weight);
  out.parts = parts(all_[own], origin, out.quick_share, 1 - out.atoms_share);
  return out;
}

double Horizon::chance_below(std::size_t own, std::size_t origin, std::size_t n) const {
  if (n == 0) return 0;
  Ahead made;
  const Weighed errors = weighed(own, origin, made);
  // exp(x) - 1 < n - 1/2 without the exp.
  const double limit = std::log(static_cast<double>(n) + 0.5) - errors.said;
  const double share = errors.count() == 0 ? 0 : 1 - method_.counts_share;
  double out = 0;
  for (const quant::Points& part : errors.parts)
    out += share * quant::weight_below(part, made.quick_share, limit);
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
