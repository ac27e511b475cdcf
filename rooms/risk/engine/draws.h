// The first years of a run, event by event, so that who holds them can tell what any set of
// controls would have left of each: the same years that the run counts. docs/method/risk.md,
// "Draws".
#pragma once

#include <cstdint>
#include <vector>

#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

struct ScenarioDraws {
  std::size_t scenario = 0;  // place in the register
  // Events in rising draw, each before insurance and controls; it happens while `prevented` is
  // below the share of events that controls leave. Empty where `is_sum`.
  std::vector<std::uint32_t> draw = {};
  std::vector<double> loss = {}, prevented = {};
  // Years with so many events that they are drawn as one sum: their losses after insurance, without
  // controls, by draw; controls take their shares of it, which is near and not exact.
  bool is_sum = false;
  std::vector<double> sum = {};
};

struct ReductionDraws {
  std::size_t control = 0, scenario = 0;  // places in the register
  Factor factor = Factor::frequency;
  std::vector<double> by;  // share taken away, by draw; one number where it is certain
};

struct Draws {
  std::uint64_t count = 0;
  std::vector<double> rest;              // of all scenarios that no control touches, by draw
  std::vector<ScenarioDraws> scenarios;  // the others, by id
  std::vector<ReductionDraws> reductions;
};
// REQUIRES: 1 <= count <= quant::kBlock; `wanted` is what was prepared.
[[nodiscard]] Draws paired_draws(const Register& wanted, const Prepared& prepared,
                                 std::uint64_t count);

}  // namespace tiebeam::risk
