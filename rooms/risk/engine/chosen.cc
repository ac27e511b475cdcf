// Other controls on the years of a run.
#include <algorithm>
#include <array>
#include <memory>

#include "rooms/risk/engine/parallel.h"
#include "rooms/risk/engine/simulate.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;
constexpr std::size_t kChunk = 8;  // blocks a thread takes at once

// What the years of `found` lose less with exactly these controls, by trial.
std::vector<double> taken_by(const Simulation& found, const ControlSet& controls,
                             unsigned threads) {
  const Kept& kept = *found.kept;
  std::vector<double> taken(kept.years.size(), 0);
  const std::size_t blocks = taken.size() / kBlock;
  const std::array sets{found.in_place, controls};
  std::vector<std::unique_ptr<SetWorkspace>> each;
  for (unsigned i = 0; i < threads; ++i)
    each.push_back(std::make_unique<SetWorkspace>(kept.prepared));
  for (std::size_t s = 0; s < kept.prepared.scenarios.size(); ++s) {
    if (!differ_on(kept.prepared, s, controls, found.in_place)) continue;
    in_parallel(threads, blocks, kChunk, [&](unsigned thread, std::size_t from, std::size_t to) {
      SetWorkspace& mine = *each[thread];
      for (std::size_t block = from; block < to; ++block) {
        simulate_block(kept.prepared.scenarios[s], block, {kept.prepared.reductions[s], sets},
                       mine.work, mine.loss);
        double* to_take = taken.data() + block * kBlock;
        for (std::size_t t = 0; t < kBlock; ++t)
          to_take[t] += mine.loss.after[0][t] - mine.loss.after[1][t];
      }
    });
  }
  return taken;
}

}  // namespace

Chosen with_controls(const Register& wanted, const Simulation& found, const ControlSet& controls,
                     unsigned threads) {
  const Kept& kept = *found.kept;
  const std::vector<double> taken = taken_by(found, controls, std::max(1u, threads));
  std::vector<double> left(taken.size(), 0);
  for (std::size_t t = 0; t < found.trials; ++t) left[t] = std::max(0.0, kept.years[t] - taken[t]);
  const SumColumn column = column_of(left, found.trials, kept.pivot, threads);
  std::vector<double> losses;
  for (const CurvePoint& point : found.even) losses.push_back(point.loss);
  return {.set = set_result({.prepared = kept.prepared,
                             .portfolio = kept.years,
                             .taken = taken,
                             .trials = found.trials,
                             .first_block = 0,
                             .pivot = kept.pivot,
                             .controls = controls}),
          .even = curve_at(column.counted, losses),
          .appetite = against(column.counted, wanted.appetite)};
}

std::optional<BestAdded> best_added(const Register& wanted, const Simulation& found, double budget,
                                    unsigned threads) {
  if (wanted.controls.empty()) return std::nullopt;
  const Kept& kept = *found.kept;
  BestSet best = best_set(kept.prepared, budget, found.in_place, choices_of(wanted));
  const std::vector<double> taken =
      taken_by(found, both(found.in_place, best.controls), std::max(1u, threads));
  return BestAdded{.set = set_result({.prepared = kept.prepared,
                                      .portfolio = kept.years,
                                      .taken = taken,
                                      .trials = found.trials,
                                      .first_block = 0,
                                      .pivot = kept.pivot,
                                      .controls = std::move(best.controls),
                                      .has_residual = false}),
                   .proven = best.proven};
}

}  // namespace tiebeam::risk
