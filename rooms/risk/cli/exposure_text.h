// What exposure_json and scenario_json answer, as text for people.
#pragma once

#include <string>

#include "model/json.h"

namespace tiebeam::risk {

[[nodiscard]] std::string exposure_text(const Json& exposure);
[[nodiscard]] std::string scenario_text(const Json& scenario);

}  // namespace tiebeam::risk
