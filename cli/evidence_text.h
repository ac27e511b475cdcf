// A row of evidence for people who read it: its exact numbers stay in the JSON answer, here they
// are rounded and put into words.
#pragma once

#include <string>
#include <string_view>

#include "model/figures.h"

namespace tiebeam::cli {

// "part=30.108159 whole=87.645717 days in Review" as "30.1 of 87.6 days in Review",
// "entry_days=0 exit_days=61.405 event=open" as "still open at an age of 61.4 days". Other pairs
// lose their signs: "left_seconds=12.04 right_seconds=12.04" as "left seconds 12, right seconds
// 12".
[[nodiscard]] std::string detail_in_words(std::string_view what);
// What a row adds to `figure`, with the figure's currency where that is money; empty for nothing.
[[nodiscard]] std::string part_in_words(const Evidence& row, const Figure& figure);

}  // namespace tiebeam::cli
