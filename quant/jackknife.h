// How far a percentile moves when every value of a set is changed, and how sure that is. Seed-free:
// the delete-a-group jackknife. docs/method/bottlenecks.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "quant/quantile.h"

namespace tiebeam::quant {

constexpr std::size_t kJackknifeGroups = 20;
// The least number of values for an interval: two a group, so that no group is the whole tail.
constexpr std::size_t kJackknifeValues = 2 * kJackknifeGroups;

// Values sorted once, each with the group it is left out with: i modulo kJackknifeGroups, i its place
// in the order given. Give things in an order that has nothing to do with their values.
class GroupedValues {
 public:
  explicit GroupedValues(std::span<const std::int64_t> values);  // REQUIRES: not empty
  [[nodiscard]] std::int64_t quantile(double p) const;           // inverse ECDF
  // The same without the values of one group after the other. REQUIRES: kJackknifeValues values.
  [[nodiscard]] std::vector<std::int64_t> without_each_group(double p) const;
  [[nodiscard]] std::size_t size() const { return sorted_.size(); }

 private:
  struct Held {
    std::int64_t value;
    std::uint32_t group;
  };
  std::vector<Held> sorted_;
  std::vector<std::size_t> group_sizes_;
};

// quantile(before) - quantile(after) in the unit of the values, with its interval (Student's t on one
// degree less than there are groups); none below kJackknifeValues values.
// Source: Kott 2001, The delete-a-group jackknife; consistent for quantiles because a group holds many
// values (Shao and Wu 1989). REQUIRES: both hold the same things in the same order.
[[nodiscard]] std::optional<Spread> quantile_shift(const GroupedValues& before,
                                                   const GroupedValues& after, double p,
                                                   double level = kLevel);

}  // namespace tiebeam::quant
