// What is told of a year's losses: mean, percentiles, tails, the chance to exceed. Definitions:
// docs/method/tail.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "quant/histogram.h"
#include "quant/kernels/kernels.h"
#include "quant/quantile.h"
#include "quant/tail.h"

namespace tiebeam::risk {

constexpr std::array<double, 6> kShares = {0.5, 0.75, 0.9, 0.95, 0.99, 0.999};
constexpr std::array<double, 2> kTails = {0.95, 0.99};

struct Measures {
  double ale = 0;  // mean loss a year
  double se = 0;   // its standard error
  double sd = 0;
  double p_zero = 0;
  std::array<std::optional<double>, kShares.size()> quantiles;  // none: too few trials beyond it
  std::array<std::optional<double>, kTails.size()> tvar;        // likewise
};

// Sums over trials, by blocks in their order, about a pivot of the losses' own size.
struct Totals {
  double pivot = 0;
  quant::Moments moments;
  std::uint64_t trials = 0;
  std::uint64_t zeros = 0;
  quant::Mix mix;

  void add(const Totals& block);
};
[[nodiscard]] Totals totals_of(const double* loss, std::size_t n, double pivot);

// The losses above 0 of a range of trials, block by block. Blocks may be filled by any thread.
class LossColumn {
 public:
  explicit LossColumn(std::size_t blocks);
  void clear();
  void fill(std::size_t block, const double* loss, std::size_t n);
  [[nodiscard]] std::size_t blocks() const { return held_.size(); }
  [[nodiscard]] const double* values(std::size_t block) const;
  [[nodiscard]] std::size_t held(std::size_t block) const { return held_[block]; }
  void count_into(quant::LogHistogram& histogram) const;

 private:
  std::unique_ptr<double[]> values_;  // no page is touched before it is filled
  std::vector<std::uint32_t> held_;
};

// Losses with their counts: exact from a column of all; from counts alone, where there are too many
// to keep, percentiles are within 0.4 %.
struct Counted {
  Totals totals;
  quant::LogHistogram histogram;
  const LossColumn* column = nullptr;  // null where only counts are kept
  [[nodiscard]] Measures measures() const;
};

// P(L > loss) with the interval of Clopper and Pearson.
[[nodiscard]] quant::Spread exceedance(const Counted& losses, double loss);

}  // namespace tiebeam::risk
