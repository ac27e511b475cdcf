// The room's answer to a register: the simulation with its figures and findings, as JSON and text.
#pragma once

#include <string>
#include <vector>

#include "base/figure.h"
#include "base/finding.h"
#include "model/json.h"
#include "rooms/risk/engine/simulate.h"

namespace tiebeam::risk {

// The file a register came in, or the organisation's records.
struct RegisterSource {
  std::string file;  // "" for records
  std::string sha256;
};

struct RiskAnswer {
  Register wanted;
  Simulation simulation;
  RegisterSource source;
  std::vector<Figure> figures = {};
  std::vector<Finding> findings = {};
  std::vector<std::string> warnings = {};
};

// Errors: those of simulate.
[[nodiscard]] Result<RiskAnswer> answer_register(Register wanted, RegisterSource source,
                                                 const Settings& settings);
// docs/format/risk-register.md, section "What comes out".
[[nodiscard]] Json risk_json(const RiskAnswer& answer);

// An amount as people read it: "EUR 72,400"; three significant digits.
[[nodiscard]] std::string money_words(double amount, const Currency& currency);
// "1 year in 20", "93 of 100 years".
[[nodiscard]] std::string years_words(double probability);

}  // namespace tiebeam::risk
