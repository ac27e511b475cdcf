// Yearly cash flows of a block of trials in one pass: what is earned and spent each year, its
// present value, when it has paid back. The same bits on every machine, as kernels.h. One trial at
// a time and slow, for tests: quant/finance.h. docs/method/initiative-value.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "quant/kernels/kernels.h"

namespace tiebeam::quant {

constexpr double kDaysAYear = 365;
constexpr std::size_t kMostCashYears = 64;

// Money a year that begins late and may grow to its full rate: scale times every factor, from
// delay + delays on, straight up over the ramp.
struct CashStream {
  enum class Role : std::uint8_t { benefit, cost, aside };  // aside: kept out of the flows
  Role role = Role::benefit;
  double scale = 1;
  std::array<const double*, 4> factors = {};  // by trial; null where there is none
  double delay = 0;                           // years
  std::array<const double*, 2> delays = {};   // days, by trial, added to it
  double ramp = 0;                            // years from nothing to all; used without ramp_days
  const double* ramp_days = nullptr;          // by trial
};

// A quantity that is certain, or given by trial.
struct CashAmount {
  double value = 0;
  const double* by_trial = nullptr;
};

struct CashPlan {
  std::span<const double> discount;  // of each year looked at, at most kMostCashYears
  // Years of use. Years looked at are as many, or more where `deferred`: then each stream runs for
  // `life` years from its start, else until the end of year `life`.
  std::size_t life = 0;
  bool deferred = false;
  CashAmount one_off;  // paid today
  CashAmount exit;     // paid once: in the last year of use; without success when use would begin
  double delay = 0;    // until use begins, as in CashStream
  const double* delay_days = nullptr;
  const double* works = nullptr;  // 1 or 0 by trial; null: always. Without it no stream runs
  std::span<const CashStream> streams;
};

// Where the results go, each with room for n + kPad; null: not wanted.
struct CashRows {
  double* npv = nullptr;                 // present value of all flows. REQUIRES: not null
  double* costs = nullptr;               // present value of one-off, exit and cost streams
  double* aside = nullptr;               // present value of streams aside
  double* payback = nullptr;             // years, straight within a year; infinite: not in `life`
  double* discounted_payback = nullptr;  // the same of discounted flows
  double* flows = nullptr;               // flow of year y and trial i at [y (kBlock + kPad) + i]
};

// REQUIRES: n <= kBlock.
void cash_flows(const CashPlan& plan, std::size_t n, const CashRows& rows);

}  // namespace tiebeam::quant
