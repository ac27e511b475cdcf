#include "rooms/risk/ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/figure_text.h"
#include "quant/draw.h"
#include "quant/philox.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

constexpr double kShown[] = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
constexpr std::size_t kDrawn = 1u << 12;  // of a product or a sum of several estimates

using quant::Marginal;

// Percentiles of one estimate, or of several put together draw by draw.
template <class Join>
std::vector<std::pair<double, double>> percentiles(const std::vector<Estimate>& parts, Join join) {
  std::vector<Marginal> laws;
  for (const Estimate& each : parts) {
    const auto made = Marginal::create(each);
    if (!made) return {};
    laws.push_back(*made);
  }
  std::vector<std::pair<double, double>> out;
  if (laws.size() == 1) {
    for (const double p : kShown) out.emplace_back(p, laws[0].quantile(p));
    return out;
  }
  std::vector<double> all;
  quant::Key key = quant::key_of(1, "ranges");
  for (std::uint32_t i = 0; i < kDrawn; ++i) {
    double value = 0;
    for (std::uint32_t part = 0; part < laws.size(); ++part) {
      const auto words = quant::philox({i, part, 0, 0}, key);
      const double drawn = laws[part].quantile(quant::uniform_of(words[0], words[1]));
      value = part == 0 ? drawn : join(value, drawn);
    }
    all.push_back(value);
  }
  std::ranges::sort(all);
  for (const double p : kShown) out.emplace_back(p, all[quant::rank_of(all.size(), p) - 1]);
  return out;
}

double at(const Words& words, double p) {
  const auto found = std::ranges::find(words.quantiles, p, &std::pair<double, double>::first);
  return found == words.quantiles.end() ? 0 : found->second;
}

// "once in 20 years", "3 times a year"
std::string rate_words(double rate) {
  if (rate <= 0) return "never";
  if (rate < 0.95) return fmt::format("once in {} years", rounded(1 / rate, 2));
  if (rate < 1.05) return "once a year";
  return fmt::format("{} times a year", rounded(rate, 2));
}

}  // namespace

Words often_words(const Frequency& frequency) {
  Words out;
  if (frequency.law == CountLaw::fixed || frequency.law == CountLaw::negative_binomial) {
    const double mean = frequency.law == CountLaw::fixed ? frequency.count : frequency.mean;
    out.text = rate_words(mean) + (frequency.law == CountLaw::fixed ? ", always" : ", in clusters");
    for (const double p : kShown) out.quantiles.emplace_back(p, mean);
    return out;
  }
  out.quantiles = percentiles(frequency.factors, [](double a, double b) { return a * b; });
  const double low = at(out, 0.05), high = at(out, 0.95);
  if (frequency.law == CountLaw::bernoulli) {
    out.text = low == high
                   ? fmt::format("at most once, in {}", years_words(low))
                   : fmt::format("at most once, in {} to {}", years_words(low), years_words(high));
  } else {
    out.text = low == high ? rate_words(low)
                           : fmt::format("between {} and {}", rate_words(low), rate_words(high));
  }
  return out;
}

Words cost_words(const std::vector<LossForm>& forms, const Currency& currency) {
  std::vector<Estimate> parts;
  for (const LossForm& each : forms) parts.push_back(each.amount);
  Words out;
  out.quantiles = percentiles(parts, [](double a, double b) { return a + b; });
  const double low = at(out, 0.05), high = at(out, 0.95);
  out.text = low == high ? money_words(low, currency) + " an event"
                         : fmt::format("{} to {} an event", money_words(low, currency),
                                       money_words(high, currency));
  return out;
}

std::string share_words(const Estimate& share) {
  const auto law = Marginal::create(share);
  if (!law) return format_estimate(share);
  const double low = 100 * law->quantile(0.05), high = 100 * law->quantile(0.95);
  return low == high ? fmt::format("{} %", rounded(low, 2))
                     : fmt::format("{} to {} %", rounded(low, 2), rounded(high, 2));
}

}  // namespace tiebeam::risk
