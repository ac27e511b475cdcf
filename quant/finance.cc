#include "quant/finance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace tiebeam::quant {
namespace {

int sign_changes(std::span<const double> flows) {
  int changes = 0;
  double last = 0;
  for (const double flow : flows) {
    if (flow == 0) continue;
    if (last != 0 && (flow > 0) != (last > 0)) ++changes;
    last = flow;
  }
  return changes;
}

// The sign of sum flows[t] exp(t x), scaled so that nothing overflows.
double value_at(std::span<const double> flows, double x) {
  const double top = x > 0 ? static_cast<double>(flows.size() - 1) : 0;
  double sum = 0;
  for (std::size_t t = 0; t < flows.size(); ++t)
    sum += flows[t] * std::exp((static_cast<double>(t) - top) * x);
  return sum;
}

std::optional<double> first_crossing(std::span<const double> flows) {
  double paid = 0;
  for (std::size_t y = 0; y < flows.size(); ++y) {
    const double before = paid;
    paid += flows[y];
    if (paid < 0) continue;
    return y == 0 ? 0 : static_cast<double>(y - 1) - before / flows[y];
  }
  return flows.empty() ? std::optional<double>(0) : std::nullopt;
}

}  // namespace

double discount_factor(int year, double rate, Timing timing) {
  TB_CHECK(rate > -1, "a discount rate is above -100 %");
  const double years = year > 0 && timing == Timing::mid_year ? year - 0.5 : year;
  return std::exp(-years * std::log1p(rate));
}

double annuity(int years, double rate, Timing timing) {
  double sum = 0;
  for (int y = 1; y <= years; ++y) sum += discount_factor(y, rate, timing);
  return sum;
}

double npv(std::span<const double> flows, double rate, Timing timing) {
  double sum = 0;
  for (std::size_t y = 0; y < flows.size(); ++y)
    sum += flows[y] * discount_factor(static_cast<int>(y), rate, timing);
  return sum;
}

Irr irr(std::span<const double> flows) {
  const int changes = sign_changes(flows);
  if (changes == 0) return {{}, "money flows only one way, so no rate makes it worth 0"};
  if (changes > 1) {
    return {{}, fmt::format("the flows change sign {} times, so several rates may fit", changes)};
  }
  // In x = -ln(1 + rate) the value crosses 0 once; halved until two neighbouring doubles are left.
  double low = -700, high = 700;
  const bool rises = value_at(flows, high) > 0;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    ((value_at(flows, middle) > 0) == rises ? high : low) = middle;
  }
  return {std::expm1(-(low + high) / 2), {}};
}

std::optional<double> payback(std::span<const double> flows) { return first_crossing(flows); }

std::optional<double> discounted_payback(std::span<const double> flows, double rate,
                                         Timing timing) {
  std::vector<double> discounted;
  for (std::size_t y = 0; y < flows.size(); ++y)
    discounted.push_back(flows[y] * discount_factor(static_cast<int>(y), rate, timing));
  return first_crossing(discounted);
}

std::optional<double> profitability_index(std::span<const double> flows, double rate,
                                          Timing timing) {
  if (flows.empty() || flows[0] >= 0) return std::nullopt;
  return 1 + npv(flows, rate, timing) / -flows[0];
}

std::optional<double> return_on_investment(double benefits, double costs) {
  if (!(costs > 0)) return std::nullopt;
  return (benefits - costs) / costs;
}

double active_fraction(int year, double delay_years) {
  return std::clamp(year + 1 - delay_years, 0.0, 1.0);
}

std::vector<double> delayed_benefits(std::span<const double> benefits, double delay_years,
                                     Delayed kind) {
  TB_CHECK(delay_years >= 0 && std::isfinite(delay_years), "a delay is a number of years");
  std::vector<double> out(benefits.begin(), benefits.end());
  if (kind == Delayed::lost) {
    for (std::size_t y = 0; y < out.size(); ++y)
      out[y] *= active_fraction(static_cast<int>(y), delay_years);
    return out;
  }
  const double whole = std::floor(delay_years), part = delay_years - whole;
  const auto shift = static_cast<std::size_t>(whole);
  out.assign(benefits.size() + shift + (part > 0 ? 1 : 0), 0);
  for (std::size_t y = 0; y < benefits.size(); ++y) {
    out[y + shift] += (1 - part) * benefits[y];
    if (part > 0) out[y + shift + 1] += part * benefits[y];
  }
  return out;
}

double expected_delay_factor(double continuous_rate, double mean_delay_years) {
  return 1 / (1 + continuous_rate * mean_delay_years);
}

}  // namespace tiebeam::quant
