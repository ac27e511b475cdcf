// What the rules of the review look at: plain facts that the facade takes from the engines.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/figures.h"

namespace tiebeam::partnership {

struct DatedFacts {
  std::string id, name;
  std::optional<Day> day;
};
struct ReviewFacts {
  Day today{};
  std::vector<DatedFacts> silent;    // engagements; day: when they last met
  std::vector<DatedFacts> overdue;   // actions; day: by when they were to be done
  std::vector<DatedFacts> unclosed;  // meetings held more than a week ago; day: when
};
using ReadReviewFacts = std::function<ReviewFacts(const FigureBook& book)>;

}  // namespace tiebeam::partnership
