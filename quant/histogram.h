// Counts of positive values in bins of equal relative width: integers, so that it does not matter
// who adds first. A bin is 1/128 of an octave wide at most 0.8 % from end to end.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tiebeam::quant {

class LogHistogram {
 public:
  static constexpr int kLowest = -16, kHighest = 96;  // powers of two; beyond counts as the end
  static constexpr std::size_t kPerOctave = 128;
  static constexpr std::size_t kBins = (kHighest - kLowest) * kPerOctave;

  static constexpr int kShift = 52 - 7;  // seven bits of the mantissa
  static constexpr std::int64_t kFirst = std::int64_t{1023 + kLowest} << 7;

  // REQUIRES: x > 0
  [[nodiscard]] static std::size_t bin_of(double x) {
    const std::int64_t bin = (std::bit_cast<std::int64_t>(x) >> kShift) - kFirst;
    return static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, kBins - 1));
  }
  [[nodiscard]] static double low_end(std::size_t bin);  // of the bin
  [[nodiscard]] static double high_end(std::size_t bin) { return low_end(bin + 1); }
  void add(const double* positive, std::size_t n);
  void add(const LogHistogram& other);
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] std::uint64_t count(std::size_t bin) const {
    return counts_.empty() ? 0 : counts_[bin];
  }
  // The bin that holds the rank-th smallest (from 1), and how many lie in bins below it.
  struct Place {
    std::size_t bin = 0;
    std::uint64_t below = 0;
  };
  [[nodiscard]] Place place_of(std::uint64_t rank) const;  // REQUIRES: 1 <= rank <= count()

 private:
  std::vector<std::uint64_t> counts_;  // empty until something is added
};

}  // namespace tiebeam::quant
