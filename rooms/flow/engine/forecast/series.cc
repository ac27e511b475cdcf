#include "rooms/flow/engine/forecast/series.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace tiebeam::flow {
namespace {

Level level_of(const std::vector<std::uint32_t>& finished, double half_life) {
  const double keep = std::pow(0.5, 1 / half_life);
  Level out{.mean = {0}, .typical = {0}, .variance = {0}, .doubt = {1}};
  double sum = 0, roots = 0, squares = 0, weight = 0, weight_squares = 0;
  for (const std::uint32_t count : finished) {
    const double value = count;
    sum = sum * keep + value;
    roots = roots * keep + std::sqrt(value);
    squares = squares * keep + value * value;
    weight = weight * keep + 1;
    weight_squares = weight_squares * keep * keep + 1;
    const double mean = sum / weight;
    out.mean.push_back(mean);
    out.typical.push_back(roots / weight * (roots / weight));
    out.variance.push_back(std::max(0.0, squares / weight - mean * mean));
    out.doubt.push_back(weight_squares / (weight * weight));
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
  out.quick = level_of(finished, kQuickHalfLife);
  out.slow = level_of(finished, kSlowHalfLife);
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
