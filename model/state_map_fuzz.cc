// State maps: all faults complete; a map that is read is written so that it reads back the same.
#include "base/fuzz_support.h"
#include "model/state_map_toml.h"

namespace tiebeam {

FUZZ(input) {
  const auto map = parse_state_map(input);
  if (!map) {
    FUZZ_CHECK(!map.error().empty());
    for (const Error& fault : map.error()) fuzz::check_error(fault);
    return;
  }
  FUZZ_CHECK(!map->states.empty());
  FUZZ_CHECK(map->version == state_map_version(*map));
  const std::string text = to_toml(*map);
  const auto again = parse_state_map(text);
  FUZZ_CHECK(again, text);
  FUZZ_CHECK(again->states == map->states && again->order == map->order, text);
  FUZZ_CHECK(again->party == map->party && again->finish == map->finish, text);
  FUZZ_CHECK(again->reopen_grace_days == map->reopen_grace_days);
  FUZZ_CHECK(again->version == map->version && to_toml(*again) == text, text);
  for (const auto& [name, meaning] : map->states) {
    FUZZ_CHECK(map->class_of(name).has_value(), name);
    FUZZ_CHECK(map->stage_of(name) < static_cast<int>(map->order.size()));
  }
}

}  // namespace tiebeam
