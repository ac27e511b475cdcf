#include "rooms/investment/engine/chances.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace tiebeam::investment {
namespace {

constexpr double kReached = 0.95;       // below it the forecast says too little
constexpr double kNothingLeft = 1e-6;   // of the chance
constexpr std::size_t kLastWeeks = 13;  // whose pace goes on
constexpr std::size_t kMostWeeks = 1040;
constexpr double kNever = 36'525;  // days: beyond the 30 years that can be counted at most

// Continues at the pace of the last weeks until nothing is left worth telling.
void go_on(std::vector<double>& done) {
  const std::size_t back = std::min(kLastWeeks, done.size() - 1);
  const double before = 1 - done[done.size() - 1 - back], now = 1 - done.back();
  const double stays =
      before > 0 ? std::pow(now / before, 1.0 / std::max<double>(1, static_cast<double>(back))) : 0;
  double left = now;
  while (left > kNothingLeft && done.size() < kMostWeeks) {
    left *= stays;
    done.push_back(1 - left);
  }
  done.back() = 1;
}

Estimate weeks_as_days(const std::vector<double>& done, double days_before) {
  Estimate out;
  out.shape = Estimate::Shape::discrete;
  double before = 0;
  for (std::size_t week = 0; week < done.size(); ++week) {
    if (done[week] <= before) continue;
    out.values.push_back(days_before + 7.0 * static_cast<double>(week + 1));
    out.weights.push_back(done[week] - before);
    before = done[week];
  }
  return out;
}

}  // namespace

bool is_reached(const std::vector<double>& done) {
  return !done.empty() && done.back() >= kReached;
}

DaysUntil days_until_late(std::vector<double> done, const std::vector<double>& later,
                          double before) {
  DaysUntil out;
  out.note = fmt::format(
      "its forecast reaches {:.0f} of 100 cases within {} weeks; beyond them the pace is presumed "
      "to go on",
      done.empty() ? 0 : 100 * done.back(), done.size());
  done.insert(done.end(), later.begin(), later.end());
  const double left = done.empty() ? 1 : 1 - done.back();
  if (left <= kNothingLeft) done.back() = 1;
  out.days = weeks_as_days(done, before);
  if (left > kNothingLeft) {
    out.days.values.push_back(before + kNever);
    out.days.weights.push_back(left);
  }
  return out;
}

Result<DaysUntil> days_until(std::vector<double> done, double before, std::string_view said) {
  if (!is_reached(done)) {
    return invalid("investment.forecast_not_reached",
                   fmt::format("the forecast reaches {:.0f} of 100 cases, not 95{}{}",
                               done.empty() ? 0 : 100 * done.back(), said.empty() ? "" : ": ",
                               shown(said, 200)),
                   "ask for fewer items, or write a duration");
  }
  DaysUntil out;
  const double left = 1 - done.back();
  if (left > kNothingLeft) {
    out.note = fmt::format(
        "{:.2g} of 100 cases lie beyond the {} weeks of the forecast; their "
        "pace is that of its last weeks",
        100 * left, done.size());
    go_on(done);
  } else {
    done.back() = 1;
  }
  out.days = weeks_as_days(done, before);
  return out;
}

}  // namespace tiebeam::investment
