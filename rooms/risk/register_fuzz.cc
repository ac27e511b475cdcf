// A risk register as a file: an answer whose numbers hold together, or why not, by its pointer.
#include <cmath>

#include "base/fuzz_support.h"
#include "rooms/risk/cli/simulate_text.h"
#include "rooms/risk/register_file.h"

namespace tiebeam::risk {
namespace {

constexpr std::uint64_t kTrials = 300;

// What costs seconds for a few bytes is not what is sought here: swarms and many events.
bool is_small(const Register& wanted) {
  const auto few = [](const Frequency& each) {
    double rate = 1;
    for (const Estimate& factor : each.factors)
      for (const auto& [name, value] : factor.parameters) rate *= std::max(1.0, std::abs(value));
    return each.law == CountLaw::poisson ? rate < 1e4 : each.mean < 100 && each.size > 0.05;
  };
  for (const Scenario& each : wanted.scenarios)
    if (each.frequency && each.frequency->law != CountLaw::fixed && !few(*each.frequency))
      return false;
  for (const CommonCause& each : wanted.common_causes)
    if (each.frequency.law != CountLaw::fixed && !few(each.frequency)) return false;
  return wanted.scenarios.size() + wanted.controls.size() < 24;
}

void check_measures(const Measures& m) {
  FUZZ_CHECK(m.ale >= 0 && !std::isnan(m.sd) && m.sd >= 0);
  FUZZ_CHECK(m.p_zero >= 0 && m.p_zero <= 1);
  double before = 0;
  for (const auto& each : m.quantiles) {
    if (!each) continue;
    FUZZ_CHECK(*each >= before);
    before = *each;
  }
  FUZZ_CHECK(!m.tvar[0] || !m.quantiles[3] || *m.tvar[0] >= *m.quantiles[3] * (1 - 1e-9));
}

}  // namespace

FUZZ(input) {
  const auto wanted = read_register(input);
  if (!wanted) return fuzz::check_error(wanted.error());
  if (!is_small(*wanted)) return;
  const Settings settings{.trials = kTrials, .contributions = true};
  const auto found = answer_register(*wanted, {"register.json", "0"}, settings);
  if (!found) return fuzz::check_error(found.error());
  FUZZ_CHECK(found->simulation.scenarios.size() == wanted->scenarios.size());
  check_measures(found->simulation.portfolio);
  for (const ScenarioResult& each : found->simulation.scenarios) check_measures(each.measures);
  for (const SetResult& each : found->simulation.controls) check_measures(each.residual);
  const std::string text = risk_text(*found), json = write_json(risk_json(*found));
  FUZZ_CHECK(is_valid_utf8(text) && is_valid_utf8(json));
  const bool may_name_it =
      input.contains("nan") || input.contains("\\u");  // a scenario of that name
  FUZZ_CHECK(!text.contains('\x1b') && (may_name_it || !text.contains("nan")), text);
  const auto again = simulate(*wanted, {.trials = kTrials, .threads = 2});
  FUZZ_CHECK(again && again->digest == found->simulation.digest);
}

}  // namespace tiebeam::risk
