#include "rooms/risk/engine/column.h"

#include "rooms/risk/engine/parallel.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;
constexpr std::size_t kChunk = 8;  // blocks a thread takes at once

}  // namespace

void SumColumn::add(const std::vector<double>& years, std::size_t trials, double pivot,
                    unsigned threads, bool keep) {
  const std::size_t blocks = (trials + kBlock - 1) / kBlock;
  if (!losses) losses = std::make_unique<LossColumn>(blocks);
  losses->clear();
  std::vector<Totals> totals(blocks);
  in_parallel(threads, blocks, kChunk, [&](unsigned, std::size_t from, std::size_t to) {
    for (std::size_t block = from; block < to; ++block) {
      const double* at = years.data() + block * kBlock;
      const std::size_t n = std::min(kBlock, trials - block * kBlock);
      totals[block] = totals_of(at, n, pivot);
      losses->fill(block, at, n);
    }
  });
  for (const Totals& block : totals) counted.totals.add(block);
  losses->count_into(counted.histogram);
  counted.column = keep ? losses.get() : nullptr;
}

SumColumn column_of(const std::vector<double>& years, std::size_t trials, double pivot,
                    unsigned threads) {
  SumColumn out;
  out.add(years, trials, pivot, threads, true);
  return out;
}

std::optional<CurveEnds> curve_ends(const Counted& losses) {
  const quant::LogHistogram& histogram = losses.histogram;
  const std::uint64_t positive = histogram.count();
  if (positive < 2 * quant::kTrialsBeyond) return std::nullopt;
  const double least = quant::LogHistogram::low_end(histogram.place_of(positive / 20 + 1).bin);
  const double most =
      quant::LogHistogram::low_end(histogram.place_of(positive - quant::kTrialsBeyond).bin);
  return CurveEnds{least, std::max(least, most)};
}

std::vector<CurvePoint> curve_at(const Counted& losses, const std::vector<double>& amounts) {
  std::vector<CurvePoint> out;
  out.reserve(amounts.size());
  for (const double loss : amounts) out.push_back({loss, exceedance(losses, loss)});
  return out;
}

double factor_of(const AppetiteResult& point) {
  return point.probability.value / point.point.probability;
}

const AppetiteResult* most_pressing(const std::vector<AppetiteResult>& points) {
  const auto urgency = [](const AppetiteResult& each) {
    const int verdict = each.verdict == quant::Verdict::breach      ? 2
                        : each.verdict == quant::Verdict::undecided ? 1
                                                                    : 0;
    return std::pair(verdict, factor_of(each));
  };
  const AppetiteResult* out = nullptr;
  for (const AppetiteResult& each : points) {
    if (!out || urgency(each) > urgency(*out)) out = &each;
  }
  return out;
}

std::vector<AppetiteResult> against(const Counted& losses,
                                    const std::vector<quant::AppetitePoint>& points) {
  std::vector<AppetiteResult> out;
  for (const quant::AppetitePoint& point : points) {
    const quant::Spread probability = exceedance(losses, point.loss);
    out.push_back({point, probability,
                   quant::verdict_of(probability.low, probability.high, point.probability)});
  }
  return out;
}

}  // namespace tiebeam::risk
