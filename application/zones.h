// Time zone tables from the system's IANA database. Engines never see this: they get a Zone.
#pragma once

#include <string_view>

#include "base/time.h"

namespace tiebeam {

// Every change of offset from 1990 to 2100. Errors: zone.unknown, with the nearest name.
[[nodiscard]] Result<Zone> load_zone(std::string_view name);

}  // namespace tiebeam
