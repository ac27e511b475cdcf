// Chances of being done by the end of each week, as the days until it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/estimate.h"

namespace tiebeam::investment {

struct DaysUntil {
  Estimate days;     // discrete: the end of each week, by its chance
  std::string note;  // what was presumed beyond the weeks given; or empty
};
// `done` is P(done) by the end of week 1, 2, ..., never falling; `before` days go ahead of them.
// Where it ends at a chance below 1, the rest goes on at the weekly chance of its last 13 weeks.
// Errors: investment.forecast_not_reached (less than 95 of 100 cases are done within its weeks),
// with what was `said` about that.
[[nodiscard]] Result<DaysUntil> days_until(std::vector<double> done, double before = 0,
                                           std::string_view said = {});

// The same where they end below 95 of 100: `later` goes on after them, week by week, and what is
// left then lies beyond every horizon.
[[nodiscard]] DaysUntil days_until_late(std::vector<double> done, const std::vector<double>& later,
                                        double before = 0);
// Whether the chances alone are enough.
[[nodiscard]] bool is_reached(const std::vector<double>& done);

}  // namespace tiebeam::investment
