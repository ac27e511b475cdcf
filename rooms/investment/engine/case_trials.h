// All trials of one initiative: what everything about it is read from.
#pragma once

#include <vector>

#include "rooms/investment/engine/prepared.h"

namespace tiebeam::investment {

// By trial; each row has room for whole blocks. Months are twelfths of a year.
struct CaseTrials {
  using Numbers = std::vector<double>;
  Numbers npv;
  Numbers costs;  // present value of what is paid
  Numbers aside;  // present value of what doing nothing would have cost, and no longer does
  Numbers payback, discounted;  // years; infinite: not within the horizon
  Numbers month_late;           // what a month's delay costs
  std::vector<Numbers> inputs;  // values of each input that is not certain, else empty
  Numbers works;                // 1 or 0, where that is not certain
  Numbers flow_sums;            // of each year looked at, over all trials

  CaseTrials(const PreparedCase& initiative, const Settings& settings);
};

[[nodiscard]] CaseTrials simulate(const PreparedCase& initiative, const Shared& shared,
                                  const Settings& settings);

}  // namespace tiebeam::investment
