#include "rooms/investment/engine/closed_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "quant/kernels/cash.h"

namespace tiebeam::investment {
namespace {

using quant::kDaysAYear;

// A delay in years: what is certain of it, and the one input that is not.
struct Delay {
  double certain = 0;
  const quant::Marginal* uncertain = nullptr;  // days
  int uncertain_parts = 0;
};

class ExactSum {
 public:
  ExactSum(const PreparedCase& initiative, const Shared& shared, const Settings& settings)
      : initiative_(initiative), shared_(shared), settings_(settings) {}
  ExactMean mean();

 private:
  [[nodiscard]] const DrawnInput& input(std::size_t at) const { return initiative_.inputs[at]; }
  [[nodiscard]] const DrawnInput& input(Input at) const { return input(place_of(at)); }
  double product(const std::vector<const DrawnInput*>& factors);
  void need_independent(const std::vector<const DrawnInput*>& factors);
  Delay delay_of(const std::vector<const DrawnInput*>& parts);
  double active(const Delay& delay, double ramp);
  double years_at_work(const Delay& delay, double ramp, double until) const;
  double effect(std::size_t i);
  double exit();
  void refuse(std::string why) {
    if (reason_.empty()) reason_ = std::move(why);
  }

  const PreparedCase& initiative_;
  const Shared& shared_;
  const Settings& settings_;
  std::string reason_;
};

// E[(t - D - v)+] averaged over v in [0, ramp]: years at work by `t`, weighted by the ramp.
// Gauss-Legendre with 8 points on each of 8 pieces. Source: Abramowitz and Stegun 25.4.30.
double ramp_average(double ramp, const std::function<double(double v)>& f) {
  constexpr std::array<double, 4> kX = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                        0.9602898564975363};
  constexpr std::array<double, 4> kW = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                        0.1012285362903763};
  constexpr int kPieces = 8;
  double sum = 0;
  for (int piece = 0; piece < kPieces; ++piece) {
    const double half = ramp / kPieces / 2, middle = (2 * piece + 1) * half;
    for (std::size_t i = 0; i < kX.size(); ++i)
      sum += kW[i] * (f(middle - half * kX[i]) + f(middle + half * kX[i])) / 2;
  }
  return sum / kPieces;
}

// E[years between the start and `until`, counted by the ramp].
double ExactSum::years_at_work(const Delay& delay, double ramp, double until) const {
  const auto full = [&](double t) {  // E[(t - D)+]
    const double rest = t - delay.certain;
    if (delay.uncertain == nullptr) return std::max(0.0, rest);
    const double days = rest * kDaysAYear;
    return (days - delay.uncertain->limited_mean(days).value_or(std::nan(""))) / kDaysAYear;
  };
  if (ramp <= 0) return full(until);
  if (delay.uncertain == nullptr) {
    const double since = std::max(0.0, until - delay.certain);
    return since < ramp ? since * since / (2 * ramp) : since - ramp / 2;
  }
  return ramp_average(ramp, [&](double v) { return full(until - v); });
}

// E[present value of 1 a year from the delay on]. Deferred, it ends `life` years later: the years
// after that are those of a stream that begins with the whole rate it had by then.
double ExactSum::active(const Delay& delay, double ramp) {
  if (delay.uncertain != nullptr && !delay.uncertain->limited_mean(1).has_value())
    refuse("the delay has no closed form");
  const auto life = static_cast<double>(settings_.life);
  if (settings_.deferred && ramp > 0 && delay.uncertain != nullptr) {
    refuse("a ramp on an uncertain delay that is deferred has no closed form");
    return 0;
  }
  const auto worth = [&](double t) {
    if (!settings_.deferred) return years_at_work(delay, ramp, t);
    if (delay.uncertain != nullptr)
      return years_at_work(delay, 0, t) - years_at_work(delay, 0, t - life);
    return years_at_work(delay, ramp, std::min(t, delay.certain + life));
  };
  double sum = 0;
  for (std::size_t y = 0; y < settings_.discount.size(); ++y) {
    const auto t = static_cast<double>(y);
    sum += settings_.discount[y] * (worth(t + 1) - worth(t));
  }
  return sum;
}

Delay ExactSum::delay_of(const std::vector<const DrawnInput*>& parts) {
  Delay out;
  for (const DrawnInput* part : parts) {
    if (part->draw.constant()) {
      out.certain += part->draw.value() / kDaysAYear;
    } else {
      out.uncertain = &part->marginal;
      if (++out.uncertain_parts > 1) refuse("two uncertain delays add up");
    }
  }
  return out;
}

// No driver and no correlation may tie two of them.
void ExactSum::need_independent(const std::vector<const DrawnInput*>& factors) {
  std::set<std::size_t> drivers;
  int together = 0;
  for (const DrawnInput* factor : factors) {
    if (factor->draw.constant()) continue;
    for (const auto& [driver, weight] : factor->drivers) {
      if (!drivers.insert(driver).second) refuse("inputs that are multiplied share a driver");
    }
    for (const std::size_t i : initiative_.together.inputs)
      together += &initiative_.inputs[i] == factor ? 1 : 0;
  }
  if (together > 1) refuse("inputs that are multiplied are correlated");
}

double ExactSum::product(const std::vector<const DrawnInput*>& factors) {
  double out = 1;
  for (const DrawnInput* factor : factors) out *= factor->marginal.mean();
  return out;
}

double ExactSum::effect(std::size_t i) {
  const PreparedEffect& of = initiative_.effects[i];
  const DrawnInput& ramp =
      input(of.own_ramp ? place_of(i, EffectInput::ramp) : place_of(Input::adoption_ramp));
  const std::vector<const DrawnInput*> rate = {&input(place_of(i, EffectInput::change)),
                                               &shared_.kpis[of.kpi], &input(Input::adoption),
                                               &input(place_of(i, EffectInput::share))};
  const std::vector<const DrawnInput*> delays = {&input(Input::duration),
                                                 &input(place_of(i, EffectInput::delay))};
  std::vector<const DrawnInput*> all = rate;
  all.insert(all.end(), delays.begin(), delays.end());
  need_independent(all);
  if (!ramp.draw.constant()) {
    refuse("the ramp is uncertain");
    return 0;
  }
  return product(rate) * active(delay_of(delays), ramp.draw.value() / kDaysAYear);
}

// Paid in the last year of use, or without success in the year in which use would begin.
double ExactSum::exit() {
  const DrawnInput& cost = input(Input::exit_cost);
  if (cost.draw.constant() && cost.draw.value() == 0) return 0;
  const DrawnInput& duration = input(Input::duration);
  need_independent({&cost, &duration});
  const auto year_of = [&](double shift) {  // E[factor of the year of D + shift]
    const std::size_t last = settings_.discount.size() - 1;
    if (duration.draw.constant()) {
      const double at = std::floor(duration.draw.value() / kDaysAYear + shift);
      return settings_.discount[std::min(last, static_cast<std::size_t>(std::max(0.0, at)))];
    }
    double sum = 0, before = 0;
    for (std::size_t y = 0; y <= last; ++y) {
      const double end = (static_cast<double>(y + 1) - shift) * kDaysAYear;
      // A duration of exactly a year's end belongs to the next year.
      const double by = y == last ? 1 : duration.marginal.cdf(std::nextafter(end, -1e300));
      sum += settings_.discount[y] * (by - before);
      before = by;
    }
    return sum;
  };
  const double p = initiative_.p_success;
  const double success = settings_.deferred ? year_of(static_cast<double>(settings_.life))
                                            : settings_.discount[settings_.life - 1];
  return cost.marginal.mean() * (p * success + (p < 1 ? (1 - p) * year_of(0) : 0));
}

ExactMean ExactSum::mean() {
  double yearly = 0;
  for (std::size_t i = 0; i < initiative_.effects.size(); ++i) yearly += effect(i);
  const DrawnInput &run = input(Input::run_cost_a_year), &duration = input(Input::duration);
  if (!run.draw.constant() || run.draw.value() != 0) {
    need_independent({&run, &duration});
    yearly -= run.marginal.mean() * active(delay_of({&duration}), 0);
  }
  const double out =
      initiative_.p_success * yearly - input(Input::one_off_cost).marginal.mean() - exit();
  if (reason_.empty() && !std::isfinite(out)) refuse("a mean is not finite");
  if (!reason_.empty()) return {.value = std::nullopt, .reason = reason_};
  return {.value = out, .reason = {}};
}

}  // namespace

ExactMean exact_npv_mean(const PreparedCase& initiative, const Shared& shared,
                         const Settings& settings) {
  return ExactSum(initiative, shared, settings).mean();
}

}  // namespace tiebeam::investment
