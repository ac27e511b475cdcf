// The question "what if?" in the words of a command line or an address, and its answer as JSON.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "model/json.h"
#include "rooms/flow/engine/whatif/whatif.h"

namespace tiebeam::flow {

// As asked; several values of one option stand one a line.
struct WhatIfWords {
  std::string cut = {};            // STATE=30%
  std::string remove = {};         // STATE
  std::string add_capacity = {};   // STATE=2 or STATE=20%
  std::string cost = {};           // STATE=5000, in the organisation's currency
  std::string cost_of_delay = {};  // "120" or "EUR 120", of a day of one item
  std::string stream = {};
};

// Between a state and its amount stands the last '=' or ':'. A number without % is a share of a cut
// in percent, and people for capacity. Errors: flow.whatif_no_such_state (with a near miss),
// flow.whatif_bad_amount, flow.whatif_no_such_stream, money.*.
[[nodiscard]] Result<WhatIfQuestion> read_question(const FigureBook& book,
                                                   const WhatIfWords& words);

// The words as options of the command line: ` --cut "Queue=30%"`.
[[nodiscard]] std::string options_of(const WhatIfWords& words);

[[nodiscard]] Json whatif_json(const FigureBook& book, const WhatIfQuestion& question,
                               const WhatIf& found, const std::vector<std::string>& warnings);

}  // namespace tiebeam::flow
