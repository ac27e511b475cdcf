#include "quant/half_samples.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "base/error.h"
#include "quant/special.h"

namespace tiebeam::quant {
namespace {

constexpr std::size_t kGroups = 2 * kPairs;
constexpr std::size_t kBlock = 512;

// Sylvester's Hadamard matrix: row `half`, column `pair` + 1.
constexpr std::size_t group_of(std::size_t half, std::size_t pair) {
  return 2 * pair + (static_cast<std::size_t>(std::popcount(half & (pair + 1))) & 1U);
}

std::size_t count_in(std::size_t half, const std::array<std::uint32_t, kGroups>& counts) {
  std::size_t out = 0;
  for (std::size_t pair = 0; pair < kPairs; ++pair) out += counts[group_of(half, pair)];
  return out;
}

}  // namespace

PairedGroups::PairedGroups(std::span<const std::int64_t> values) {
  TB_CHECK(!values.empty(), "a percentile needs values");
  sorted_.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    sorted_.push_back({values[i], static_cast<std::uint32_t>(i % kGroups)});
  std::ranges::sort(sorted_, [](const Held& a, const Held& b) {
    return std::tie(a.value, a.group) < std::tie(b.value, b.group);
  });
  Counts counts{};
  for (std::size_t i = 0; i < sorted_.size(); ++i) {
    if (i % kBlock == 0) before_.push_back(counts);
    ++counts[sorted_[i].group];
  }
  before_.push_back(counts);
}

std::int64_t PairedGroups::quantile(double p) const {
  return sorted_[rank_of(sorted_.size(), p) - 1].value;
}

// The block that holds the wanted rank of the half-sample, then the value within it.
std::array<std::int64_t, kHalfSamples> PairedGroups::of_halves(double p) const {
  TB_CHECK(size() >= kHalfSampleValues, "each half-sample has values");
  std::array<std::int64_t, kHalfSamples> out{};
  for (std::size_t half = 0; half < kHalfSamples; ++half) {
    const std::size_t wanted = rank_of(count_in(half, before_.back()), p);
    const auto after =
        std::partition_point(before_.begin(), before_.end(),
                             [&](const Counts& counts) { return count_in(half, counts) < wanted; });
    const auto block = static_cast<std::size_t>(after - before_.begin()) - 1;
    std::size_t seen = count_in(half, before_[block]);
    std::size_t i = block * kBlock;
    while (true) {
      const std::uint32_t group = sorted_[i].group;
      seen += group_of(half, group / 2) == group ? 1 : 0;
      if (seen == wanted) break;
      ++i;
    }
    out[half] = sorted_[i].value;
  }
  return out;
}

std::optional<Spread> quantile_shift(const PairedGroups& before, const PairedGroups& after,
                                     double p, double level) {
  TB_CHECK(before.size() == after.size(), "both are of the same things");
  if (before.size() < kHalfSampleValues) return std::nullopt;
  const auto first = before.of_halves(p), second = after.of_halves(p);
  const auto value = static_cast<double>(before.quantile(p) - after.quantile(p));
  double squares = 0;
  for (std::size_t half = 0; half < kHalfSamples; ++half) {
    const double off = static_cast<double>(first[half] - second[half]) - value;
    squares += off * off;
  }
  const double error = std::sqrt(squares / static_cast<double>(kHalfSamples));
  const double spread = student_quantile((1 + level) / 2, static_cast<double>(kPairs)) * error;
  return Spread{value, value - spread, value + spread};
}

}  // namespace tiebeam::quant
