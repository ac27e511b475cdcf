#include "quant/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "quant/incomplete.h"
#include "quant/special.h"

namespace tiebeam::quant {

std::optional<RangeAnswer> parse_range_answer(std::string_view text) {
  const auto words = split_at(text, ' ');
  if (words.size() != 5 || words[0].empty()) return std::nullopt;
  std::array<double, 4> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto number = parse_number(words[i + 1]);
    if (!number || !std::isfinite(*number)) return std::nullopt;
    numbers[i] = *number;
  }
  if (numbers[0] > numbers[1] || numbers[3] <= 0) return std::nullopt;
  return RangeAnswer{std::string(words[0]), numbers[0], numbers[1], numbers[2], numbers[3]};
}

std::string format_range_answer(const RangeAnswer& answer) {
  return fmt::format("{} {} {} {} {}", answer.question, answer.low, answer.high, answer.truth,
                     answer.scale);
}

std::size_t hits_of(std::span<const RangeAnswer> answers) {
  return static_cast<std::size_t>(std::ranges::count_if(answers, is_hit));
}

double interval_score(double low, double high, double truth, double level) {
  const double outside = std::max({low - truth, truth - high, 0.0});
  return high - low + 2 / (1 - level) * outside;
}

double mean_score(std::span<const RangeAnswer> answers, double level) {
  double sum = 0;
  for (const RangeAnswer& each : answers)
    sum += interval_score(each.low, each.high, each.truth, level) / each.scale;
  return sum / static_cast<double>(answers.size());
}

double chance_of_so_few(std::size_t hits, std::size_t asked, double level) {
  return binomial_cdf(static_cast<double>(hits), static_cast<double>(asked), level);
}

Spread jeffreys(std::size_t k, std::size_t n, double level) {
  const double part = static_cast<double>(k), whole = static_cast<double>(n);
  const double a = part + 0.5, b = whole - part + 0.5, tail = (1 - level) / 2;
  return {.value = part / whole,
          .low = k == 0 ? 0 : beta_quantile(a, b, tails_of(tail)).p,
          .high = k == n ? 1 : beta_quantile(a, b, tails_of(1 - tail)).p};
}

void set_hits(Figure& figure, std::span<const RangeAnswer> answers) {
  figure.n = static_cast<std::int64_t>(answers.size());
  if (answers.size() < kAnswersNeeded) {
    figure.value = {};
    figure.interval.reset();
    figure.status = Status::too_few;
    figure.reason = fmt::format("{} answers: from {} on it can be told apart from luck",
                                answers.size(), kAnswersNeeded);
    return;
  }
  const Spread share = jeffreys(hits_of(answers), answers.size());
  figure.value = share.value;
  figure.interval = Interval{share.low, share.high, kLevel};
}

}  // namespace tiebeam::quant
