#include "rooms/flow/guards.h"

#include "base/faults.h"
#include "model/state_map_toml.h"
#include "rooms/flow/records.h"

namespace tiebeam::flow {

std::vector<Error> check_value_stream(const Record& record) {
  const auto stream = to_struct<ValueStream>(record);
  if (stream.state_map.empty()) return {};
  auto map = parse_state_map(stream.state_map);
  if (map) return {};
  std::vector<Error> out = std::move(map).error();
  keep_first_faults(out);
  for (Error& each : out) {
    if (!each.field.empty()) each.detail = "at " + each.field + " of the map";
    each.field = "/state_map";
  }
  return out;
}

}  // namespace tiebeam::flow
