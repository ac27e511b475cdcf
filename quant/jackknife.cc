#include "quant/jackknife.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "base/error.h"
#include "quant/special.h"

namespace tiebeam::quant {

GroupedValues::GroupedValues(std::span<const std::int64_t> values)
    : group_sizes_(kJackknifeGroups, 0) {
  TB_CHECK(!values.empty(), "a percentile needs values");
  sorted_.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto group = static_cast<std::uint32_t>(i % kJackknifeGroups);
    sorted_.push_back({values[i], group});
    ++group_sizes_[group];
  }
  std::ranges::sort(sorted_, [](const Held& a, const Held& b) {
    return std::tie(a.value, a.group) < std::tie(b.value, b.group);
  });
}

std::int64_t GroupedValues::quantile(double p) const {
  return sorted_[rank_of(sorted_.size(), p) - 1].value;
}

// The rank wanted among the rest lies at most one group's size further in the whole: count the groups
// up to the least possible place once, then walk on for each.
std::vector<std::int64_t> GroupedValues::without_each_group(double p) const {
  TB_CHECK(sorted_.size() >= kJackknifeValues, "each group leaves enough values");
  std::vector<std::size_t> ranks;
  for (const std::size_t size : group_sizes_) ranks.push_back(rank_of(sorted_.size() - size, p));
  const std::size_t start = std::ranges::min(ranks) - 1;
  std::array<std::size_t, kJackknifeGroups> left_out{};
  for (std::size_t i = 0; i < start; ++i) ++left_out[sorted_[i].group];
  std::vector<std::int64_t> out;
  for (std::size_t group = 0; group < kJackknifeGroups; ++group) {
    std::size_t kept = start - left_out[group];
    std::size_t i = start;
    while (true) {
      kept += sorted_[i].group != group ? 1 : 0;
      if (kept == ranks[group]) break;
      ++i;
    }
    out.push_back(sorted_[i].value);
  }
  return out;
}

std::optional<Spread> quantile_shift(const GroupedValues& before, const GroupedValues& after,
                                     double p, double level) {
  TB_CHECK(before.size() == after.size(), "both are of the same things");
  if (before.size() < kJackknifeValues) return std::nullopt;
  const auto first = before.without_each_group(p), second = after.without_each_group(p);
  constexpr auto kGroups = static_cast<double>(kJackknifeGroups);
  std::array<double, kJackknifeGroups> each{};
  double sum = 0;
  for (std::size_t g = 0; g < kJackknifeGroups; ++g) {
    each[g] = static_cast<double>(first[g] - second[g]);
    sum += each[g];
  }
  double squares = 0;
  for (const double value : each) squares += (value - sum / kGroups) * (value - sum / kGroups);
  const double error = std::sqrt((kGroups - 1) / kGroups * squares);
  const double half = student_quantile((1 + level) / 2, kGroups - 1) * error;
  const auto value = static_cast<double>(before.quantile(p) - after.quantile(p));
  return Spread{value, value - half, value + half};
}

}  // namespace tiebeam::quant
