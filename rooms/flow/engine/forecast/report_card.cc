#include "rooms/flow/engine/forecast/report_card.h"

#include <fmt/format.h>

#include <algorithm>

namespace tiebeam::flow {

std::string ReportCard::reason() const {
  if (is_calibrated()) return {};
  const std::size_t missing = kOriginsNeeded - origins.size();
  return fmt::format(
      "uncalibrated: {} past forecasts of {} weeks that do not overlap, {} are needed; that is "
      "about {} more weeks of history",
      origins.size(), weeks, kOriginsNeeded, missing * weeks);
}

ReportCard report_card(std::span<const Series> all, std::size_t own, std::size_t weeks) {
  ReportCard card{.weeks = weeks};
  const Horizon horizon(all, weeks);
  const std::size_t size = all[own].size();
  for (std::size_t ahead = weeks;
       ahead + kBootstrapWeeks <= size && card.origins.size() < kOriginsShown; ahead += weeks)
    card.origins.push_back(past_forecast(horizon, own, size - ahead));
  std::ranges::reverse(card.origins);
  if (card.origins.empty()) return card;
  double score = 0, reference = 0;
  for (const PastForecast& one : card.origins) {
    score += one.score / one.scale, reference += one.reference / one.scale;
    card.held_p85 += one.held_p85() ? 1 : 0;
    card.held_p95 += one.held_p95() ? 1 : 0;
    card.coverage_90 += one.inside_90() ? 1 : 0;
  }
  const auto n = static_cast<double>(card.origins.size());
  card.held_p85 /= n, card.held_p95 /= n, card.coverage_90 /= n;
  card.crps_ratio = reference > 0 ? score / reference : 1;
  return card;
}

}  // namespace tiebeam::flow
