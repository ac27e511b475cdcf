// How many items a stream will finish in the next weeks, as a distribution: half of it counts
// around a quick and a slow level, half the errors that the two made in the past, the stream's own
// and those of the other streams. How much the quick level is worth is learned from those errors.
// Exact: no random numbers. docs/method/forecast.md.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "quant/counts.h"
#include "rooms/flow/engine/forecast/past_errors.h"
#include "rooms/flow/engine/forecast/series.h"

namespace tiebeam::flow {

// The constants of the method. Source: ours, docs/method/forecast.md, where each is varied.
struct Method {
  double error_half_life = 104;  // weeks, of past errors
  std::size_t warm_up = 12;      // weeks before the first past error counts
  double pool_weight = 8;        // others weigh 8 / (8 + own independent past errors)
  double prior_spread = 0.5;  // of the quick level's share before anything is learned, around 1/2
  double size_band = 1;       // errors at another size weigh exp(-(ln ratio of sizes)^2 / 2)
  double least_level = 0.01;  // items a week
  double counts_share = 0.5;  // of the counts around the levels; the rest are past errors
  std::size_t most_pooled = 1024;  // errors of all; of more, every second, third, ... is borrowed
};

// What a forecast of one horizon is made of.
struct Ahead {
  struct Part {
    double share;
    quant::NegativeBinomial law;
  };
  std::vector<Part> parts;  // quick, slow
  double atoms_share = 0;
  quant::Atoms atoms;
  double quick_share = 0;  // of the quick level, 0 to 1
  double own_errors = 0;   // number of independent own past errors, as weighted
  double pool_errors = 0;  // of the others
  double pool_share = 0;   // weight of the others' errors among all errors

  // P(S < n).
  [[nodiscard]] double below(std::size_t n) const;
  // P(S <= k) for k = 0..n.
  [[nodiscard]] std::vector<double> chances_up_to(std::size_t n) const;
  // Inverse ECDF: the least k with P(S <= k) >= p within the share tolerance. REQUIRES: 0 < p < 1.
  [[nodiscard]] std::size_t quantile(double p) const;
  // The chances of all k up to at least `least`, to where less than 1e-10 is left.
  [[nodiscard]] quant::Counts counts(std::size_t least = 0) const;
};

// Forecasts of the sum over `weeks` weeks for a set of series, from any of their weeks. Each sees
// only weeks that had ended by then, of any series. REQUIRES: `all` outlives this, weeks >= 1.
// Not for two threads at once. Cost: O(weeks of all series) for the first forecast at a time, then
// O(errors).
class Horizon {
 public:
  Horizon(std::span<const Series> all, std::size_t weeks, const Method& method = {});

  // Of all[own], seen from the start of its week `origin`. REQUIRES: 1 <= origin <= its size.
  [[nodiscard]] Ahead from(std::size_t own, std::size_t origin) const;
  // from(own, origin).below(n), for one n alone.
  [[nodiscard]] double chance_below(std::size_t own, std::size_t origin, std::size_t n) const;

  [[nodiscard]] std::span<const Series> all() const { return all_; }
  [[nodiscard]] std::size_t weeks() const { return weeks_; }

 private:
  // The errors of all series as far as they were known at `now`, series after series.
  struct Pool {
    std::int64_t now = 0;
    std::size_t stride = 1;  // every how many-th is taken
    PastErrors errors;
    std::vector<std::size_t> starts;  // [series + 1]
  };
  struct Weighed;
  [[nodiscard]] Weighed weighed(std::size_t own, std::size_t origin, Ahead& out) const;
  void fill_log_weights(const PastErrors& errors, std::size_t first, std::size_t n,
                        std::int64_t until, double size, double* out) const;
  [[nodiscard]] const Pool& pool_at(std::int64_t now) const;
  [[nodiscard]] Origins known(const Series& series, std::int64_t now, std::size_t stride) const;
  [[nodiscard]] std::vector<Ahead::Part> parts(const Series& series, std::size_t origin,
                                               double quick_share, double share) const;

  std::span<const Series> all_;
  std::size_t weeks_;
  Method method_;
  mutable Pool pool_;  // of the last `now`: forecasts of many series are made at the same
};

// The weekly bootstrap that forecasts are measured against: the next `weeks` weeks drawn from the
// last 12, exact. REQUIRES: origin >= 12.
constexpr std::size_t kBootstrapWeeks = 12;
[[nodiscard]] quant::Counts bootstrap(const Series& series, std::size_t origin, std::size_t weeks);

}  // namespace tiebeam::flow
