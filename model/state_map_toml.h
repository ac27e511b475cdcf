// State maps as text that people write and keep: docs/format/state-map.md.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/state_map.h"

namespace tiebeam {

// All faults at once, each with the line where TOML tells it. Errors: state_map.not_toml,
// state_map.unknown_key, state_map.unknown_class, state_map.bad_value, state_map.no_states.
[[nodiscard]] std::expected<StateMap, std::vector<Error>> parse_state_map(std::string_view toml);

// Canonical: equal maps give equal text. Read by parse_state_map without loss.
[[nodiscard]] std::string to_toml(const StateMap& map);

// First 12 hex digits of the SHA-256 of the canonical text.
[[nodiscard]] std::string state_map_version(const StateMap& map);

}  // namespace tiebeam
