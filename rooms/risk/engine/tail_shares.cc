#include "rooms/risk/engine/tail_shares.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include "quant/tail.h"
#include "rooms/risk/engine/parallel.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;
constexpr std::size_t kChunk = 8;  // blocks a thread takes at once
using Years = std::vector<std::uint32_t>;

// Of a block, with room for kernels behind them.
Years worst_of(const TailWanted& of, std::size_t block) {
  Years out;
  const std::size_t n = std::min(kBlock, of.trials - block * kBlock);
  for (std::uint32_t t = 0; t < n; ++t) {
    const double year = of.years[block * kBlock + t];
    if (year > 0 && year >= of.loss) out.push_back(t);
  }
  out.resize(out.size() + quant::kPad);
  return out;
}

// What a scenario loses in these years of the block.
double sum_of(const TailWanted& of, std::size_t scenario, bool is_reduced, std::uint64_t block,
              std::span<const std::uint32_t> years, SetWorkspace& mine) {
  const std::span<const ControlSet> sets(&of.in_place, is_reduced ? 1 : 0);
  simulate_block(of.prepared.scenarios[scenario], block, {of.prepared.reductions[scenario], sets},
                 mine.work, mine.loss, years);
  const Row& loss = is_reduced ? mine.loss.after[0] : mine.loss.before;
  double sum = 0;
  for (const std::uint32_t t : years) sum += loss[t];
  return sum;
}

}  // namespace

std::vector<double> tail_shares(const TailWanted& of) {
  const std::size_t blocks = (of.trials + kBlock - 1) / kBlock;
  const std::size_t count = of.prepared.scenarios.size();
  std::vector<Years> worst;
  std::size_t marked = 0;
  for (std::size_t block = 0; block < blocks; ++block) {
    worst.push_back(worst_of(of, block));
    marked += worst.back().size() - quant::kPad;
  }
  if (marked < quant::kTrialsBeyond) return {};
  std::vector<std::uint8_t> reduced;
  for (std::size_t s = 0; s < count; ++s)
    reduced.push_back(differ_on(of.prepared, s, of.in_place, {}) ? 1 : 0);
  std::vector<std::unique_ptr<SetWorkspace>> threads;
  for (unsigned i = 0; i < of.threads; ++i)
    threads.push_back(std::make_unique<SetWorkspace>(of.prepared));
  std::vector<std::vector<double>> sums(count, std::vector<double>(blocks, 0));
  in_parallel(of.threads, blocks, kChunk, [&](unsigned thread, std::size_t from, std::size_t to) {
    for (std::size_t block = from; block < to; ++block) {
      const std::span<const std::uint32_t> years{worst[block].data(),
                                                 worst[block].size() - quant::kPad};
      for (std::size_t s = 0; s < count; ++s)
        sums[s][block] = sum_of(of, s, reduced[s] != 0, block, years, *threads[thread]);
    }
  });
  std::vector<double> out;
  for (const auto& each : sums) out.push_back(std::accumulate(each.begin(), each.end(), 0.0));
  const double all = std::accumulate(out.begin(), out.end(), 0.0);
  if (!(all > 0)) return {};
  for (double& each : out) each /= all;
  return out;
}

}  // namespace tiebeam::risk
