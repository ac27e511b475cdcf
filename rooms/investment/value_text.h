// A valuation in words: a paragraph an initiative, and one table of all.
#pragma once

#include <string>
#include <vector>

#include "base/figure.h"
#include "rooms/investment/engine/value.h"

namespace tiebeam::investment {

// "In 12 of 100 cases it loses money. ..."; one line.
[[nodiscard]] std::string paragraph_of(const Cases& cases, const Valuation& valuation,
                                       const CaseValue& value);
// "the change of calls", "adoption"
[[nodiscard]] std::string input_in_words(std::string_view input);

}  // namespace tiebeam::investment
