// The register that an organisation's records make: what is finished is simulated, what is not is
// left out and said, with the field it lacks and what to do. docs/method/risk.md, section
// "Records".
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "model/snapshot.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

// Why a record, or a part of it, does not count.
struct Lack {
  std::string field;  // of the record; "" for the record as a whole
  std::string what;   // "how often it happens"; "the chance is 1.7, above 1"
  std::string hint;   // what to do about it
};
struct LeftOut {
  std::string type, id, name;
  std::vector<Lack> lacks;
};

struct RecordRegister {
  Register wanted;                        // scenarios, causes and controls by id; all can be drawn
  std::vector<std::string> appetite_ids;  // records of wanted.appetite
  std::vector<LeftOut> left_out;          // scenarios first, each type by id
};

// Errors: those of Currency::create, for the organisation's currency.
[[nodiscard]] Result<RecordRegister> register_of(const Snapshot& snapshot);

// The scenario as a register has it, and what it lacks; `id` and `title` are the record's.
struct ReadScenario {
  Scenario scenario;
  std::vector<Lack> lacks;
};
struct RiskScenario;
[[nodiscard]] ReadScenario scenario_of(const RiskScenario& record);
// What its estimates cannot mean, by field of the record. `all` holds its common cause.
[[nodiscard]] std::vector<Lack> faults_of(const Register& all, const Scenario& scenario);

}  // namespace tiebeam::risk
