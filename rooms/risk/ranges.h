// Ranges as people say them: how often, how much, which share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

// A quantity in words, and its percentiles (chance, value) for a small picture.
struct Words {
  std::string text;
  std::vector<std::pair<double, double>> quantiles;
};
// "between once in 20 years and once in 2 years". REQUIRES: it can be meant.
[[nodiscard]] Words often_words(const Frequency& frequency);
// "EUR 20,000 to EUR 400,000 an event". Of several forms, their sum.
[[nodiscard]] Words cost_words(const std::vector<LossForm>& forms, const Currency& currency);
// "20 to 60 %"
[[nodiscard]] std::string share_words(const Estimate& share);

}  // namespace tiebeam::risk
