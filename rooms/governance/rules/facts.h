// What the rules of this room look at: plain facts that the facade takes from the engines.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "model/figures.h"

namespace tiebeam::governance {

struct PromiseFacts {
  std::string id, name;
  std::optional<Day> due;
  bool is_overdue = false;  // open past its first day, and nobody told
  bool is_open = false;
  bool has_receiver = false;
};

struct DecisionFacts {
  std::string id, name;
  std::optional<Day> needed_by;
  std::optional<Money> cost_a_week;
  bool is_late = false;
  bool has_decider = false;
};

struct Facts {
  Day today{};
  std::vector<PromiseFacts> promises;
  std::vector<DecisionFacts> waiting;
};
using ReadFacts = std::function<Facts(const FigureBook& book)>;

}  // namespace tiebeam::governance
