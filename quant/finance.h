// What a row of yearly cash flows is worth. flows[0] is paid today, flows[y] in year y; money in
// major units, any sign. docs/method/estimates.md is about what is uncertain in them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tiebeam::quant {

// When the money of a year counts as paid.
enum class Timing : std::uint8_t { end_of_year, mid_year };

// The factor of year y: (1 + rate)^-y, or ^-(y - 1/2) for y >= 1. REQUIRES: rate > -1.
[[nodiscard]] double discount_factor(int year, double rate, Timing timing = Timing::end_of_year);
// The sum of all factors from 1 to `years`.
[[nodiscard]] double annuity(int years, double rate, Timing timing = Timing::end_of_year);
// Net present value.
[[nodiscard]] double npv(std::span<const double> flows, double rate,
                         Timing timing = Timing::end_of_year);

// The rate at which the flows are worth 0 today (end of year). None, with the reason in plain
// words, unless the flows change sign exactly once: then and only then one rate above -1 exists.
// Source: Descartes' rule of signs; Brealey, Myers, Allen 2020, section 5-3.
struct Irr {
  std::optional<double> rate;
  std::string reason;  // when there is none
};
[[nodiscard]] Irr irr(std::span<const double> flows);

// Years until the cash paid in sums to 0, straight within a year. 0 when nothing has to be paid
// back; none when it does not happen within the flows, which is an answer, not a gap.
[[nodiscard]] std::optional<double> payback(std::span<const double> flows);
[[nodiscard]] std::optional<double> discounted_payback(std::span<const double> flows, double rate,
                                                       Timing timing = Timing::end_of_year);

// What each unit of today's outlay brings: 1 + npv / -flows[0]. None without an outlay.
[[nodiscard]] std::optional<double> profitability_index(std::span<const double> flows, double rate,
                                                        Timing timing = Timing::end_of_year);
// (benefits - costs) / costs of present values. None when there are no costs.
[[nodiscard]] std::optional<double> return_on_investment(double benefits, double costs);

// The share of year y (0 is the first) in which something that starts `delay_years` late is at
// work: clamp(y + 1 - delay, 0, 1).
[[nodiscard]] double active_fraction(int year, double delay_years);
// What becomes of benefits in a delay: the horizon stays and they are lost, or all of them come
// later, over as many more years as it takes.
enum class Delayed : std::uint8_t { lost, deferred };
// benefits[y] of year y without a delay (0 is the first). REQUIRES: 0 <= delay_years, finite.
[[nodiscard]] std::vector<double> delayed_benefits(std::span<const double> benefits,
                                                   double delay_years, Delayed kind);
// E[exp(-rate D)] of an exponential delay D: 1 / (1 + rate x mean). REQUIRES: both >= 0.
[[nodiscard]] double expected_delay_factor(double continuous_rate, double mean_delay_years);

}  // namespace tiebeam::quant
