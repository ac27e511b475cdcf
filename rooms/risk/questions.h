// Questions whose answers are known, for the calibration of guesses: rooms/risk/starters/
// questions.json, read strictly.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tiebeam::risk {

struct Question {
  std::string id, text, unit, source;
  double answer = 0;
  double scale = 1;  // what widths are measured in: a century for years, else the answer itself
};
constexpr std::size_t kRound = 10;  // questions of one round

// Every fault. Errors: risk.bad_questions.
[[nodiscard]] Result<std::vector<Question>> read_questions(std::string_view text);
// Those the program carries. Thread: any.
[[nodiscard]] const std::vector<Question>& questions();
[[nodiscard]] const Question* find_question(std::string_view id);

// The next kRound for a person: those not asked before, then those asked longest ago; mixed in an
// order that is the person's own, the same whenever it is asked for. `asked`: ids, oldest first.
[[nodiscard]] std::vector<const Question*> next_round(std::string_view person,
                                                      std::span<const std::string> asked);

}  // namespace tiebeam::risk
