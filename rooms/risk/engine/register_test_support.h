// Registers in a line or two, and every single year of a scenario, for tests of the risk engine.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rooms/risk/engine/block.h"
#include "rooms/risk/engine/control_sets.h"
#include "rooms/risk/engine/simulate.h"

namespace tiebeam::risk::test {

inline Estimate said(std::string_view text) {
  auto read = parse_estimate(text);
  EXPECT_TRUE(read.has_value()) << text << ": " << (read ? "" : read.error().message);
  return read.value_or(Estimate::point(0));
}

// Poisson counts at a rate, or at rate x vulnerability.
inline Frequency poisson(std::string_view rate, std::string_view vulnerability = {}) {
  Frequency out;
  out.factors = {said(rate)};
  out.factor_fields = {"/rate"};
  out.shares = {false};
  if (vulnerability.empty()) return out;
  out.factors.push_back(said(vulnerability));
  out.factor_fields.emplace_back("/vulnerability");
  out.shares.push_back(true);
  return out;
}
inline Frequency bernoulli(std::string_view p) {
  return {
      .law = CountLaw::bernoulli, .factors = {said(p)}, .factor_fields = {"/p"}, .shares = {true}};
}
inline Frequency negative_binomial(double mean, double size) {
  Frequency out;
  out.law = CountLaw::negative_binomial;
  out.mean = mean;
  out.size = size;
  return out;
}
inline Frequency fixed(std::uint32_t count) {
  Frequency out;
  out.law = CountLaw::fixed;
  out.count = count;
  return out;
}

inline Scenario scenario(std::string id, Frequency frequency, std::string_view loss) {
  Scenario out;
  out.id = std::move(id);
  out.frequency = std::move(frequency);
  out.primary = {{"", said(loss)}};
  return out;
}
inline Control control(std::string id, std::string_view cost, std::vector<Reduction> reduces) {
  return {
      .id = std::move(id), .title = {}, .cost_a_year = said(cost), .reduces = std::move(reduces)};
}
inline Reduction fewer(std::size_t scenario, std::string_view by) {
  return {scenario, Factor::frequency, said(by)};
}
inline Reduction smaller(std::size_t scenario, std::string_view by) {
  return {scenario, Factor::magnitude, said(by)};
}
inline Register of(std::vector<Scenario> scenarios) {
  Register out;
  out.currency = *Currency::create("EUR");
  out.scenarios = std::move(scenarios);
  return out;
}

inline Simulation run(const Register& wanted, std::uint64_t trials, std::uint64_t seed = 1) {
  auto found = simulate(wanted, {.trials = trials, .seed = seed});
  EXPECT_TRUE(found.has_value()) << (found ? "" : found.error().message);
  return found ? *std::move(found) : Simulation{};
}

// Year by year what a scenario loses, as it is and as each set of controls leaves it.
struct Years {
  std::vector<double> before;
  std::vector<std::vector<double>> after;
  bool sums = false;
};
inline Years years(const Register& wanted, std::size_t scenario, std::uint64_t trials,
                   std::uint64_t seed = 1, const std::vector<ControlSet>& sets = {},
                   std::uint64_t first_block = 0) {
  auto prepared = prepare(wanted, seed);
  EXPECT_TRUE(prepared.has_value()) << (prepared ? "" : prepared.error().message);
  if (!prepared) return {};
  const auto place = static_cast<std::size_t>(std::ranges::find(prepared->place, scenario) -
                                              prepared->place.begin());
  const auto work = std::make_unique<Workspace>(*prepared);
  const auto loss = std::make_unique<BlockLoss>();
  Years out;
  out.after.resize(sets.size());
  for (std::uint64_t block = 0; block * quant::kBlock < trials; ++block) {
    simulate_block(prepared->scenarios[place], first_block + block,
                   {prepared->reductions[place], sets}, *work, *loss);
    const auto n = static_cast<std::ptrdiff_t>(
        std::min<std::uint64_t>(quant::kBlock, trials - block * quant::kBlock));
    out.before.insert(out.before.end(), loss->before.begin(), loss->before.begin() + n);
    for (std::size_t v = 0; v < sets.size(); ++v)
      out.after[v].insert(out.after[v].end(), loss->after[v].begin(), loss->after[v].begin() + n);
    out.sums = out.sums || loss->sums;
  }
  return out;
}

struct Sample {
  double mean = 0, sd = 0, se = 0;
};
inline Sample sample_of(const std::vector<double>& x) {
  const auto n = static_cast<double>(x.size());
  double sum = 0, square = 0;
  for (const double each : x) sum += each;
  for (const double each : x) square += (each - sum / n) * (each - sum / n);
  const double sd = std::sqrt(square / (n - 1));
  return {sum / n, sd, sd / std::sqrt(n)};
}
inline std::vector<double> sorted(std::vector<double> x) {
  std::ranges::sort(x);
  return x;
}

// The largest distance between the years' distribution and `cdf`, which may jump at 0.
template <class Cdf>
double distance(const std::vector<double>& rising, Cdf cdf) {
  const auto n = static_cast<double>(rising.size());
  double most = 0;
  for (std::size_t i = 0; i < rising.size();) {
    std::size_t next = i;
    while (next < rising.size() && rising[next] == rising[i]) ++next;
    const double at = cdf(rising[i]);
    most = std::max(most, std::abs(static_cast<double>(next) / n - at));
    if (rising[i] > 0) most = std::max(most, std::abs(at - static_cast<double>(i) / n));
    i = next;
  }
  return most;
}

}  // namespace tiebeam::risk::test
