// How the work of a made-up team flows: what comes in, which stations it passes, who holds it. Read
// from a file that people can read and change (demo/README.md says what each field is).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "model/json.h"

namespace tiebeam::demonstration {

struct Share {
  std::string name;
  double weight = 0;
};

// A lognormal time in working days: half are below `half`, nine of ten below `nine_tenths`.
struct Spell {
  double half = 0;
  double nine_tenths = 0;
};

// A place that work passes. With `desks`, only so many pieces at once: the others stand in `queue`.
struct Station {
  std::string state;
  std::string queue;  // "": they wait where they were
  std::string team;
  Spell days;
  std::int64_t desks = 0;           // 0: no limit
  double chance = 1;                // that a piece passes here at all
  std::vector<std::string> types;   // only these; empty: all
  double back_chance = 0;           // that it goes back to `back_to` afterwards
  std::string back_to;              // the state of an earlier station
  bool keeps_holder = false;        // whoever had it goes on
  std::vector<Share> holders = {};  // of this station; empty: those of the service
};

struct Service {
  std::string name;
  double weight = 0;
  std::vector<Share> holders;
  std::vector<std::string> things;  // what titles speak of
  std::vector<Share> initiatives;   // "" stands for none
};

struct Type {
  std::string name;
  double weight = 0;
  double priority_high = 0.2;       // share of urgent ones
  std::vector<std::string> titles;  // "Install {thing} for {who}"
};

// From `from` on, `a_week` pieces come in on average.
struct Rate {
  Day from{};
  double a_week = 0;
};

struct WorkPlan {
  std::string value_stream, prefix;  // "O2C": keys are O2C-1, O2C-2
  std::int64_t first_number = 1;
  Day from{};
  std::string hours;  // of base/calendar.h; "always"
  std::string created_state;
  std::vector<Rate> rates;  // by rising day
  std::vector<Type> types;
  std::vector<Service> services;
  std::vector<std::string> who;
  std::vector<Station> stations;
  std::string done_state;
  double dropped = 0;  // share that is cancelled in `dropped_state` at some station
  std::string dropped_state;
};

// Errors: demo.bad_plan, with all faults and their JSON pointers in the detail.
[[nodiscard]] Result<WorkPlan> work_plan(const Json& json);

}  // namespace tiebeam::demonstration
