#include "rooms/risk/engine/ranks.h"

#include <algorithm>

namespace tiebeam::risk {

using quant::kBlock;
using quant::LogHistogram;

// The histogram says in which bin each lies, one pass without a branch gathers those bins.
std::vector<double> by_ranks(const LossColumn& column, const LogHistogram& histogram,
                             const std::vector<std::uint64_t>& ranks) {
  std::vector<LogHistogram::Place> places;
  std::vector<std::uint8_t> which(LogHistogram::kBins, 0);  // 0: of no interest
  std::vector<std::vector<double>> gathered(1 + ranks.size());
  std::vector<std::size_t> found(1 + ranks.size(), 0);
  gathered[0].resize(1);
  for (const std::uint64_t rank : ranks) {
    const auto place = histogram.place_of(rank);
    places.push_back(place);
    if (which[place.bin] != 0) continue;
    which[place.bin] = static_cast<std::uint8_t>(places.size());
    gathered[places.size()].resize(histogram.count(place.bin) + 1);
  }
  for (std::size_t block = 0; block < column.blocks(); ++block) {
    const double* x = column.values(block);
    for (std::size_t i = 0; i < column.held(block); ++i) {
      const std::size_t at = which[LogHistogram::bin_of(x[i])];
      gathered[at][found[at]] = x[i];
      found[at] += at > 0 ? 1 : 0;
    }
  }
  std::vector<double> out;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    const std::size_t at = which[places[i].bin];
    const auto first = gathered[at].begin();
    const auto nth = first + static_cast<std::ptrdiff_t>(ranks[i] - places[i].below - 1);
    std::nth_element(first, nth, first + static_cast<std::ptrdiff_t>(found[at]));
    out.push_back(*nth);
  }
  return out;
}

namespace {

std::vector<double> by_selection(const std::vector<double>& values, std::size_t n,
                                 std::span<const double> shares) {
  std::vector<double> all(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n));
  std::vector<double> out;
  auto from = all.begin();
  for (const double share : shares) {
    const auto at = all.begin() + static_cast<std::ptrdiff_t>(quant::rank_of(n, share) - 1);
    if (at >= from) {
      std::nth_element(from, at, all.end());
      from = at + 1;
    }
    out.push_back(*at);
  }
  return out;
}

}  // namespace

std::vector<double> quantiles_of(const std::vector<double>& values, std::size_t n,
                                 std::span<const double> shares) {
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(n);
  if (std::any_of(values.begin(), end, [](double x) { return x < 0; }))
    return by_selection(values, n, shares);
  const std::size_t blocks = (n + kBlock - 1) / kBlock;
  LossColumn column(blocks);
  for (std::size_t block = 0; block < blocks; ++block)
    column.fill(block, values.data() + block * kBlock, std::min(kBlock, n - block * kBlock));
  LogHistogram histogram;
  column.count_into(histogram);
  const std::size_t zeros = n - histogram.count();
  std::vector<std::uint64_t> ranks;
  for (const double share : shares) {
    const std::size_t rank = quant::rank_of(n, share);
    if (rank > zeros && (ranks.empty() || ranks.back() != rank - zeros))
      ranks.push_back(rank - zeros);
  }
  const std::vector<double> found = by_ranks(column, histogram, ranks);
  std::vector<double> out;
  for (const double share : shares) {
    const std::size_t rank = quant::rank_of(n, share);
    const auto at = rank > zeros ? std::ranges::find(ranks, rank - zeros) - ranks.begin() : -1;
    out.push_back(at < 0 ? 0 : found[static_cast<std::size_t>(at)]);
  }
  return out;
}

}  // namespace tiebeam::risk
