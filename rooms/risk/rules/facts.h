// What the rules of this room look at: plain facts that the facade takes from records and engines.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/figures.h"

namespace tiebeam::risk {

struct AppetiteFacts {
  std::string id, loss;          // "EUR 1,000,000"
  std::string agreed, comes_to;  // "1 year in 10"
  double factor = 0;             // chance / agreed chance
  bool is_breached = false, is_undecided = false;
  std::string set_by;  // name, or ""
};

struct ScenarioFacts {
  std::string id, name;
  bool has_owner = false, is_accepted = false, has_acceptor = false;
  std::optional<Day> review_on, estimated_on;
  std::vector<std::string> lacks;  // "how often it happens"; empty: it is simulated
  bool has_estimate = false;       // any at all
};

struct ControlFacts {
  std::string id, name;
  bool is_in_place = false;
  std::optional<Day> tested_at;
  std::optional<bool> test_passed;
};

struct Facts {
  Day today{};
  std::size_t finished = 0;             // scenarios
  std::vector<AppetiteFacts> appetite;  // points that count
  std::vector<std::string>
      chief_drivers;  // names of the scenarios that make most of the worst years
  std::vector<ScenarioFacts> scenarios;
  std::vector<ControlFacts> controls;
};
using ReadFacts = std::function<Facts(const FigureBook& book)>;

constexpr int kStaleDays = 365;  // an estimate, or the test of a control; ours
[[nodiscard]] inline std::int64_t days_between(Day from, Day to) {
  return (std::chrono::sys_days{to} - std::chrono::sys_days{from}).count();
}

}  // namespace tiebeam::risk
