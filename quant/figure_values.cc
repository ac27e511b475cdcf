#include "quant/figure_values.h"

#include <fmt/format.h>

#include <algorithm>

namespace tiebeam::quant {
namespace {

void say(Figure& figure, Status status, std::string reason) {
  figure.value = {};
  figure.interval.reset();
  figure.status = status;
  figure.reason = std::move(reason);
}

}  // namespace

void set_spread(Figure& figure, const Spread& spread, double low, double high) {
  figure.value = spread.value;
  if (spread.low < spread.high)
    figure.interval = Interval{std::max(low, spread.low), std::min(high, spread.high), kLevel};
}

void set_share(Figure& figure, std::size_t part, std::size_t whole, std::size_t least,
               std::string reason) {
  if (whole == 0 || whole < least) return say(figure, Status::too_few, std::move(reason));
  set_spread(figure, wilson(static_cast<double>(part), static_cast<double>(whole)), 0, 1);
}

void set_survival_days(Figure& figure, const Curve& curve, double p, std::string_view what) {
  const std::size_t needed = values_needed(p);
  if (curve.spells < needed) {
    return say(figure, Status::too_few,
               fmt::format("{} {}: {} are needed for the {:.0f} % line", curve.spells, what, needed,
                           p * 100));
  }
  const SurvivalQuantile found = survival_quantile(curve, p);
  if (!found.value) {
    say(figure, Status::not_reached,
        fmt::format("more than {} days: fewer than {:.0f} of 100 {} have ended at any age seen so "
                    "far; {} of {} are still open",
                    curve.longest, p * 100, what, curve.spells - curve.done - curve.cancelled,
                    curve.spells));
    figure.low = static_cast<double>(curve.longest);
    return;
  }
  figure.value = static_cast<double>(*found.value);
  if (found.low && found.high) {
    figure.interval =
        Interval{static_cast<double>(*found.low), static_cast<double>(*found.high), kLevel};
  } else if (found.low) {
    figure.trail.notes.push_back(
        fmt::format("between {} days and an upper bound beyond the data", *found.low));
  }
}

}  // namespace tiebeam::quant
