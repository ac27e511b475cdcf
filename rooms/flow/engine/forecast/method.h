// How many items a stream will finish in the next weeks, as a distribution: half of it counts
// around a quick and a slow level, half the errors that the two made in the past, the stream's own
// and those of the other streams. How much the quick level is worth is learned from those errors.
// Exact: no random numbers. docs/method/forecast.md.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "quant/counts.h"
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
  std::size_t most_pooled = 8192;  // errors of others; beyond, every second, third, ... is taken
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
// Cost: O(weeks of all series) once and for each forecast, and a sort of the errors.
class Horizon {
 public:
  Horizon(std::span<const Series> all, std::size_t weeks, const Method& method = {});

  // Of all[own], seen from the start of its week `origin`. REQUIRES: 1 <= origin <= its size.
  [[nodiscard]] Ahead from(std::size_t own, std::size_t origin) const;
  // from(own, origin).below(n) without the sort.
  [[nodiscard]] double chance_below(std::size_t own, std::size_t origin, std::size_t n) const;

  [[nodiscard]] std::span<const Series> all() const { return all_; }
  [[nodiscard]] std::size_t weeks() const { return weeks_; }

 private:
  // ln(weeks x typical level + 1) at each week, ln(what came + 1) from each week that has so many
  // after it.
  struct Logs {
    std::vector<double> quick, slow, came;
  };
  struct Errors;
  [[nodiscard]] Errors errors(std::size_t own, std::size_t origin, Ahead& out) const;
  void add_errors(std::size_t series, std::int64_t now, double size, std::size_t stride,
                  Errors& out) const;
  [[nodiscard]] double fade(std::int64_t ago) const;
  [[nodiscard]] std::size_t known(const Series& series, std::int64_t now) const;
  [[nodiscard]] std::vector<Ahead::Part> parts(const Series& series, std::size_t origin,
                                               double quick_share, double share) const;

  std::span<const Series> all_;
  std::size_t weeks_;
  Method method_;
  std::vector<Logs> logs_;
  std::vector<double> faded_;  // fade(0), fade(1), ...
};

// The weekly bootstrap that forecasts are measured against: the next `weeks` weeks drawn from the
// last 12, exact. REQUIRES: origin >= 12.
constexpr std::size_t kBootstrapWeeks = 12;
[[nodiscard]] quant::Counts bootstrap(const Series& series, std::size_t origin, std::size_t weeks);

}  // namespace tiebeam::flow
