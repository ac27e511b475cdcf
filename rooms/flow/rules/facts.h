// What the rules of this room look at: plain numbers that the facade takes from a report, because
// rules and engine do not know each other.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/figures.h"

namespace tiebeam::flow {

// Of the work in progress, in items a week.
struct Growth {
  double begun = 0, finished = 0, given_up = 0;
  double net = 0, low = 0, high = 0;
  std::size_t weeks = 0;  // full weeks it is measured over
};

// One value stream; an empty id stands for work in no stream.
struct StreamFacts {
  std::string id, name;
  std::int64_t now = 0;  // begun and not finished
  std::int64_t past_expectation = 0;
  std::vector<std::pair<std::string, double>> oldest;  // past it: key and age in days, at most 3
  std::optional<double> expectation_days;
  double expectation_share = 0.85;
  std::optional<Growth> growth;  // only where it is surely above 0
  std::optional<std::int64_t> wip_limit;
};

struct FlowFacts {
  Instant as_of{};
  double line_days = 0;  // 85 of 100 finish within
  std::vector<StreamFacts> streams;
  std::vector<std::pair<std::string, std::int64_t>>
      unmapped;  // state and events, most events first
  std::int64_t events = 0, unmapped_events = 0;
};

using ReadFacts = std::function<FlowFacts(const FigureBook& book)>;

}  // namespace tiebeam::flow
