// What the rules of this room look at: plain facts that the facade takes from the engines.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/figures.h"
#include "rooms/investment/records.h"

namespace tiebeam::investment {

struct OldEstimate {
  std::string input;  // in words
  Day given_on{};
};

struct CaseFacts {
  std::string id, name;
  Stage stage = Stage::idea;
  bool is_mandatory = false;
  bool has_champion = false, has_business_owner = false;
  bool has_people_plan = false, has_process_plan = false;
  bool is_valued = false, has_benefit = false;
  double mean = 0;         // money; against doing nothing, where that costs something
  std::string mean_words;  // "EUR -40k"
  std::string signed_state, signed_why;
  std::vector<OldEstimate> old;    // estimates given longer ago than they should be
  std::optional<Day> was_due;      // of use in 9 of 10 cases by then, and it is past
  std::optional<Day> benefit_due;  // half of the cases were to bring something by then; past
  bool has_reading = false;

  // Money is spent on it, or was.
  [[nodiscard]] bool is_decided() const {
    return stage == Stage::funded || stage == Stage::scaling || stage == Stage::done;
  }
  [[nodiscard]] bool is_running() const {
    return stage == Stage::funded || stage == Stage::scaling;
  }
};

// A KPI that several cases are to move.
struct SharedKpi {
  std::string id, name, unit;
  std::vector<std::string> initiatives;  // names
  double share_sum = 0;                  // of the shares they claim of its change
  double promised = 0;                   // together, in the KPI's unit, towards its target
  std::optional<double> gap = {};        // from where it stands to its target, when it has one
};

struct Facts {
  Day today{};
  std::vector<CaseFacts> cases;
  std::vector<SharedKpi> kpis;
};
using ReadFacts = std::function<Facts(const FigureBook& book)>;

}  // namespace tiebeam::investment
