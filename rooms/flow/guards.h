// What cannot be meant in this room's records is refused beside its field, whoever writes it.
#pragma once

#include <vector>

#include "model/record_type.h"

namespace tiebeam::flow {

// A state map that nothing can read. Errors: those of parse_state_map, `field` "/state_map".
[[nodiscard]] std::vector<Error> check_value_stream(const Record& record);

}  // namespace tiebeam::flow
