// Weekly counts of finished work, prepared so that a forecast from any past week sees only what was
// known then. Next: method.h, which makes the forecast.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tiebeam::flow {

// Half-lives in weeks of the two levels: what the last weeks say, and the last year. Source: ours,
// docs/method/forecast.md.
constexpr double kQuickHalfLife = 2, kSlowHalfLife = 26;

// Discounted mean and variance of the weeks before each week; a week `age` weeks back weighs
// 0.5^(age / half-life).
struct Level {
  std::vector<double> mean;      // [n + 1] items a week
  std::vector<double> typical;   // [n + 1] square of the mean root: a burst moves it less
  std::vector<double> variance;  // [n + 1] of a week
  std::vector<double> doubt;     // [n + 1] variance of the mean as a share of `variance`
};

// One stream's weeks. `number` puts them on a calendar that all series of a set share; it rises, by
// more than one where a shutdown was left out. sums[i] and the levels at i know of weeks before i
// only.
struct Series {
  std::string id;
  std::vector<std::int64_t> number;     // [n]
  std::vector<std::uint32_t> finished;  // [n] items
  std::int64_t end = 0;                 // number of the week that is about to begin
  std::vector<double> sums;             // [n + 1] items finished before week i
  Level quick, slow;

  [[nodiscard]] std::size_t size() const { return finished.size(); }
  // Items finished in the weeks [from, from + weeks). REQUIRES: they exist.
  [[nodiscard]] double sum(std::size_t from, std::size_t weeks) const {
    return sums[from + weeks] - sums[from];
  }
  // The calendar number at which week `origin` begins: what ended before it is known.
  [[nodiscard]] std::int64_t number_at(std::size_t origin) const {
    return origin < number.size() ? number[origin] : end;
  }
};

// REQUIRES: equal lengths, numbers rise and lie below `end`.
[[nodiscard]] Series make_series(std::string id, std::vector<std::int64_t> number,
                                 std::vector<std::uint32_t> finished, std::int64_t end);
// Weeks numbered first, first + 1, ...
[[nodiscard]] Series make_series(std::string id, std::int64_t first,
                                 std::vector<std::uint32_t> finished);

}  // namespace tiebeam::flow
