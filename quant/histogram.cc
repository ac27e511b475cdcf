#include "quant/histogram.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/error.h"

namespace tiebeam::quant {
namespace {
constexpr int kShift = 52 - 7;  // seven bits of the mantissa
constexpr std::int64_t kFirst = std::int64_t{1023 + LogHistogram::kLowest} << 7;
}  // namespace

std::size_t LogHistogram::bin_of(double x) {
  const std::int64_t bin = (std::bit_cast<std::int64_t>(x) >> kShift) - kFirst;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, kBins - 1));
}

double LogHistogram::low_end(std::size_t bin) {
  return std::bit_cast<double>((static_cast<std::int64_t>(bin) + kFirst) << kShift);
}

void LogHistogram::add(const double* positive, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) ++counts_[bin_of(positive[i])];
}

void LogHistogram::add(const LogHistogram& other) {
  for (std::size_t i = 0; i < kBins; ++i) counts_[i] += other.counts_[i];
}

void LogHistogram::clear() { std::ranges::fill(counts_, 0); }

std::uint64_t LogHistogram::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

LogHistogram::Place LogHistogram::place_of(std::uint64_t rank) const {
  std::uint64_t below = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (below + counts_[bin] >= rank) return {bin, below};
    below += counts_[bin];
  }
  TB_CHECK(false, "a rank of what was counted");
  return {};
}

}  // namespace tiebeam::quant
