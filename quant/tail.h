// What the worst cases cost, from trials or in closed form. Definitions: docs/method/tail.md.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace tiebeam::quant {

// Trials in rising order: `zeros` trials of exactly 0 and then `values`. Give either all trials as
// values, or the zeros as a count and the values above 0. REQUIRES: sorted; above 0 if zeros > 0.
struct SortedTrials {
  std::span<const double> values;
  std::size_t zeros = 0;

  [[nodiscard]] std::size_t size() const { return zeros + values.size(); }
  // The trial of that 1-based rank.
  [[nodiscard]] double at_rank(std::size_t rank) const {
    return rank <= zeros ? 0 : values[rank - zeros - 1];
  }
};

// All of these: REQUIRES at least one trial, 0 <= q <= 1.

// VaR_q, the trial of rank ceil(n q); the least trial for q = 0.
[[nodiscard]] double value_at_risk(SortedTrials trials, double q);
// TVaR_q: the mean of the worst n (1 - q) trials, the last of them by the fraction that is left.
// The mean of all for q = 0, the worst trial for n (1 - q) < 1 and q = 1.
// Source: Acerbi and Tasche 2002, definition 2.6 (not the mean of trials at or above VaR, which is
// wrong wherever several trials are equal to it).
[[nodiscard]] double tail_value_at_risk(SortedTrials trials, double q);
// The mean of the lowest n p trials in the same way: CVaR of money, where low is bad.
[[nodiscard]] double mean_of_lowest(SortedTrials trials, double p);

// Below this many trials beyond it, a quantile is chance and is not told.
constexpr std::size_t kTrialsBeyond = 50;
// Whether VaR_q may be told: 50 trials lie beyond its rank, or it is 0 because that many trials
// are 0. For TVaR_q: 50 trials are in its mean, or all trials are 0.
[[nodiscard]] bool has_value_at_risk(SortedTrials trials, double q);
[[nodiscard]] bool has_tail_value_at_risk(SortedTrials trials, double q);

// P(L > x), strictly, with the interval of Clopper and Pearson.
struct Exceedance {
  double probability, low, high;
  std::size_t beyond;  // trials above x
};
[[nodiscard]] Exceedance exceedance(SortedTrials trials, double x, double level = 0.9);

// Closed forms. REQUIRES: 0 <= q < 1.
struct ClosedTail {
  double var, tvar;
};
// Source: McNeil, Frey, Embrechts 2015, section 2.3.4.
[[nodiscard]] ClosedTail normal_tail(double mean, double sd, double q);
[[nodiscard]] ClosedTail lognormal_tail(double mu, double sigma, double q);
// One loss at most, with chance p: VaR is 0 where 1 - q >= p. Source: ours, docs/method/tail.md.
[[nodiscard]] ClosedTail bernoulli_lognormal_tail(double p, double mu, double sigma, double q);

}  // namespace tiebeam::quant
