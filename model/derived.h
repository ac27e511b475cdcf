// Records that follow from events, and what people wrote over them.
#pragma once

#include <vector>

#include "model/record_type.h"

namespace tiebeam {

// Each written record over the derived one of its id, field by field where something is given;
// those without one stand by themselves. Both sorted by id, and so is what comes back.
[[nodiscard]] std::vector<Record> laid_over(std::vector<Record> derived,
                                            std::vector<Record> written);

}  // namespace tiebeam
