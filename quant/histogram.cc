#include "quant/histogram.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/error.h"

namespace tiebeam::quant {
double LogHistogram::low_end(std::size_t bin) {
  return std::bit_cast<double>((static_cast<std::int64_t>(bin) + kFirst) << kShift);
}

void LogHistogram::add(const double* positive, std::size_t n) {
  if (counts_.empty()) counts_.resize(kBins);
  for (std::size_t i = 0; i < n; ++i) ++counts_[bin_of(positive[i])];
}

void LogHistogram::add(const LogHistogram& other) {
  if (counts_.empty()) counts_.resize(kBins);
  for (std::size_t i = 0; i < kBins; ++i) counts_[i] += other.count(i);
}

std::uint64_t LogHistogram::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

LogHistogram::Place LogHistogram::place_of(std::uint64_t rank) const {
  std::uint64_t below = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (below + count(bin) >= rank) return {bin, below};
    below += count(bin);
  }
  TB_CHECK(false, "a rank of what was counted");
  return {};
}

}  // namespace tiebeam::quant
