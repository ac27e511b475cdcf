// A register as the JSON that register_file.h reads. docs/format/risk-register.md.
#pragma once

#include "model/json.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

// read_register(write_json(...)) is the same register.
[[nodiscard]] Json register_json(const Register& wanted);

}  // namespace tiebeam::risk
