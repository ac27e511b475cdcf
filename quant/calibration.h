// How well ranges held that people gave for questions with known answers.
// docs/method/calibration.md.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "quant/quantile.h"

namespace tiebeam::quant {

// One range with what became known. `scale` is what its width is measured in, so that years and
// metres can be added up.
struct RangeAnswer {
  std::string question;
  double low = 0, high = 0;
  double truth = 0;
  double scale = 1;
};
// "eiffel-height 250 400 312 312": question, low, high, truth, scale. None for anything else:
// five words, finite numbers, low <= high, scale above 0.
[[nodiscard]] std::optional<RangeAnswer> parse_range_answer(std::string_view text);
// The shortest text that reads back the same.
[[nodiscard]] std::string format_range_answer(const RangeAnswer& answer);

[[nodiscard]] inline bool is_hit(const RangeAnswer& answer) {
  return answer.low <= answer.truth && answer.truth <= answer.high;
}
[[nodiscard]] std::size_t hits_of(std::span<const RangeAnswer> answers);

// (high - low) + 2 / (1 - level) x how far the truth lies outside: 0 is best. Unit: the answer's.
// Source: Winkler 1972; Gneiting and Raftery 2007, eq. 43. REQUIRES: 0 < level < 1.
[[nodiscard]] double interval_score(double low, double high, double truth, double level);
// Mean of the scores in units of each answer's scale. REQUIRES: not empty.
[[nodiscard]] double mean_score(std::span<const RangeAnswer> answers, double level);

// P(at most so many hits) of somebody whose ranges hold with chance `level`, each by itself.
// 5 of 10 at 0.9: 0.0016. REQUIRES: hits <= asked.
[[nodiscard]] double chance_of_so_few(std::size_t hits, std::size_t asked, double level);
// k of n with the interval of Jeffreys: quantiles of Beta(k + 1/2, n - k + 1/2), 0 at k = 0 and 1
// at k = n. Source: Brown, Cai and DasGupta 2001, section 3.1.2. REQUIRES: k <= n, n >= 1.
[[nodiscard]] Spread jeffreys(std::size_t k, std::size_t n, double level = kLevel);

// From here on a person's share of hits is told. With 10 answers, one whose ranges hold 7 times in
// 10 is taken for one of 9 in 10 (8 hits or more) in 38 of 100 cases, with 20 answers (17 or more)
// in 11.
constexpr std::size_t kAnswersNeeded = 20;
// Fills value, interval and n; too few below kAnswersNeeded.
void set_hits(Figure& figure, std::span<const RangeAnswer> answers);

}  // namespace tiebeam::quant
