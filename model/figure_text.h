// Figures in words: the only place of the program that rounds a number for people. At most three
// significant digits; full precision stays in JSON and in the trail.
#pragma once

#include <string>
#include <string_view>

#include "base/figure.h"

namespace tiebeam {

// "18.1 days", "5 hours", "31 %", "1,012 items a week", "EUR 4.2m"; the reason when there is no
// value.
[[nodiscard]] std::string in_words(const Figure& figure);
[[nodiscard]] std::string in_words(double value, std::string_view unit);
// "17.9 to 18.3 days", or nothing.
[[nodiscard]] std::string between(const Figure& figure);
// "17.9 to 18.3 days, 9 in 10", or nothing.
[[nodiscard]] std::string interval_in_words(const Figure& figure);
// At most `digits` significant digits, thousands separated by commas: "24,643", "0.31", "18.1".
[[nodiscard]] std::string rounded(double value, int digits = 3);
// "24,643"
[[nodiscard]] std::string counted(std::int64_t value);

}  // namespace tiebeam
