// By how much the two levels of a forecast erred in the past, side by side, as logarithms of counts
// plus one. docs/method/forecast.md, "Past errors".
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "quant/kernels/weighted.h"
#include "rooms/flow/engine/forecast/series.h"

namespace tiebeam::flow {

struct PastErrors {
  std::vector<std::int64_t> week;  // in which the forecast was made, on the calendar of all series
  std::vector<double> size;        // at which: the mean of what the two levels said
  std::vector<double> quick;       // what the quick level said beyond the slow one
  std::vector<double> came;        // what came beyond the slow one

  [[nodiscard]] std::size_t count() const { return week.size(); }
};

// Weeks of a series from which it was forecast: first, first + stride, ... before `end`.
struct Origins {
  const Series* series = nullptr;
  std::size_t first = 0, end = 0, stride = 1;

  [[nodiscard]] std::size_t count() const {
    return end > first ? (end - first + stride - 1) / stride : 0;
  }
};

// The errors of forecasts of so many weeks, in the order of the origins. REQUIRES: each origin has
// so many weeks after it. Cost: three logarithms an error.
[[nodiscard]] PastErrors past_errors(std::span<const Origins> origins, std::size_t weeks);

// How far what came (y) follows the quick level (x): the weighted slope of y over x, as the
// posterior mean under a normal prior of 1/2 and `spread`, within 0 and 1. `count`: independent
// errors in all. REQUIRES: the weights of all parts sum to 1.
// Source: Bayesian linear regression with one slope, noise as seen at the prior's slope.
[[nodiscard]] double quick_share(std::span<const quant::Points> parts, double count, double spread);

}  // namespace tiebeam::flow
