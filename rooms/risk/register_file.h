// The risk register as a JSON file: read strictly, every fault told with its JSON pointer.
// docs/format/risk-register.md.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

// Errors: those of parse_json; risk.bad_register with the first fault's pointer in `field`, the
// others one a line in `detail`.
[[nodiscard]] Result<Register> read_register(std::string_view text);
// The same, each fault an Error of its own, the first risk.bad_register.
[[nodiscard]] std::expected<Register, std::vector<Error>> read_whole_register(
    std::string_view text);

}  // namespace tiebeam::risk
