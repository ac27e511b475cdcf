#include "rooms/risk/engine/measures.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "rooms/risk/engine/ranks.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;
using quant::LogHistogram;

Measures sums(const Totals& totals) {
  const auto n = static_cast<double>(totals.trials);
  const double off = totals.moments.sum / n;
  Measures out;
  out.p_zero = static_cast<double>(totals.zeros) / n;
  if (totals.zeros == totals.trials) return out;
  out.ale = totals.pivot + off;
  const double variance = n > 1 ? (totals.moments.square - n * off * off) / (n - 1) : 0;
  // What rounding leaves of a constant is no spread.
  const bool is_constant = variance < 1e-24 * out.ale * out.ale;
  out.sd = is_constant ? 0 : std::sqrt(variance);
  out.se = out.sd / std::sqrt(n);
  return out;
}

// Fills percentiles and tails. `value(rank)` is the rank-th smallest loss above 0, `above(x)` the
// count and sum of the losses above x.
template <class Value, class AboveOf>
void fill_tails(const Totals& totals, Measures& out, Value value, AboveOf above) {
  const auto n = static_cast<std::size_t>(totals.trials);
  const auto value_at = [&](double p) -> std::optional<double> {
    const std::size_t rank = quant::rank_of(n, p);
    if (rank <= totals.zeros) return 0;
    if (n - rank < quant::kTrialsBeyond) return std::nullopt;
    return value(rank - totals.zeros);
  };
  for (std::size_t i = 0; i < kShares.size(); ++i) out.quantiles[i] = value_at(kShares[i]);
  for (std::size_t i = 0; i < kTails.size(); ++i) {
    const std::optional<double> at = value_at(kTails[i]);
    const std::size_t rank = quant::rank_of(n, kTails[i]);
    if (totals.zeros == n) out.tvar[i] = 0;
    if (!at || n - rank < quant::kTrialsBeyond) continue;
    // Acerbi and Tasche 2002: the worst n (1 - p) trials, the last of them in part.
    const double worst = static_cast<double>(n) * (1 - kTails[i]);
    const quant::Above beyond = above(*at);
    out.tvar[i] = (beyond.sum + (worst - static_cast<double>(beyond.count)) * *at) / worst;
  }
}

}  // namespace

void Totals::add(const Totals& block) {
  TB_CHECK(trials == 0 || pivot == block.pivot, "sums about one pivot");
  pivot = block.pivot;
  moments.sum += block.moments.sum;
  moments.square += block.moments.square;
  trials += block.trials;
  zeros += block.zeros;
  mix = quant::combine(mix, block.mix);
}

Totals totals_of(const double* loss, std::size_t n, double pivot) {
  const auto zeros = std::count(loss, loss + n, 0.0);
  return {.pivot = pivot,
          .moments = quant::moments(loss, n, pivot),
          .trials = n,
          .zeros = static_cast<std::uint64_t>(zeros),
          .mix = quant::mix_of(loss, n)};
}

LossColumn::LossColumn(std::size_t blocks)
    : values_(std::make_unique_for_overwrite<double[]>(blocks * kBlock + quant::kPad)),
      held_(blocks, 0) {}

void LossColumn::clear() { std::ranges::fill(held_, 0); }

const double* LossColumn::values(std::size_t block) const { return values_.get() + block * kBlock; }

void LossColumn::fill(std::size_t block, const double* loss, std::size_t n) {
  double* to = values_.get() + block * kBlock;
  held_[block] = static_cast<std::uint32_t>(quant::above_zero(loss, n, to));
}

void LossColumn::count_into(LogHistogram& histogram) const {
  for (std::size_t block = 0; block < blocks(); ++block) histogram.add(values(block), held(block));
}

static Measures measured(const Totals& totals, const LossColumn& column,
                         const LogHistogram& histogram) {
  Measures out = sums(totals);
  const auto n = static_cast<std::size_t>(totals.trials);
  std::vector<std::uint64_t> ranks;
  for (const double p : kShares) {
    const std::size_t rank = quant::rank_of(n, p);
    if (rank > totals.zeros && n - rank >= quant::kTrialsBeyond)
      ranks.push_back(rank - totals.zeros);
  }
  const std::vector<double> values = by_ranks(column, histogram, ranks);
  const auto value = [&](std::uint64_t rank) {
    return values[static_cast<std::size_t>(std::ranges::find(ranks, rank) - ranks.begin())];
  };
  fill_tails(totals, out, value, [&](double x) {
    quant::Above all;
    for (std::size_t block = 0; block < column.blocks(); ++block) {
      const quant::Above part = quant::above(column.values(block), column.held(block), x);
      all.count += part.count;
      all.sum += part.sum;
    }
    return all;
  });
  return out;
}

static Measures measured(const Totals& totals, const LogHistogram& histogram) {
  Measures out = sums(totals);
  const auto middle = [](std::size_t bin) {
    return (LogHistogram::low_end(bin) + LogHistogram::high_end(bin)) / 2;
  };
  const auto value = [&](std::uint64_t rank) { return middle(histogram.place_of(rank).bin); };
  fill_tails(totals, out, value, [&](double x) {
    quant::Above all;
    for (std::size_t bin = x > 0 ? LogHistogram::bin_of(x) + 1 : 0; bin < LogHistogram::kBins;
         ++bin) {
      const std::uint64_t here = histogram.count(bin);
      all.count += here;
      all.sum += static_cast<double>(here) * middle(bin);
    }
    return all;
  });
  return out;
}

Measures Counted::measures() const {
  return column != nullptr ? measured(totals, *column, histogram) : measured(totals, histogram);
}

quant::Spread exceedance(const Counted& losses, double loss) {
  std::uint64_t beyond = 0;
  if (losses.column != nullptr) {
    for (std::size_t block = 0; block < losses.column->blocks(); ++block) {
      const LossColumn& column = *losses.column;
      beyond += quant::above(column.values(block), column.held(block), loss).count;
    }
  } else {
    const std::size_t first = loss > 0 ? LogHistogram::bin_of(loss) + 1 : 0;
    for (std::size_t bin = first; bin < LogHistogram::kBins; ++bin)
      beyond += losses.histogram.count(bin);
  }
  return quant::clopper_pearson(static_cast<double>(beyond),
                                static_cast<double>(losses.totals.trials));
}

}  // namespace tiebeam::risk
