// A risk register as it is written: scenarios, what they share, controls and appetite. Values
// only; engine/prepared.h says what can be meant. docs/format/risk-register.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/estimate.h"
#include "base/money.h"
#include "quant/appetite.h"

namespace tiebeam::risk {

// How strongly a driver moves a normal score: score = sum of loadings x drivers + the rest.
struct Loading {
  std::string driver;
  double weight = 0;  // in [-1, 1]; the squares of all sum to at most 1
};

enum class CountLaw : std::uint8_t { poisson, bernoulli, negative_binomial, fixed };

// How often a year. Events a year are a product of factors for a Poisson law: rate, or
// contact x action, each times vulnerability where it is given (Open FAIR).
struct Frequency {
  CountLaw law = CountLaw::poisson;
  std::vector<Estimate> factors = {};  // poisson: multiplied; bernoulli: one, the probability
  std::vector<std::string> factor_fields = {};  // where each stands: "/rate"
  std::vector<bool> shares = {};                // which are probabilities: action, vulnerability
  double mean = 0;                              // negative binomial
  double size = 0;                              // negative binomial: variance mean + mean^2 / size
  std::uint32_t count = 0;                      // fixed
};

// What one event costs: one total, or any of the six forms of loss, which are added.
struct LossForm {
  std::string name;  // "" for a total
  Estimate amount;
};

// Pays what is above `deductible`, at most `limit`, of each event.
struct InsuranceLayer {
  double deductible = 0;
  double limit = 0;
};

struct Scenario {
  std::string id;
  std::string title;
  std::optional<Frequency> frequency;  // none: only in common-cause events
  std::vector<LossForm> primary;
  std::optional<Estimate> secondary_probability;
  std::vector<LossForm> secondary;
  std::vector<InsuranceLayer> insurance;
  std::string common_cause;  // id, or ""
  std::vector<Loading> drivers;
  std::vector<Loading> severity_drivers;
  std::string asset;
  std::vector<std::string> goals;
};

struct CommonCause {
  std::string id;
  Frequency frequency;
  std::vector<Loading> drivers;
};

enum class Factor : std::uint8_t { frequency, magnitude };
struct Reduction {
  std::size_t scenario = 0;  // place in scenarios
  Factor factor = Factor::frequency;
  Estimate by;  // share taken away, in [0, 1]
};
struct Control {
  std::string id;
  std::string title;
  Estimate cost_a_year;
  std::vector<Reduction> reduces;
  bool in_place = false;      // it works today: the years are told with it
  bool has_no_price = false;  // nobody said what it costs: it has no return and is in no best set
};

struct Register {
  Currency currency;
  std::uint64_t trials = 100'000;
  std::vector<Scenario> scenarios;
  std::vector<CommonCause> common_causes;
  std::vector<Control> controls;
  std::vector<quant::AppetitePoint> appetite;
  std::optional<double> control_budget;  // a year
};

}  // namespace tiebeam::risk
