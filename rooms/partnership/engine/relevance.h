// Does IT report what the partner values? docs/method/metric-relevance.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/partnership/records.h"

namespace tiebeam::partnership {

constexpr double kRelevanceTarget = 0.8;

[[nodiscard]] double importance(Matters matters);  // no 0, somewhat 0.5, yes 1

struct Relevance {
  std::vector<MetricVote> asked;  // the newest answer for each measure, by measure
  std::vector<std::string> reported_not_valued, valued_not_reported;
  double reported = 0, all = 0;  // sums of importance
  // reported / all; none when nothing was asked, or nothing of it matters.
  [[nodiscard]] std::optional<double> share() const;
};

// The answers of one engagement (any when `engagement` is empty) given by `today`. The newest of a
// measure holds: by day, then by when it was written, then by id.
[[nodiscard]] Relevance relevance_of(const std::vector<MetricVote>& votes,
                                     std::string_view engagement, Day today);

}  // namespace tiebeam::partnership
