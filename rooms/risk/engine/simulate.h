// Runs a register: every scenario in every trial, the portfolio, what controls are worth in paired
// differences. The same register, seed and trials give the same bits, whatever the threads and the
// machine. docs/method/risk.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "rooms/risk/engine/curve.h"
#include "rooms/risk/engine/measures.h"
#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

constexpr std::uint64_t kMostTrials = 1'000'000'000'000;
constexpr std::uint64_t kMostKept = std::uint64_t{1} << 22;  // above, percentiles are from counts

struct Settings {
  std::uint64_t trials = 100'000;
  std::uint64_t seed = 1;
  unsigned threads = 1;
  bool contributions = false;  // shares of the worst years: a second pass over them
  std::function<bool(double share)> progress = {};  // false: stop, with risk.cancelled
};

struct ScenarioResult {
  std::string id;
  Measures measures;
  std::optional<double> ale_exact;
  quant::Mix digest;
  std::optional<double> tail_share;  // of the portfolio's TVaR95
  bool aggregated = false;           // some years' events were drawn as one sum
};

struct CurvePoint {
  double loss = 0;
  quant::Spread probability;  // to lose more in a year
};

struct AppetiteResult {
  quant::AppetitePoint point;
  quant::Spread probability;
  quant::Verdict verdict = quant::Verdict::undecided;
};

// What a set of controls takes away, trial by trial against the same years without them.
struct SetResult {
  std::vector<std::size_t> controls = {};  // places in the register
  quant::Spread reduction = {};            // mean a year with its interval at quant::kLevel
  double p05 = 0, p50 = 0, p95 = 0;        // of single years
  double cost = 0;                         // mean a year
  double p_worth = 0;                      // P(reduction > cost)
  std::optional<double> rosi = {};         // none: it costs nothing
  Measures residual = {};                  // the portfolio with the set
};

struct Simulation {
  std::uint64_t trials = 0, seed = 0;
  bool exact = true;                           // every trial was kept
  std::vector<ScenarioResult> scenarios = {};  // in the register's order
  Measures portfolio = {};
  std::optional<double> ale_exact = {};
  std::vector<CurvePoint> curve = {};
  std::vector<AppetiteResult> appetite = {};
  std::vector<SetResult> controls = {};        // each alone, in the register's order
  std::optional<SetResult> all_controls = {};  // with more than one
  std::optional<SetResult> best = {};          // where a budget is given
  bool best_proven = true;                     // every set was tried
  quant::Mix digest = {};
};

// REQUIRES: 1 <= trials <= kMostTrials; with controls at most kMostKept.
// Errors: those of prepare, risk.too_many_trials, risk.cancelled (nothing is kept then).
[[nodiscard]] Result<Simulation> simulate(const Register& wanted, const Settings& settings);

}  // namespace tiebeam::risk
