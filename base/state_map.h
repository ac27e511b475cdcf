// A state map says what the states of a source mean: which class, which order of stages, when an
// item counts as finished. Read from TOML by model/state_map_toml.h (docs/format/state-map.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/state_class.h"

namespace tiebeam {

enum class FinishPolicy : std::uint8_t { last_done, first_done };

struct StateMap {
  // Exact names, or a prefix that ends in '*'. An exact name wins, then the longest prefix.
  std::vector<std::pair<std::string, StateClass>> states;
  std::vector<std::string> order;  // stages from first to last; states not in it have no stage
  std::vector<std::pair<std::string, std::string>>
      party;  // waiting state, or a prefix of some -> who it waits for
  FinishPolicy finish = FinishPolicy::last_done;
  int reopen_grace_days = 7;
  std::string version;  // first 12 hex digits of the SHA-256 of the canonical text

  [[nodiscard]] std::optional<StateClass> class_of(std::string_view state) const;  // none: unmapped
  [[nodiscard]] std::string_view party_of(std::string_view state) const;  // empty: not said
  [[nodiscard]] int stage_of(std::string_view state) const;  // index in `order`, -1 when not in it
};

}  // namespace tiebeam
