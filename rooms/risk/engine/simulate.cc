#include "rooms/risk/engine/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <memory>
#include <numeric>
#include <thread>

#include "rooms/risk/engine/block.h"
#include "rooms/risk/engine/closed_form.h"
#include "rooms/risk/engine/control_sets.h"
#include "rooms/risk/engine/curve.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;

constexpr std::uint64_t kRange = std::uint64_t{1}
                                 << 20;  // trials at a time, where not all are kept
constexpr std::size_t kChunk = 8;        // blocks a thread takes at once
constexpr std::size_t kColumnBytes = std::size_t{8} << 20;  // of scenarios held at once

// Calls work(thread, first, last) for chunks of 0..count until all are done.
template <class Work>
void in_parallel(unsigned threads, std::size_t count, std::size_t chunk, Work work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&](unsigned thread) {
    for (;;) {
      const std::size_t first = next.fetch_add(chunk);
      if (first >= count) return;
      work(thread, first, std::min(count, first + chunk));
    }
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(run, i);
  run(0);
}

struct Thread {
  explicit Thread(const Prepared& prepared) : work(prepared) {}
  Workspace work;
  BlockLoss loss;
  std::vector<Remaining> left;
};

// One scenario over all ranges.
struct Column {
  Counted counted;
  Measures measures;
  std::vector<Totals> blocks;  // of the range
  std::atomic<bool> aggregated{false};
  std::unique_ptr<LossColumn> losses;
};

class Run {
 public:
  Run(const Register& wanted, const Settings& settings, Prepared prepared)
      : wanted_(wanted), settings_(settings), prepared_(std::move(prepared)) {
    settings_.threads = std::max(1u, settings.threads);
    exact_ = settings.trials <= kMostKept;
    for (unsigned i = 0; i < settings_.threads; ++i)
      threads_.push_back(std::make_unique<Thread>(prepared_));
    for (std::size_t i = 0; i < wanted.scenarios.size(); ++i) pivots_.push_back(pivot_of(i));
    choose_sets();
  }

  Result<Simulation> all() {
    const std::uint64_t range = exact_ ? settings_.trials : kRange;
    columns_.resize(prepared_.scenarios.size());
    for (std::uint64_t first = 0; first < settings_.trials; first += range) {
      first_block_ = first / kBlock;
      trials_ = std::min(range, settings_.trials - first);
      if (!run_range()) {
        return fail(Kind::unavailable, "risk.cancelled",
                    "the simulation was stopped; nothing is kept",
                    "start it again: the same seed gives the same years");
      }
    }
    return result();
  }

 private:
  [[nodiscard]] std::size_t blocks() const { return (trials_ + kBlock - 1) / kBlock; }
  [[nodiscard]] std::size_t trials_of(std::size_t block) const {
    return std::min<std::size_t>(kBlock, trials_ - block * kBlock);
  }

  double pivot_of(std::size_t prepared) const {
    const Scenario& scenario = wanted_.scenarios[prepared_.place[prepared]];
    return expected_loss(wanted_, scenario).value_or(0);
  }

  void choose_sets() {
    const std::size_t controls = wanted_.controls.size();
    for (std::size_t i = 0; i < controls; ++i) sets_.push_back({i});
    if (controls > 1) {
      sets_.emplace_back(controls);
      std::iota(sets_.back().begin(), sets_.back().end(), std::size_t{0});
    }
    if (wanted_.control_budget && controls > 0) {
      BestSet best = best_set(prepared_, *wanted_.control_budget);
      best_proven_ = best.proven;
      sets_.push_back(std::move(best.controls));
    }
    for (std::size_t s = 0; s < prepared_.scenarios.size(); ++s)
      touched_.push_back(sets_touching(prepared_, s, sets_));
  }

  // All scenarios over one range of trials, a few at a time.
  bool run_range() {
    const std::size_t count = prepared_.scenarios.size(), held = blocks() * kBlock;
    portfolio_.assign(held, 0);
    taken_.assign(sets_.size(), {});
    for (auto& each : taken_) each.assign(held, 0);
    const std::size_t batch = std::max<std::size_t>(1, kColumnBytes / (held * sizeof(double)));
    for (std::size_t first = 0; first < count; first += batch) {
      const std::size_t last = std::min(count, first + batch);
      run_batch(first, last);
      const double range = static_cast<double>(trials_) / static_cast<double>(settings_.trials);
      const double done =
          static_cast<double>(first_block_ * kBlock) / static_cast<double>(settings_.trials);
      const double share = done + range * static_cast<double>(last) / static_cast<double>(count);
      if (settings_.progress && !settings_.progress(share)) return false;
    }
    add_portfolio();
    return true;
  }

  void run_batch(std::size_t first, std::size_t last) {
    while (spare_.size() < last - first) spare_.push_back(std::make_unique<LossColumn>(blocks()));
    for (std::size_t s = first; s < last; ++s) {
      columns_[s].losses = std::move(spare_.back());
      columns_[s].losses->clear();
      spare_.pop_back();
      columns_[s].blocks.assign(blocks(), {});
    }
    in_parallel(settings_.threads, blocks(), kChunk,
                [&](unsigned thread, std::size_t from, std::size_t to) {
                  for (std::size_t s = first; s < last; ++s) {
                    for (std::size_t block = from; block < to; ++block)
                      run_block(*threads_[thread], s, block);
                  }
                });
    in_parallel(settings_.threads, last - first, 1,
                [&](unsigned, std::size_t from, std::size_t) { finish(columns_[first + from]); });
    for (std::size_t s = first; s < last; ++s) spare_.push_back(std::move(columns_[s].losses));
  }

  void run_block(Thread& thread, std::size_t s, std::size_t block) {
    const std::vector<std::size_t>& touched = touched_[s];
    std::vector<ControlSet> sets;
    for (const std::size_t set : touched) sets.push_back(sets_[set]);
    if (!sets.empty()) {
      remaining(prepared_, s, sets, first_block_ + block, thread.left);
    } else {
      thread.left.clear();
    }
    simulate_block(prepared_.scenarios[s], first_block_ + block, thread.left, thread.work,
                   thread.loss);
    const std::size_t n = trials_of(block);
    const double* loss = thread.loss.before.data();
    if (thread.loss.sums) columns_[s].aggregated = true;
    columns_[s].blocks[block] = totals_of(loss, n, pivots_[s]);
    columns_[s].losses->fill(block, loss, n);
    quant::add_driver(1, loss, n, portfolio_.data() + block * kBlock);
    for (std::size_t v = 0; v < touched.size(); ++v) {
      double* taken = taken_[touched[v]].data() + block * kBlock;
      const double* after = thread.loss.after[v].data();
      for (std::size_t t = 0; t < n; ++t) taken[t] += loss[t] - after[t];
    }
  }

  // Adds the range's blocks in their order; where every trial is kept, this is the only range.
  void finish(Column& column) const {
    for (const Totals& block : column.blocks) column.counted.totals.add(block);
    column.losses->count_into(column.counted.histogram);
    column.counted.column = exact_ ? column.losses.get() : nullptr;
    if (!exact_) return;
    column.measures = column.counted.measures();
    column.counted.column = nullptr;  // the column goes to the next scenario
    column.counted.histogram = {};
  }

  // A sum over scenarios as a column of its own.
  void count_sum(const std::vector<double>& sum, double pivot, Column& column) {
    if (!column.losses && !spare_.empty()) {
      column.losses = std::move(spare_.back());
      spare_.pop_back();
    }
    if (!column.losses) column.losses = std::make_unique<LossColumn>(blocks());
    column.losses->clear();
    column.blocks.assign(blocks(), {});
    in_parallel(settings_.threads, blocks(), kChunk,
                [&](unsigned, std::size_t from, std::size_t to) {
                  for (std::size_t block = from; block < to; ++block) {
                    const double* at = sum.data() + block * kBlock;
                    column.blocks[block] = totals_of(at, trials_of(block), pivot);
                    column.losses->fill(block, at, trials_of(block));
                  }
                });
    for (const Totals& block : column.blocks) column.counted.totals.add(block);
    column.losses->count_into(column.counted.histogram);
    column.counted.column = exact_ ? column.losses.get() : nullptr;
  }

  void add_portfolio() {
    count_sum(portfolio_, std::accumulate(pivots_.begin(), pivots_.end(), 0.0), whole_);
  }

  Result<Simulation> result() {
    Simulation out{.trials = settings_.trials, .seed = settings_.seed, .exact = exact_};
    out.scenarios.resize(wanted_.scenarios.size());
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      Column& column = columns_[s];
      if (!exact_) column.measures = column.counted.measures();
      ScenarioResult& into = out.scenarios[prepared_.place[s]];
      into.id = prepared_.scenarios[s].id;
      into.measures = column.measures;
      into.aggregated = column.aggregated;
      into.digest = column.counted.totals.mix;
      out.digest = quant::combine(out.digest, into.digest);
    }
    std::optional<double> sum = 0;
    for (std::size_t i = 0; i < out.scenarios.size(); ++i) {
      out.scenarios[i].ale_exact = expected_loss(wanted_, wanted_.scenarios[i]);
      sum = sum && out.scenarios[i].ale_exact ? std::optional(*sum + *out.scenarios[i].ale_exact)
                                              : std::nullopt;
    }
    out.ale_exact = sum;
    out.portfolio = whole_.counted.measures();
    out.digest = quant::combine(out.digest, whole_.counted.totals.mix);
    add_curve(out);
    add_controls(out);
    if (settings_.contributions && exact_) add_shares(out);
    return out;
  }

  void add_curve(Simulation& out) const {
    const quant::LogHistogram& histogram = whole_.counted.histogram;
    const std::uint64_t positive = histogram.count();
    if (positive >= 2 * quant::kTrialsBeyond) {
      const double least = quant::LogHistogram::low_end(histogram.place_of(positive / 20 + 1).bin);
      const double most =
          quant::LogHistogram::low_end(histogram.place_of(positive - quant::kTrialsBeyond).bin);
      for (const double loss : round_losses(least, std::max(least, most)))
        out.curve.push_back({loss, exceedance(whole_.counted, loss)});
    }
    for (const quant::AppetitePoint& point : wanted_.appetite) {
      const quant::Spread probability = exceedance(whole_.counted, point.loss);
      out.appetite.push_back(
          {point, probability,
           quant::verdict_of(probability.low, probability.high, point.probability)});
    }
  }

  // Every trial's cost of a set of controls.
  std::vector<double> costs(const ControlSet& set) {
    std::vector<double> out(blocks() * kBlock, 0);
    Row row;
    for (const std::size_t control : set) {
      for (std::size_t block = 0; block < blocks(); ++block) {
        quant::uniforms(prepared_.controls[control], quant::Purpose{0}, first_block_ + block,
                        row.data());
        quant::normals(row.data(), kBlock, row.data());
        prepared_.control_costs[control].map(row.data(), kBlock, row.data());
        for (std::size_t t = 0; t < kBlock; ++t) out[block * kBlock + t] += row[t];
      }
    }
    return out;
  }

  SetResult set_result(std::size_t v) {
    SetResult out{.controls = sets_[v]};
    std::vector<double>& taken = taken_[v];
    const std::vector<double> cost = costs(sets_[v]);
    const std::size_t n = trials_;
    std::size_t worth = 0;
    for (std::size_t t = 0; t < n; ++t) worth += taken[t] > cost[t] ? 1 : 0;
    out.p_worth = static_cast<double>(worth) / static_cast<double>(n);
    out.cost = std::accumulate(cost.begin(), cost.begin() + static_cast<std::ptrdiff_t>(n), 0.0) /
               static_cast<double>(n);
    out.reduction = quant::mean_of({taken.data(), n});
    if (out.cost > 0) out.rosi = (out.reduction.value - out.cost) / out.cost;
    std::vector<double> left(portfolio_.size(), 0);
    for (std::size_t t = 0; t < n; ++t) left[t] = std::max(0.0, portfolio_[t] - taken[t]);
    Column column;
    count_sum(left, whole_.counted.totals.pivot, column);
    out.residual = column.counted.measures();
    const auto nth = [&](double p) {
      const auto at = taken.begin() + static_cast<std::ptrdiff_t>(quant::rank_of(n, p) - 1);
      std::nth_element(taken.begin(), at, taken.begin() + static_cast<std::ptrdiff_t>(n));
      return *at;
    };
    out.p05 = nth(0.05);
    out.p50 = nth(0.5);
    out.p95 = nth(0.95);
    return out;
  }

  void add_controls(Simulation& out) {
    const std::size_t controls = wanted_.controls.size();
    for (std::size_t v = 0; v < sets_.size(); ++v) {
      SetResult each = set_result(v);
      if (v < controls) {
        out.controls.push_back(std::move(each));
      } else if (wanted_.control_budget && v + 1 == sets_.size()) {
        out.best = std::move(each);
        out.best_proven = best_proven_;
      } else {
        out.all_controls = std::move(each);
      }
    }
  }

  // Euler's allocation: each scenario's mean loss in the years at or beyond the portfolio's VaR95,
  // as a share of all. Source: Tasche 1999; years exactly at the VaR count alike.
  void add_shares(Simulation& out) {
    const auto var = out.portfolio.quantiles[3];
    if (!var || *var <= 0) return;
    std::vector<std::uint8_t> worst(portfolio_.size(), 0);
    for (std::size_t t = 0; t < trials_; ++t) worst[t] = portfolio_[t] >= *var ? 1 : 0;
    std::vector<std::vector<double>> sums(columns_.size(), std::vector<double>(blocks(), 0));
    in_parallel(settings_.threads, blocks(), kChunk,
                [&](unsigned thread, std::size_t from, std::size_t to) {
                  Thread& mine = *threads_[thread];
                  for (std::size_t block = from; block < to; ++block) {
                    for (std::size_t s = 0; s < columns_.size(); ++s) {
                      simulate_block(prepared_.scenarios[s], first_block_ + block, {}, mine.work,
                                     mine.loss, worst.data() + block * kBlock);
                      sums[s][block] =
                          quant::moments(mine.loss.before.data(), trials_of(block), 0).sum;
                    }
                  }
                });
    std::vector<double> totals;
    for (const auto& each : sums) totals.push_back(std::accumulate(each.begin(), each.end(), 0.0));
    const double all = std::accumulate(totals.begin(), totals.end(), 0.0);
    for (std::size_t s = 0; s < totals.size(); ++s)
      out.scenarios[prepared_.place[s]].tail_share = totals[s] / all;
  }

  const Register& wanted_;
  Settings settings_;
  Prepared prepared_;
  bool exact_ = true, best_proven_ = true;
  std::vector<std::unique_ptr<Thread>> threads_;
  std::vector<double> pivots_;
  std::vector<ControlSet> sets_;                   // each alone, all, the best
  std::vector<std::vector<std::size_t>> touched_;  // by scenario, the sets that change it
  std::deque<Column> columns_;
  std::vector<std::unique_ptr<LossColumn>> spare_;
  Column whole_;
  std::uint64_t first_block_ = 0, trials_ = 0;  // of the range
  std::vector<double> portfolio_;
  std::vector<std::vector<double>> taken_;  // by set, what it takes away in each trial
};

}  // namespace

Result<Simulation> simulate(const Register& wanted, const Settings& settings) {
  TB_CHECK(settings.trials >= 1, "at least one trial");
  if (settings.trials > kMostTrials || (!wanted.controls.empty() && settings.trials > kMostKept)) {
    return invalid(
        "risk.too_many_trials",
        fmt::format("{} trials are more than {} with controls, which are compared year by year",
                    settings.trials, wanted.controls.empty() ? kMostTrials : kMostKept),
        "ask for fewer trials");
  }
  TB_TRY(Prepared prepared, prepare(wanted, settings.seed));
  return Run(wanted, settings, std::move(prepared)).all();
}

}  // namespace tiebeam::risk
