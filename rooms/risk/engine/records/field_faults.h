// What the fields of a risk record cannot be: a share beyond 1, a cost below 0, a chance of 0. Such
// a record is refused when it is written; where one is on record already it is left out, and said.
// What is only missing is no fault. docs/method/risk.md, section "Records".
#pragma once

#include <string>
#include <vector>

#include "rooms/risk/engine/records/register_records.h"
#include "rooms/risk/records.h"

namespace tiebeam::risk {

// "" where it can be a share from 0 to 1; else what it is instead.
[[nodiscard]] std::string not_a_share(const Estimate& estimate);
// "" where it can be an amount, or a number of times, that is never below 0.
[[nodiscard]] std::string not_an_amount(const Estimate& estimate);

// One for each field that cannot be meant, with what to write instead.
[[nodiscard]] std::vector<Lack> faults_in(const RiskScenario& record);
[[nodiscard]] std::vector<Lack> faults_in(const SharedCause& record);
[[nodiscard]] std::vector<Lack> faults_in(const RiskControl& record);
[[nodiscard]] std::vector<Lack> faults_in(const ControlEffect& record);
[[nodiscard]] std::vector<Lack> faults_in(const Insurance& record);
[[nodiscard]] std::vector<Lack> faults_in(const Appetite& record);

}  // namespace tiebeam::risk
