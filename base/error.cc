#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>

namespace tiebeam {

void throw_bug(std::string_view condition, std::string_view why, const char* file, int line) {
  throw Bug(fmt::format("{}:{}: {} does not hold: {}", file, line, condition, why));
}

int exit_status(Kind kind) { return kind == Kind::unavailable || kind == Kind::internal ? 3 : 2; }

namespace {
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

// Insertions, deletions, changes and swaps of neighbours. Source: optimal string alignment
// distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}
}  // namespace

std::string_view near_miss(std::string_view given,
                           const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kLongest = 64;  // nobody mistypes more, and the distance is quadratic
  std::string_view best;
  if (given.size() > kLongest) return best;
  std::size_t best_distance = given.size() / 3 + 1;
  for (const auto candidate : candidates) {
    if (candidate.size() > kLongest) continue;
    const std::size_t distance = edit_distance(given, candidate);
    if (distance < best_distance) best = candidate, best_distance = distance;
  }
  return best;
}

std::string did_you_mean(std::string_view given, const std::vector<std::string_view>& candidates) {
  const std::string_view near = near_miss(given, candidates);
  return near.empty() ? std::string{} : fmt::format("; did you mean '{}'?", near);
}

}  // namespace tiebeam
