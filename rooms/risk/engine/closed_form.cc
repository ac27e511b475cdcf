#include "rooms/risk/engine/closed_form.h"

#include <algorithm>
#include <cmath>

#include "quant/marginal.h"

namespace tiebeam::risk {
namespace {

using quant::Marginal;

// As it is drawn: a rate or a loss has nothing below 0.
Marginal law_of(const Estimate& estimate) {
  Marginal made = *Marginal::create(estimate);
  if (made.least() >= 0 || made.cdf(0) < 1e-15) return made;
  return made.cut_at_zero().value_or(made);
}
double mean_of(const Estimate& estimate) { return law_of(estimate).mean(); }
double median_of(const Estimate& estimate) { return law_of(estimate).quantile(0.5); }

// What an estimate counts as.
using Size = double (*)(const Estimate& estimate);

double events(const Frequency& frequency, Size size) {
  switch (frequency.law) {
    case CountLaw::fixed:
      return frequency.count;
    case CountLaw::negative_binomial:
      return frequency.mean;
    case CountLaw::poisson:
    case CountLaw::bernoulli:
      break;
  }
  double product = 1;
  for (const Estimate& each : frequency.factors) product *= size(each);
  return product;
}

const CommonCause* cause_of(const Register& all, const Scenario& scenario) {
  const auto found = std::ranges::find_if(
      all.common_causes, [&](const CommonCause& each) { return each.id == scenario.common_cause; });
  return found == all.common_causes.end() ? nullptr : &*found;
}
double events(const Scenario& scenario, const CommonCause* cause, Size size) {
  const double own = scenario.frequency ? events(*scenario.frequency, size) : 0;
  return cause ? own + events(cause->frequency, size) : own;
}

std::optional<double> event_loss(const Scenario& s) {
  if (s.insurance.empty()) {
    double total = 0;
    for (const LossForm& each : s.primary) total += mean_of(each.amount);
    if (!s.secondary_probability) return total;
    const double p = Marginal::create(*s.secondary_probability)->mean();
    for (const LossForm& each : s.secondary) total += p * mean_of(each.amount);
    return total;
  }
  if (s.insurance.size() > 1 || s.primary.size() != 1 || !s.secondary.empty()) return std::nullopt;
  const InsuranceLayer& layer = s.insurance.front();
  const Marginal law = law_of(s.primary.front().amount);
  const auto paid = law.layer_mean(layer.deductible, layer.limit);
  if (!paid) return std::nullopt;
  return law.mean() - *paid;
}

bool share_a_driver(const std::vector<Loading>& one, const std::vector<Loading>& other) {
  return std::ranges::any_of(one, [&](const Loading& each) {
    return std::ranges::find(other, each.driver, &Loading::driver) != other.end();
  });
}

}  // namespace

std::optional<double> expected_loss(const Register& all, const Scenario& scenario) {
  const auto each_event = event_loss(scenario);
  if (!each_event || !std::isfinite(*each_event)) return std::nullopt;
  const CommonCause* cause = cause_of(all, scenario);
  if (share_a_driver(scenario.drivers, scenario.severity_drivers) ||
      (cause && share_a_driver(cause->drivers, scenario.severity_drivers)))
    return std::nullopt;
  const double a_year = events(scenario, cause, mean_of);
  return std::isfinite(a_year) ? std::optional(a_year * *each_event) : std::nullopt;
}

double typical_loss(const Register& all, const Scenario& scenario) {
  double each_event = 0;
  for (const LossForm& each : scenario.primary) each_event += median_of(each.amount);
  for (const InsuranceLayer& layer : scenario.insurance)
    each_event -= std::clamp(each_event - layer.deductible, 0.0, layer.limit);
  const double a_year = events(scenario, cause_of(all, scenario), median_of) * each_event;
  return std::isfinite(a_year) ? a_year : 0;
}

}  // namespace tiebeam::risk
