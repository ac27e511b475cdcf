#include "rooms/flow/engine/forecast/series.h"

#include <cmath>
#include <numeric>

#include "base/error.h"

namespace tiebeam::flow {
namespace {

// Discounted mean of the weeks before each week: a week `age` weeks back weighs
// 0.5^(age/half_life).
std::vector<double> levels_of(const std::vector<std::uint32_t>& finished, double half_life) {
  const double keep = std::pow(0.5, 1 / half_life);
  std::vector<double> out;
  out.reserve(finished.size() + 1);
  double sum = 0, weight = 0;
  out.push_back(0);
  for (const std::uint32_t count : finished) {
    sum = sum * keep + count;
    weight = weight * keep + 1;
    out.push_back(sum / weight);
  }
  return out;
}

}  // namespace

Series make_series(std::string id, std::vector<std::int64_t> number,
                   std::vector<std::uint32_t> finished, std::int64_t end) {
  TB_CHECK(number.size() == finished.size() && (number.empty() || number.back() < end),
           "each week has its number and has ended");
  Series out;
  out.id = std::move(id);
  out.number = std::move(number);
  out.end = end;
  out.sums.reserve(finished.size() + 1);
  out.sums.push_back(0);
  for (const std::uint32_t count : finished) out.sums.push_back(out.sums.back() + count);
  for (std::size_t i = 0; i < kHalfLives.size(); ++i) {
    out.levels[i] = levels_of(finished, kHalfLives[i]);
  }
  out.finished = std::move(finished);
  return out;
}

Series make_series(std::string id, std::int64_t first, std::vector<std::uint32_t> finished) {
  std::vector<std::int64_t> number(finished.size());
  std::iota(number.begin(), number.end(), first);
  const std::int64_t end = first + static_cast<std::int64_t>(finished.size());
  return make_series(std::move(id), std::move(number), std::move(finished), end);
}

}  // namespace tiebeam::flow
