// The file of `investment value FILE`: docs/format/initiatives.md.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/json.h"
#include "rooms/investment/engine/initiatives.h"

namespace tiebeam::investment {

struct ReadCases {
  Cases cases;
  std::vector<Error> faults;  // all of them; empty: the cases can be valued
  std::vector<std::string> warnings;
};
// `load` gives the JSON of another file, by the path as it is written.
using LoadJson = std::function<Result<Json>(const std::string& path)>;
[[nodiscard]] ReadCases read_cases(const Json& file, const LoadJson& load);

}  // namespace tiebeam::investment
