#include "quant/tail.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "quant/incomplete.h"
#include "quant/quantile.h"

namespace tiebeam::quant {
namespace {

void check(SortedTrials trials, double q) {
  TB_CHECK(trials.size() > 0 && q >= 0 && q <= 1, "a tail needs a trial and a share");
}

// The mean of `count` values (a fraction of the last) handed out by `nth`, 0-based.
template <class F>
double mean_of_first(double count, std::size_t size, F nth) {
  if (count < 1) return nth(0);
  const double whole = std::min(std::floor(count), static_cast<double>(size));
  double sum = 0;
  const auto n = static_cast<std::size_t>(whole);
  for (std::size_t i = n; i-- > 0;) sum += nth(i);
  if (n < size) sum += (count - whole) * nth(n);
  return sum / count;
}

std::size_t rank_at(std::size_t n, double q) { return q == 0 ? 1 : rank_of(n, q); }

}  // namespace

double value_at_risk(SortedTrials trials, double q) {
  check(trials, q);
  return trials.at_rank(rank_at(trials.size(), q));
}

double tail_value_at_risk(SortedTrials trials, double q) {
  check(trials, q);
  const std::size_t n = trials.size();
  return mean_of_first(static_cast<double>(n) * (1 - q), n,
                       [&](std::size_t i) { return trials.at_rank(n - i); });
}

double mean_of_lowest(SortedTrials trials, double p) {
  check(trials, p);
  const std::size_t n = trials.size();
  return mean_of_first(static_cast<double>(n) * p, n,
                       [&](std::size_t i) { return trials.at_rank(i + 1); });
}

bool has_value_at_risk(SortedTrials trials, double q) {
  check(trials, q);
  const std::size_t rank = rank_at(trials.size(), q);
  return rank <= trials.zeros || trials.at_rank(rank) == 0 || trials.size() - rank >= kTrialsBeyond;
}

bool has_tail_value_at_risk(SortedTrials trials, double q) {
  check(trials, q);
  const double within = static_cast<double>(trials.size()) * (1 - q);
  const bool all_zero = trials.at_rank(1) == 0 && trials.at_rank(trials.size()) == 0;
  return all_zero || within >= static_cast<double>(kTrialsBeyond) * (1 - kShareTolerance);
}

Exceedance exceedance(SortedTrials trials, double x, double level) {
  check(trials, 0);
  const auto above = std::ranges::upper_bound(trials.values, x);
  std::size_t beyond = static_cast<std::size_t>(trials.values.end() - above);
  if (x < 0) beyond += trials.zeros;
  const Spread spread =
      clopper_pearson(static_cast<double>(beyond), static_cast<double>(trials.size()), level);
  return {spread.value, spread.low, spread.high, beyond};
}

ClosedTail normal_tail(double mean, double sd, double q) {
  const double z = normal_score(tails_of(q));
  return {mean + sd * z, q == 0 ? mean : mean + sd * normal_density(z) / (1 - q)};
}

ClosedTail lognormal_tail(double mu, double sigma, double q) {
  const double z = normal_score(tails_of(q));
  const double mean = std::exp(mu + sigma * sigma / 2);
  return {std::exp(mu + sigma * z), mean * normal_tails(sigma - z).p / (1 - q)};
}

ClosedTail bernoulli_lognormal_tail(double p, double mu, double sigma, double q) {
  const double rest = 1 - q, mean = std::exp(mu + sigma * sigma / 2);
  if (rest >= p - kShareTolerance) return {0, p * mean / rest};
  const double share = rest / p;  // of the years with a loss, those beyond
  const double z = normal_score({1 - share, share});
  return {std::exp(mu + sigma * z), p * mean * normal_tails(sigma - z).p / rest};
}

}  // namespace tiebeam::quant
