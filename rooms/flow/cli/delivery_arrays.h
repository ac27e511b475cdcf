// Deployments and incidents by service as a table of text; empty when none are imported.
#pragma once

#include <string>

#include "rooms/flow/delivery.h"

namespace tiebeam::flow {

[[nodiscard]] std::string delivery_text(const FigureBook& book);

}  // namespace tiebeam::flow
