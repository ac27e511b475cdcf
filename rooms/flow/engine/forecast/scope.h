// How much work a question is about: a number, or a range that holds it nine times in ten, grown by
// what comes up while working. docs/method/forecast.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tiebeam::flow {

constexpr std::size_t kMostItems = 1'000'000;
constexpr double kLargestSplit = 10;
constexpr std::size_t kWidestRange = 100;  // high / low

struct Scope {
  std::size_t low = 0, high = 0;  // equal: certain; else 5 % and 95 % of a lognormal, low >= 1
  double split = 0;               // further items that come up for each, on average; 0 to 10

  [[nodiscard]] bool is_certain() const { return low == high && split == 0; }
};

struct ScopePoint {
  std::size_t items;
  double weight;
};
// The scope as points of rising size whose weights sum to 1: low, or the range, plus Poisson(items
// x split). Up to 4096 items each number is a point of its own; above, steps of 1 in 128. Source:
// discretised lognormal between two percentiles, P(N = n) = F(n + 1/2) - F(n - 1/2).
[[nodiscard]] std::vector<ScopePoint> points_of(const Scope& scope);
[[nodiscard]] double mean_of(std::span<const ScopePoint> points);

// "30", "20-40".
[[nodiscard]] std::string scope_text(const Scope& scope);

}  // namespace tiebeam::flow
