#include "rooms/risk/engine/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <memory>
#include <numeric>

#include "rooms/risk/engine/block.h"
#include "rooms/risk/engine/closed_form.h"
#include "rooms/risk/engine/parallel.h"
#include "rooms/risk/engine/tail_shares.h"

namespace tiebeam::risk {
namespace {

using quant::kBlock;

constexpr std::uint64_t kRange = std::uint64_t{1}
                                 << 20;  // trials at a time, where not all are kept
constexpr std::size_t kChunk = 8;        // blocks a thread takes at once
constexpr std::size_t kColumnBytes = std::size_t{8} << 20;  // of scenarios held at once

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
      : wanted_(wanted),
        settings_(settings),
        prepared_(std::make_unique<Prepared>(std::move(prepared))) {
    settings_.threads = std::max(1u, settings.threads);
    exact_ = settings.trials <= kMostKept;
    for (unsigned i = 0; i < settings_.threads; ++i)
      threads_.push_back(std::make_unique<SetWorkspace>(*prepared_));
    for (const std::size_t place : prepared_->place)
      pivots_.push_back(typical_loss(wanted_, wanted_.scenarios[place]));
    choose_sets();
    choose_groups();
  }

  Result<Simulation> all() {
    const std::uint64_t range = exact_ ? settings_.trials : kRange;
    columns_.resize(prepared_->scenarios.size());
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

  void choose_sets() {
    ControlSet others;
    for (std::size_t i = 0; i < wanted_.controls.size(); ++i)
      (wanted_.controls[i].in_place ? in_place_ : others).push_back(i);
    for (std::size_t i = 0; i < wanted_.controls.size(); ++i)
      tried_.push_back({switched(in_place_, i), {i}, wanted_.controls[i].in_place});
    if (wanted_.controls.size() > 1 && !others.empty())
      tried_.push_back({both(in_place_, others), others, false});
    if (wanted_.control_budget && !wanted_.controls.empty()) {
      BestSet best = best_set(*prepared_, *wanted_.control_budget, in_place_, choices_of(wanted_));
      best_proven_ = best.proven;
      tried_.push_back({both(in_place_, best.controls), best.controls, false});
    }
    for (std::size_t s = 0; s < prepared_->scenarios.size(); ++s) {
      reduced_.push_back(differ_on(*prepared_, s, in_place_, {}));
      std::vector<std::size_t> touched;
      for (std::size_t v = 0; v < tried_.size(); ++v) {
        if (differ_on(*prepared_, s, tried_[v].controls, in_place_)) touched.push_back(v);
      }
      std::vector<ControlSet> sets;
      if (reduced_[s]) sets.push_back(in_place_);
      for (const std::size_t v : touched) sets.push_back(tried_[v].controls);
      sets_.push_back(std::move(sets));
      touched_.push_back(std::move(touched));
    }
  }

  // Which groups each scenario is in.
  void choose_groups() {
    groups_of_.resize(prepared_->scenarios.size());
    for (std::size_t s = 0; s < groups_of_.size(); ++s) {
      for (std::size_t g = 0; g < settings_.groups.size(); ++g) {
        if (std::ranges::find(settings_.groups[g], prepared_->place[s]) !=
            settings_.groups[g].end())
          groups_of_[s].push_back(g);
      }
    }
  }

  // All scenarios over one range of trials, a few at a time.
  bool run_range() {
    const std::size_t count = prepared_->scenarios.size(), held = blocks() * kBlock;
    portfolio_.assign(held, 0);
    without_.assign(in_place_.empty() ? 0 : held, 0);
    taken_.assign(tried_.size(), std::vector<double>(held, 0));
    groups_.assign(settings_.groups.size(), std::vector<double>(held, 0));
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

  void run_block(SetWorkspace& thread, std::size_t s, std::size_t block) {
    simulate_block(prepared_->scenarios[s], first_block_ + block,
                   {prepared_->reductions[s], sets_[s]}, thread.work, thread.loss);
    const std::size_t n = trials_of(block), first = block * kBlock;
    const std::size_t own = reduced_[s] ? 1 : 0;
    const double* loss = own == 1 ? thread.loss.after[0].data() : thread.loss.before.data();
    if (thread.loss.sums) columns_[s].aggregated = true;
    columns_[s].blocks[block] = totals_of(loss, n, pivots_[s]);
    columns_[s].losses->fill(block, loss, n);
    quant::add_driver(1, loss, n, portfolio_.data() + first);
    if (!without_.empty())
      quant::add_driver(1, thread.loss.before.data(), n, without_.data() + first);
    for (const std::size_t g : groups_of_[s])
      quant::add_driver(1, loss, n, groups_[g].data() + first);
    for (std::size_t i = 0; i < touched_[s].size(); ++i) {
      const std::size_t v = touched_[s][i];
      double* taken = taken_[v].data() + first;
      const double* after = thread.loss.after[own + i].data();
      const double *more = tried_[v].is_taken_away ? after : loss,
                   *less = tried_[v].is_taken_away ? loss : after;
      for (std::size_t t = 0; t < n; ++t) taken[t] += more[t] - less[t];
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

  void add_portfolio() {
    const double pivot = std::accumulate(pivots_.begin(), pivots_.end(), 0.0);
    whole_.add(portfolio_, trials_, pivot, settings_.threads, exact_);
  }

  Result<Simulation> result() {
    Simulation out{.trials = settings_.trials, .seed = settings_.seed, .exact = exact_};
    out.scenarios.resize(wanted_.scenarios.size());
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      Column& column = columns_[s];
      if (!exact_) column.measures = column.counted.measures();
      ScenarioResult& into = out.scenarios[prepared_->place[s]];
      into.id = prepared_->scenarios[s].id;
      into.measures = column.measures;
      into.aggregated = column.aggregated;
      into.digest = column.counted.totals.mix;
      out.digest = quant::combine(out.digest, into.digest);
    }
    add_formulas(out);
    out.portfolio = whole_.counted.measures();
    out.digest = quant::combine(out.digest, whole_.counted.totals.mix);
    out.in_place = in_place_;
    add_curves(out);
    out.appetite = against(whole_.counted, wanted_.appetite);
    add_groups(out);
    if (settings_.contributions && exact_) add_shares(out);
    add_controls(out);
    if (settings_.keep && exact_) out.kept = std::make_shared<const Kept>(kept());
    return out;
  }

  Kept kept() {
    std::vector<double> rising(portfolio_.begin(),
                               portfolio_.begin() + static_cast<std::ptrdiff_t>(trials_));
    std::ranges::sort(rising);
    return {.prepared = std::move(*prepared_),
            .years = std::move(portfolio_),
            .rising = std::move(rising),
            .pivot = whole_.counted.totals.pivot};
  }

  void add_formulas(Simulation& out) const {
    std::optional<double> sum = 0;
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      ScenarioResult& into = out.scenarios[prepared_->place[s]];
      const auto without = expected_loss(wanted_, wanted_.scenarios[prepared_->place[s]]);
      const auto part = reduced_[s] ? expected_part(*prepared_, s, in_place_) : 1.0;
      if (without && part) into.ale_exact = *without * *part;
      if (!reduced_[s]) into.ale_exact = without;
    }
    for (const ScenarioResult& each : out.scenarios)
      sum = sum && each.ale_exact ? std::optional(*sum + *each.ale_exact) : std::nullopt;
    out.ale_exact = sum;
  }

  void add_curves(Simulation& out) const {
    const auto ends = curve_ends(whole_.counted);
    if (ends) out.curve = curve_at(whole_.counted, round_losses(ends->least, ends->most));
    const SumColumn without =
        without_.empty()
            ? SumColumn{}
            : column_of(without_, trials_, whole_.counted.totals.pivot, settings_.threads);
    const auto wide = without_.empty() ? ends : curve_ends(without.counted);
    if (wide && !without_.empty())
      out.curve_without = curve_at(without.counted, round_losses(wide->least, wide->most));
    if (!settings_.keep || !exact_ || !wide) return;
    double most = wide->most;
    for (const quant::AppetitePoint& point : wanted_.appetite) most = std::max(most, point.loss);
    std::vector<double> losses =
        even_losses(ends ? std::min(ends->least, wide->least) : wide->least, most);
    for (const quant::AppetitePoint& point : wanted_.appetite) losses.push_back(point.loss);
    std::ranges::sort(losses);
    losses.erase(std::unique(losses.begin(), losses.end()), losses.end());
    out.even = curve_at(whole_.counted, losses);
    if (!without_.empty()) out.even_without = curve_at(without.counted, losses);
  }

  void add_groups(Simulation& out) const {
    out.groups.resize(groups_.size());
    in_parallel(settings_.threads, groups_.size(), 1, [&](unsigned, std::size_t g, std::size_t) {
      double pivot = 0;
      for (std::size_t s = 0; s < groups_of_.size(); ++s) {
        if (std::ranges::find(groups_of_[s], g) != groups_of_[s].end()) pivot += pivots_[s];
      }
      out.groups[g] = column_of(groups_[g], trials_, pivot, 1).counted.measures();
    });
  }

  SetResult result_of(const std::vector<double>& taken, const ControlSet& controls,
                      bool is_taken_away, bool has_residual) const {
    return set_result({.prepared = *prepared_,
                       .portfolio = portfolio_,
                       .taken = taken,
                       .trials = trials_,
                       .first_block = first_block_,
                       .pivot = whole_.counted.totals.pivot,
                       .controls = controls,
                       .has_residual = has_residual,
                       .is_taken_away = is_taken_away});
  }

  void add_controls(Simulation& out) {
    const std::size_t tried = tried_.size();
    for (std::size_t t = 0; t < without_.size() && t < trials_; ++t) without_[t] -= portfolio_[t];
    std::vector<SetResult> found(tried + 1);
    // The largest sets come last and take longest: they go first.
    in_parallel(settings_.threads, found.size(), 1, [&](unsigned, std::size_t at, std::size_t) {
      const std::size_t v = tried - at;
      if (v < tried) {
        found[v] =
            result_of(taken_[v], tried_[v].changed, tried_[v].is_taken_away, settings_.residuals);
      } else if (!in_place_.empty()) {
        found[v] = result_of(without_, in_place_, true, true);
      }
    });
    if (!in_place_.empty()) out.avoided = std::move(found[tried]);
    const std::size_t controls = wanted_.controls.size();
    const bool has_best = wanted_.control_budget && controls > 0;
    for (std::size_t v = 0; v < tried; ++v) {
      if (v < controls) {
        out.controls.push_back(std::move(found[v]));
      } else if (has_best && v + 1 == tried) {
        out.best = std::move(found[v]);
        out.best_proven = best_proven_;
      } else {
        out.all_controls = std::move(found[v]);
      }
    }
  }

  void add_shares(Simulation& out) {
    const auto var = out.portfolio.quantiles[3];
    if (!var || out.portfolio.p_zero >= 1) return;
    const std::vector<double> shares = tail_shares({.prepared = *prepared_,
                                                    .in_place = in_place_,
                                                    .years = portfolio_,
                                                    .trials = trials_,
                                                    .loss = *var,
                                                    .threads = settings_.threads});
    for (std::size_t s = 0; s < shares.size(); ++s)
      out.scenarios[prepared_->place[s]].tail_share = shares[s];
  }

  struct Tried {
    ControlSet controls;  // that work in it
    ControlSet changed;   // against what is in place
    bool is_taken_away = false;
  };

  const Register& wanted_;
  Settings settings_;
  std::unique_ptr<Prepared> prepared_;
  bool exact_ = true, best_proven_ = true;
  std::vector<std::unique_ptr<SetWorkspace>> threads_;
  std::vector<double> pivots_;
  ControlSet in_place_;
  std::vector<Tried> tried_;                       // each switched, all the others added, the best
  std::vector<bool> reduced_;                      // by scenario: by what is in place
  std::vector<std::vector<std::size_t>> touched_;  // by scenario, the tried sets that change it
  // By scenario: what is in place, where it reduces anything, then the tried sets that change it.
  std::vector<std::vector<ControlSet>> sets_;
  std::vector<std::vector<std::size_t>> groups_of_;
  std::deque<Column> columns_;
  std::vector<std::unique_ptr<LossColumn>> spare_;
  SumColumn whole_;
  std::uint64_t first_block_ = 0, trials_ = 0;  // of the range
  std::vector<double> portfolio_, without_;     // by trial; the latter where something is in place
  std::vector<std::vector<double>> groups_;
  std::vector<std::vector<double>> taken_;  // by tried set, what it avoids in each trial
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
