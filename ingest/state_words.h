// What a state probably means, told by its words. A guess: always said, with the word it rests on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/state_class.h"

namespace tiebeam::ingest {

struct StateGuess {
  StateClass meaning;
  std::string word;  // what it was told by, as in the list: "in progress"
};

// Words of English, German, French, Spanish and Dutch, at the start of a word and without regard to
// case: "Waiting for vendor" is blocked, "In Bearbeitung" active. Nothing when no word is known or
// the state says not ("Not solved"). Of "name+lifecycle" the lifecycle is asked first.
[[nodiscard]] std::optional<StateGuess> guess_state(std::string_view state);

}  // namespace tiebeam::ingest
