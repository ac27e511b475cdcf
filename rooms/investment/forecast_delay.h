// A delivery forecast, as `tiebeam flow forecast --items N --json` prints it, as the days until an
// initiative is of use: a slip of the forecast is a slip of the money.
#pragma once

#include <string>
#include <vector>

#include "base/estimate.h"
#include "base/time.h"
#include "model/json.h"

namespace tiebeam::investment {

struct ForecastDelay {
  Estimate days;     // discrete: the end of each week, by its chance
  Instant as_of{};   // the day the days are counted from
  std::string note;  // what was presumed beyond the forecast; or empty
};
// Where the forecast ends at a chance below 1, the rest goes on at the weekly chance of its last 13
// weeks. Errors: investment.not_a_forecast, investment.forecast_not_reached (less than 95 of 100
// cases are done within its weeks).
[[nodiscard]] Result<ForecastDelay> delay_from_forecast(const Json& forecast);

}  // namespace tiebeam::investment
