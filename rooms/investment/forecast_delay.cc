#include "rooms/investment/forecast_delay.h"

#include <fmt/format.h>

#include <algorithm>

#include "rooms/investment/engine/chances.h"

namespace tiebeam::investment {
namespace {

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

}  // namespace

Result<ForecastDelay> delay_from_forecast(const Json& forecast) {
  ForecastDelay out;
  const Json* as_of = forecast.find("as_of");
  if (as_of == nullptr || as_of->if_string() == nullptr)
    return std::unexpected(not_a_forecast("has no as_of"));
  TB_TRY(out.as_of, parse_instant(*as_of->if_string()));
  TB_TRY(std::vector<double> done, chances_of(forecast));
  const Json* reason = forecast.find("reason");
  const auto* said = reason != nullptr ? reason->if_string() : nullptr;
  TB_TRY(DaysUntil until, days_until(std::move(done), 0, said ? std::string_view(*said) : ""));
  out.days = std::move(until.days);
  out.note = std::move(until.note);
  return out;
}

}  // namespace tiebeam::investment
