// Which meaning the states of a file get: a given map, the built-in one of the format, or a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/state_map.h"
#include "ingest/import.h"
#include "model/event_table.h"

namespace tiebeam::ingest {

// None when the format has no states of its own.
[[nodiscard]] std::optional<StateMap> builtin_state_map(std::string_view format);

// A state of which the file itself says what it means: all (or none) of its tickets are finished.
struct StateEvidence {
  std::string state;
  StateClass meaning;
  std::string reason;
};

struct ChosenMap {
  StateMap map;
  bool is_guess = false;
  std::vector<StateCount> states;  // by falling count, then by name
  std::vector<std::string> statements;
  std::vector<std::string> warnings;
};
// `states`: the column of states of all events. `also`: states that items stand in without an
// event. With a given map nothing is guessed.
[[nodiscard]] ChosenMap choose_state_map(std::string_view format,
                                         const std::optional<StateMap>& given, const Column& states,
                                         const std::vector<std::string>& also,
                                         const std::vector<StateEvidence>& evidence);

}  // namespace tiebeam::ingest
