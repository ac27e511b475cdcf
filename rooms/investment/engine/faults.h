// What keeps initiatives from being valued: shares beyond 1, costs below 0, drivers and
// correlations that cannot be. Each fault with its JSON pointer in the file.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "quant/correlation_matrix.h"
#include "rooms/investment/engine/initiatives.h"

namespace tiebeam::investment {

// All of them, in the order of the file: investment.not_a_share, investment.below_zero,
// investment.bad_loading, investment.unknown_driver, investment.unknown_input,
// investment.bad_correlation, those of estimates and of quant::correlation_faults.
[[nodiscard]] std::vector<Error> faults_of(const Cases& cases);
// The same of one input, `field` below `pointer`.
[[nodiscard]] std::vector<Error> faults_of(const NamedInput& input, const std::string& pointer);

// Of a record, each with its field: "/adoption". Also investment.too_large: in 1 of 1,000 cases
// beyond what money can be written in.
[[nodiscard]] std::vector<Error> faults_of(const Initiative& initiative);
[[nodiscard]] std::vector<Error> faults_of(const InitiativeEffect& effect);

// In plain words, what makes the numbers less certain than they look: estimates whose rare cases
// decide the mean.
[[nodiscard]] std::vector<std::string> warnings_of(const Cases& cases,
                                                   const BusinessCase& initiative);

// The rank correlations of an initiative as correlations of normal scores of the inputs that take
// part, by name. REQUIRES: no faults.
struct CorrelatedInputs {
  std::vector<std::string> names;
  quant::Matrix scores;
};
[[nodiscard]] CorrelatedInputs correlated_inputs(const BusinessCase& initiative);

}  // namespace tiebeam::investment
