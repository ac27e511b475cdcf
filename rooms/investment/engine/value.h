// What initiatives are worth: value under uncertainty by simulation, what moves it, what a month of
// delay costs, and the portfolio of them all. Pure: the same cases and seed give the same bits on
// any number of threads. docs/method/initiative-value.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "quant/finance.h"
#include "quant/kernels/kernels.h"
#include "rooms/investment/engine/closed_form.h"
#include "rooms/investment/engine/initiatives.h"
#include "rooms/investment/engine/summary.h"

namespace tiebeam::investment {

struct ValueRequest {
  std::uint64_t seed = 1;
  std::uint64_t trials = 10'000;
  int threads = 1;
  std::stop_token stop = {};
  std::function<void(double share)> progress = {};  // after some initiatives, of all
};
constexpr std::uint64_t kMostTrials = 10'000'000;
// 90 % interval of a quantile by order statistics.
struct Bounds {
  double low = 0, high = 0;
};
struct MoneyFigures {
  MoneySummary summary;
  std::optional<Bounds> p05, p50, p95;
};

// Net present value with one input at its 10 % and 90 % point and all others at their median; the
// chance of success is weighed in, and has a bar of its own: fails, works.
struct TornadoRow {
  std::string input;
  double low_input = 0, high_input = 0;
  double low = 0, high = 0;
};
// Mean net present value where the input is in its lowest and in its highest tenth.
struct SwingRow {
  std::string input;
  double low_mean = 0, high_mean = 0;
  [[nodiscard]] double swing() const { return high_mean - low_mean; }
};

// (present value of benefits - of costs) / costs. None without costs.
struct Roi {
  std::optional<double> p05, p50, p95;
  std::optional<double> of_means;
};

// What is lost when it is of use one month later, trial by trial with the same numbers.
struct DelayCost {
  double mean = 0, standard_error = 0, p05 = 0, p95 = 0;
};

// Against leaving things as they are, which costs `npv` (0 or less).
struct DoNothing {
  double npv = 0;
  MoneySummary advantage;  // of doing it, trial by trial
};

// What it costs as estimated, by exact quantiles.
struct CostFigures {
  double one_off_p50 = 0, one_off_p90 = 0, run_p50 = 0, exit_p50 = 0;
  bool has_one_off = false, has_run = false, has_exit = false;  // else nobody gave one
};

struct CaseValue {
  std::string id, title;
  InitiativeKind kind = InitiativeKind::product;
  CostFigures cost;
  MoneyFigures npv;
  ExactMean exact;
  Roi roi;
  PaybackSummary payback, discounted_payback;
  quant::Irr irr;                  // of the mean cash flows
  std::vector<double> mean_flows;  // today, then each year
  DelayCost month_late;
  std::optional<DoNothing> do_nothing;
  double middle = 0;                // value with every input at its median
  std::vector<TornadoRow> tornado;  // longest first
  std::vector<SwingRow> swing;      // largest first
  quant::Mix digest;                // of net present value and payback of every trial
  std::vector<std::string> warnings;
};

struct Valuation {
  std::uint64_t seed = 1, trials = 0;
  std::vector<CaseValue> initiatives;  // in the order of the cases
  MoneyFigures portfolio;              // of all of them together; without initiatives all 0
  quant::Mix portfolio_digest;
  quant::Mix digest;  // of all, whatever their order
  std::vector<std::string> warnings;
};

// REQUIRES: no faults_of(cases), 1 <= trials <= kMostTrials.
// Errors: investment.too_large (an amount beyond what can be summed), investment.cancelled.
[[nodiscard]] Result<Valuation> value_of(const Cases& cases, const ValueRequest& request);

// More standard errors than a sound simulation is ever off.
constexpr double kMostErrors = 5;

}  // namespace tiebeam::investment
