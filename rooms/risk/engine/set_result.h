// What a set of controls takes away, trial by trial against the same years with other controls.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rooms/risk/engine/control_sets.h"
#include "rooms/risk/engine/measures.h"

namespace tiebeam::risk {

struct SetResult {
  ControlSet controls = {};          // places in the register
  quant::Spread reduction = {};      // mean a year with its interval at quant::kLevel
  double p05 = 0, p10 = 0, p50 = 0;  // of single years
  double p90 = 0, p95 = 0;
  double cost = 0;                                  // mean a year
  double cost_p05 = 0, cost_p95 = 0;                // of single years
  double p_worth = 0;                               // P(reduction > cost)
  std::optional<double> rosi = {};                  // none: it costs nothing
  double rosi_p05 = 0, rosi_p50 = 0, rosi_p95 = 0;  // of single years, where rosi is
  Measures residual = {};  // the portfolio with the set; without it where it is taken away
};

struct SetYears {
  const Prepared& prepared;
  const std::vector<double>& portfolio;  // by trial, with what is in place; whole blocks
  const std::vector<double>& taken;      // by trial, what the set avoids; whole blocks
  std::uint64_t trials = 0, first_block = 0;
  double pivot = 0;
  ControlSet controls;         // whose cost counts
  bool has_residual = true;    // whether `residual` is wanted
  bool is_taken_away = false;  // the set is in place, and the years are compared without it
};
[[nodiscard]] SetResult set_result(const SetYears& of);

}  // namespace tiebeam::risk
