// What the forecast would have said in the past, scored against what came: the protocol of
// docs/method/forecast.md over many series, and the parts of it that a report card needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/forecast/method.h"

namespace tiebeam::flow {

// One past forecast of the sum over `weeks` weeks from the start of week `origin`.
struct PastForecast {
  std::size_t series = 0;  // index
  std::size_t origin = 0;
  std::size_t weeks = 0;
  std::size_t came = 0;                                     // what was finished in them
  std::size_t p05 = 0, p15 = 0, p50 = 0, p85 = 0, p95 = 0;  // quantiles of what was said
  double score = 0;                                         // CRPS in items
  double reference = 0;                                     // CRPS of the weekly bootstrap of 12
  double scale = 1;  // mean of the year before, at least 1 item a week

  // "85 of 100": at least the 15 % quantile came.
  [[nodiscard]] bool held_p85() const { return came >= p15; }
  [[nodiscard]] bool held_p95() const { return came >= p05; }
  [[nodiscard]] bool inside_90() const { return p05 <= came && came <= p95; }
};

// REQUIRES: origin >= 12 and origin + horizon.weeks() <= size of horizon.all()[own].
[[nodiscard]] PastForecast past_forecast(const Horizon& horizon, std::size_t own,
                                         std::size_t origin);

// Merge or finish times of one series, seconds since 1970, any order.
struct Times {
  std::string series;
  std::vector<std::int64_t> at;
};

// The weeks of a series as the protocol counts them (Monday 00:00 UTC; the first 1 % of times and
// the last week dropped; stretches at either end whose 26-week mean is below 0.5 cut), or why it
// takes no part: fewer than 130 weeks, or less than one item a week.
struct Counted {
  std::optional<Series> series;
  std::string reason;
};
[[nodiscard]] Counted count_weeks(const Times& times);

struct HorizonRow {
  std::size_t weeks = 0;
  std::size_t series = 0;
  std::size_t origins = 0;
  double crps_ratio = 0;  // mean over series of (mean score / scale) / (mean reference / scale)
  double held_p85 = 0, held_p95 = 0, coverage_90 = 0;  // shares of all origins
  struct One {
    std::string series;
    std::size_t origins;
    double crps_ratio;
  };
  std::vector<One> each = {};
};

// "When will N be done", N = 8 weeks of work at the pace of the year before, seen 52 weeks ahead.
struct WhenRow {
  std::size_t series = 0, origins = 0;
  double crps_ratio = 0;  // against the weekly bootstrap of 12, mean over series
  double crps_weeks = 0, reference_weeks = 0;
  double held_p85 = 0, held_p95 = 0, mean_p85_weeks = 0;
};

struct Backtest {
  std::vector<HorizonRow> horizons;   // 4, 8, 13
  std::optional<WhenRow> when;        // none: no series has 52 weeks after its 60th
  std::vector<std::string> left_out;  // "name: why"
};

// Cost: some seconds for a dozen series of ten years. Series in any order: sorted by name here.
[[nodiscard]] Backtest backtest(const std::vector<Times>& times, const Method& method = {});

// The forecasts of one horizon for prepared series: origins from week 60 in the protocol's steps.
[[nodiscard]] std::vector<PastForecast> past_forecasts(const Horizon& horizon);
[[nodiscard]] HorizonRow horizon_row(const Horizon& horizon, const std::vector<PastForecast>& past);

}  // namespace tiebeam::flow
