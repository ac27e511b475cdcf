// What controls avoid in single years, as a sentence goes on.
#pragma once

#include <string>

#include "base/money.h"

namespace tiebeam::risk {

// From the 10th and the 90th percentile: "8 of 10 years it avoids EUR 200 to EUR 90,000", "1 year
// in 10 it avoids more than EUR 90,000", "in at least 8 of 10 years it avoids nothing".
[[nodiscard]] std::string yearly_words(double p10, double p90, const Currency& currency);

}  // namespace tiebeam::risk
