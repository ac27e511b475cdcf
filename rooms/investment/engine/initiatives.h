// Initiatives as they are written down for `investment value`: costs, effects on KPIs, what a KPI
// is worth. Values only; engine/faults.h says what can be meant. docs/format/initiatives.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/estimate.h"
#include "base/money.h"
#include "base/time.h"
#include "quant/finance.h"
#include "rooms/investment/records.h"

namespace tiebeam::investment {

// How strongly a driver moves an input's normal score: score = sum of weights x drivers + the rest.
struct Loading {
  std::string driver;
  double weight = 0;  // in [-1, 1]; the squares of all sum to at most 1
};

struct Kpi {
  std::string id;
  std::string unit;
  Estimate value_per_unit;  // money a year for one unit more; negative where less is better
  std::vector<Loading> drivers;
};

struct Effect {
  std::size_t kpi = 0;            // place in Cases::kpis
  Estimate change;                // of the KPI, at full adoption
  std::optional<Estimate> delay;  // days after the initiative is of use
  std::optional<Estimate> ramp;   // days from nothing to all; else the initiative's adoption_ramp
  std::optional<Estimate> share;  // attribution, 0 to 1
};

// Input `of` of one initiative, by name: "one_off_cost", "calls.change".
struct InputDrivers {
  std::string of;
  std::vector<Loading> loadings;
};
struct RankCorrelation {
  std::string first, second;
  double rank = 0;  // Spearman
};

// What one initiative costs and brings. A missing estimate is 0; adoption and share are 1.
struct BusinessCase {
  std::string id;
  std::string title;
  InitiativeKind kind = InitiativeKind::product;
  std::optional<Estimate> one_off_cost;     // today
  std::optional<Estimate> run_cost_a_year;  // while it is of use
  std::optional<Estimate> exit_cost;        // once, when it is left
  std::optional<Estimate> duration;         // days until it is of use
  bool is_forecast = false;                 // duration comes from a delivery forecast
  double p_success = 1;
  std::optional<Estimate> adoption;       // share of the intended users
  std::optional<Estimate> adoption_ramp;  // days until they all use it
  std::optional<Estimate> do_nothing_cost_a_year;
  std::vector<Effect> effects;
  std::vector<InputDrivers> drivers;
  std::vector<RankCorrelation> correlations;
};

struct Cases {
  Currency currency;
  double discount_rate = 0;  // a policy, not an estimate: risk is counted once, in the cash flows
  int horizon_years = 5;
  quant::Timing timing = quant::Timing::end_of_year;
  quant::Delayed late_benefits = quant::Delayed::lost;
  std::optional<std::uint64_t> trials;
  Instant as_of{};
  std::vector<std::string> drivers;
  std::vector<Kpi> kpis;
  std::vector<BusinessCase> initiatives;
};

constexpr int kMostHorizonYears = 30;

// The inputs of an initiative, always all of them, in this order; then four for each effect.
enum class Input : std::uint8_t {
  one_off_cost,
  run_cost_a_year,
  exit_cost,
  duration,
  adoption,
  adoption_ramp,
  do_nothing_cost_a_year
};
enum class EffectInput : std::uint8_t { change, delay, ramp, share };
constexpr std::size_t kOwnInputs = 7, kEffectInputs = 4;
[[nodiscard]] constexpr std::size_t place_of(Input input) {
  return static_cast<std::size_t>(input);
}
[[nodiscard]] constexpr std::size_t place_of(std::size_t effect, EffectInput input) {
  return kOwnInputs + kEffectInputs * effect + static_cast<std::size_t>(input);
}

// What may stand in an input.
enum class Range : std::uint8_t { any, not_negative, share };

struct NamedInput {
  std::string name;     // "calls.change"
  std::string pointer;  // below the initiative: "/effects/0/change"
  Estimate estimate;
  Range range = Range::any;
  bool is_given = true;  // else the default
};
[[nodiscard]] std::vector<NamedInput> inputs_of(const Cases& cases, const BusinessCase& initiative);

}  // namespace tiebeam::investment
