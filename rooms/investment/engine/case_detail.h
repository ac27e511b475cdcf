// What the page of one case shows beside its value: where the money lies, ways to do less, what it
// is worth to know more, and draws that a page can move by itself. docs/method/case.md,
// docs/method/value-of-information.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rooms/investment/engine/case_trials.h"
#include "rooms/investment/engine/case_value.h"
#include "rooms/investment/engine/scales.h"

namespace tiebeam::investment {

// A way to do the case, as shares of all its costs and of all its effects.
struct Level {
  std::string id, name;
  double cost_share = 1, benefit_share = 1;
};
constexpr std::string_view kDoNothing = "nothing", kAsPlanned = "planned";

struct LevelValue {
  Level level;
  MoneyFigures npv;
  double one_off_p50 = 0;
};

struct InputWorth {
  std::string input;
  double evppi = 0;
};

// How the value of each draw moves with an input: by (k - 1) part where it is k times as large;
// where it does not move straight, its values at some k.
struct InputPart {
  std::string input;
  bool is_straight = true;
  double most = 0;                           // greatest k that can be meant; 0: any
  std::vector<double> part = {};             // of each draw
  std::vector<double> factors = {};          // k, rising, without 1
  std::vector<std::vector<double>> at = {};  // value of each draw at that k
};

struct CaseDetail {
  std::vector<double> dots;  // the middle of each of 50 groups of as many trials, rising
  std::vector<double> density_x, density;  // money, share of trials a unit of money
  std::vector<LevelValue> levels;          // nothing, less ..., as planned, more ...
  double evpi = 0;
  std::vector<InputWorth> evppi;  // greatest first; of inputs that are not certain
  std::vector<double> npv;        // the first draws
  std::vector<InputPart> parts;   // in the order of the inputs
};
constexpr std::size_t kDots = 50, kDraws = 2000;

// REQUIRES: `cases` holds one initiative, without faults.
[[nodiscard]] CaseDetail detail_of(const Cases& cases, const std::vector<Level>& levels,
                                   const Settings& settings);

struct ScaledCase {
  MoneyFigures npv;
  PaybackSummary payback;
  DelayCost month_late;
  std::vector<double> dots;
  std::vector<double> density_x, density;
};
[[nodiscard]] Result<ScaledCase> value_scaled(const Cases& cases, const std::vector<Scale>& scales,
                                              const Settings& settings);

}  // namespace tiebeam::investment
