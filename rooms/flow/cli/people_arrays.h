// The arrays of flow metrics that look at people, as tables of text: areas, streams and teams.
#pragma once

#include <string>

#include "rooms/flow/people.h"

namespace tiebeam::flow {

[[nodiscard]] std::string people_text(const FigureBook& book);

}  // namespace tiebeam::flow
