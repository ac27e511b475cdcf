#include "rooms/flow/engine/forecast/past_errors.h"

#include <algorithm>

#include "quant/kernels/kernels.h"

namespace tiebeam::flow {

PastErrors past_errors(std::span<const Origins> origins, std::size_t weeks) {
  std::size_t count = 0;
  for (const Origins& each : origins) count += each.count();
  PastErrors out;
  out.week.reserve(count);
  // Counts first, logarithms of all of them at once.
  std::vector<double> quick(count + quant::kPad), slow(count + quant::kPad),
      came(count + quant::kPad);
  for (const auto& [series, first, end, stride] : origins) {
    for (std::size_t i = first; i < end; i += stride) {
      const std::size_t at = out.week.size();
      quick[at] = series->quick.typical[i];
      slow[at] = series->slow.typical[i];
      came[at] = series->sum(i, weeks);
      out.week.push_back(series->number[i]);
    }
  }
  const auto h = static_cast<double>(weeks);
  quant::log_affine(quick.data(), count, 1, h, quick.data());
  quant::log_affine(slow.data(), count, 1, h, slow.data());
  quant::log_affine(came.data(), count, 1, 1, came.data());
  out.size.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    out.size[i] = (quick[i] + slow[i]) / 2;
    quick[i] -= slow[i];
    came[i] -= slow[i];
  }
  quick.resize(count), came.resize(count);
  out.quick = std::move(quick), out.came = std::move(came);
  return out;
}

double quick_share(std::span<const quant::Points> parts, double count, double spread) {
  constexpr double kPrior = 0.5;
  constexpr double kRounding = 1e-20;  // the two levels said the same: nothing to learn from
  quant::WeightedSums mean;
  for (const quant::Points& part : parts) {
    const quant::WeightedSums sums = quant::weighted_sums(part);
    mean.x += sums.x, mean.y += sums.y;
  }
  quant::WeightedSquares off;
  for (const quant::Points& part : parts) {
    const quant::WeightedSquares squares = quant::weighted_squares(part, mean.x, mean.y);
    off.xx += squares.xx, off.xy += squares.xy, off.yy += squares.yy;
  }
  if (off.xx < kRounding) return kPrior;
  const double noise = off.yy - 2 * kPrior * off.xy + kPrior * kPrior * off.xx;
  const double prior = noise / (spread * spread);
  return std::clamp((count * off.xy + prior * kPrior) / (count * off.xx + prior), 0.0, 1.0);
}

}  // namespace tiebeam::flow
