// A case in words: what people read beside its figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rooms/investment/investment.h"

namespace tiebeam::investment {

// "how much "Days from order to cash" changes"
[[nodiscard]] std::string input_label(const Portfolio& portfolio, std::string_view input);
// "20 to 90, 9 in 10"; shares as percentages.
[[nodiscard]] std::string estimate_in_words(const Estimate& estimate, bool is_share);

// A sentence of text and figures: what it would change, what it costs, what it is worth.
struct CasePiece {
  std::string text;
  std::string figure;  // key; empty for plain text
};
[[nodiscard]] std::vector<CasePiece> sentence_of(const Portfolio& portfolio, const RecordCase& one,
                                                 const std::vector<Figure>& figures);
[[nodiscard]] std::string plain_text(const std::vector<CasePiece>& pieces);

}  // namespace tiebeam::investment
