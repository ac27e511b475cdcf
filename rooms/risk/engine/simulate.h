// Runs a register: every scenario in every trial, the portfolio, what controls are worth in paired
// differences. The same register, seed and trials give the same bits, whatever the threads and the
// machine. docs/method/risk.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rooms/risk/engine/column.h"
#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/engine/register.h"
#include "rooms/risk/engine/set_result.h"

namespace tiebeam::risk {

constexpr std::uint64_t kMostTrials = 1'000'000'000'000;
constexpr std::uint64_t kMostKept = std::uint64_t{1} << 22;  // above, percentiles are from counts

struct Settings {
  std::uint64_t trials = 100'000;
  std::uint64_t seed = 1;
  unsigned threads = 1;
  bool contributions = false;  // shares of the worst years: a second pass over them
  // Scenarios (places in the register) whose sum is told of, each group by itself.
  std::vector<std::vector<std::size_t>> groups = {};
  bool residuals = true;  // of each control switched; of all in place they are always told
  bool keep = false;      // what other sets of controls are simulated from later
  std::function<bool(double share)> progress = {};  // false: stop, with risk.cancelled
};

struct ScenarioResult {
  std::string id;
  Measures measures;
  std::optional<double> ale_exact;
  quant::Mix digest;
  // Of the portfolio's worst years. None: no year has a loss, or too few of them are worst ones.
  std::optional<double> tail_share;
  bool aggregated = false;  // some years' events were drawn as one sum
};

// What is kept of a run.
struct Kept {
  Prepared prepared;
  std::vector<double> years;   // the portfolio by trial, whole blocks
  std::vector<double> rising;  // the same, without what fills the last block
  double pivot = 0;
};

// All with the controls in place, unless said otherwise.
struct Simulation {
  std::uint64_t trials = 0, seed = 0;
  bool exact = true;                           // every trial was kept
  std::vector<ScenarioResult> scenarios = {};  // in the register's order
  Measures portfolio = {};
  std::optional<double> ale_exact = {};
  std::vector<CurvePoint> curve = {};
  std::vector<AppetiteResult> appetite = {};
  // In the register's order: each switched by itself. One in place is taken away, and its reduction
  // is what it avoids today.
  std::vector<SetResult> controls = {};
  std::optional<SetResult> all_controls = {};  // all the others added, with more than one in all
  std::optional<SetResult> best = {};          // where a budget is given: what to add
  bool best_proven = true;                     // every set was tried
  quant::Mix digest = {};
  ControlSet in_place = {};
  std::optional<SetResult> avoided = {};       // where some are in place: all of them taken away
  std::vector<CurvePoint> curve_without = {};  // likewise
  std::vector<Measures> groups = {};           // as asked for
  std::vector<CurvePoint> even = {}, even_without = {};  // finer curves, at the same losses
  std::shared_ptr<const Kept> kept = {};
};

// REQUIRES: 1 <= trials <= kMostTrials; with controls at most kMostKept.
// Errors: those of prepare, risk.too_many_trials, risk.cancelled (nothing is kept then).
[[nodiscard]] Result<Simulation> simulate(const Register& wanted, const Settings& settings);

// The same years with exactly these controls, only what differs drawn again: what a run that has
// them in place tells, but for rounding in the last digit. `reduction` is against the years of
// `found`, below 0 where more is lost; the cost is that of all of `controls`.
// REQUIRES: `found` is of `wanted` and has `kept`; `controls` rises.
struct Chosen {
  SetResult set;
  std::vector<CurvePoint> even;  // at the losses of found.even
  std::vector<AppetiteResult> appetite;
};
[[nodiscard]] Chosen with_controls(const Register& wanted, const Simulation& found,
                                   const ControlSet& controls, unsigned threads);

// What to add for a budget a year, on the same years: what `best` of a run with that budget tells.
// None without controls. REQUIRES: as above.
struct BestAdded {
  SetResult set;
  bool proven = true;
};
[[nodiscard]] std::optional<BestAdded> best_added(const Register& wanted, const Simulation& found,
                                                  double budget, unsigned threads);

}  // namespace tiebeam::risk
