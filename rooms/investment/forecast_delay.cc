#include "rooms/investment/forecast_delay.h"

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

Error not_a_forecast(std::string_view why) {
  return {.kind = Kind::invalid,
          .code = "investment.not_a_forecast",
          .message = fmt::format("the forecast {}", why),
          .detail = {},
          .hint = "write it with: tiebeam flow forecast EVENTS --items N --json > forecast.json",
          .field = {}};
}

// P(done) by the end of each week, never falling.
Result<std::vector<double>> chances_of(const Json& forecast) {
  const Json* steps = forecast.find("steps");
  if (steps == nullptr || steps->if_array() == nullptr)
    return std::unexpected(not_a_forecast("has no steps[]"));
  std::vector<double> out;
  for (const Json& step : *steps->if_array()) {
    const Json* done = step.find("p_done");
    const auto p = done != nullptr ? done->number() : std::nullopt;
    if (!p || !(*p >= 0 && *p <= 1))
      return std::unexpected(
          not_a_forecast("has a step without p_done between 0 and 1; it has to "
                         "answer --items, not --by"));
    const Json* week = step.find("week");
    if (week == nullptr || week->number() != static_cast<double>(out.size() + 1))
      return std::unexpected(not_a_forecast("has steps that are not week after week"));
    out.push_back(std::max(*p, out.empty() ? 0.0 : out.back()));
  }
  return out;
}

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

Estimate weeks_as_days(const std::vector<double>& done) {
  Estimate out;
  out.shape = Estimate::Shape::discrete;
  double before = 0;
  for (std::size_t week = 0; week < done.size(); ++week) {
    if (done[week] <= before) continue;
    out.values.push_back(7.0 * static_cast<double>(week + 1));
    out.weights.push_back(done[week] - before);
    before = done[week];
  }
  return out;
}

}  // namespace

Result<ForecastDelay> delay_from_forecast(const Json& forecast) {
  ForecastDelay out;
  const Json* as_of = forecast.find("as_of");
  if (as_of == nullptr || as_of->if_string() == nullptr)
    return std::unexpected(not_a_forecast("has no as_of"));
  TB_TRY(out.as_of, parse_instant(*as_of->if_string()));
  TB_TRY(std::vector<double> done, chances_of(forecast));
  if (done.empty() || done.back() < kReached) {
    const Json* reason = forecast.find("reason");
    const auto* said = reason != nullptr ? reason->if_string() : nullptr;
    return invalid("investment.forecast_not_reached",
                   fmt::format("the forecast reaches {:.0f} of 100 cases, not 95{}{}",
                               done.empty() ? 0 : 100 * done.back(), said ? ": " : "",
                               said ? shown(*said, 200) : ""),
                   "ask for fewer items, or write a duration");
  }
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
  out.days = weeks_as_days(done);
  return out;
}

}  // namespace tiebeam::investment
