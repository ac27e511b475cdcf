// What kind of constraint a state is, and how that is known: from whom its map says it waits for,
// from words in its name, from the rhythm in which work leaves it, from what follows it. Never a
// guess without a sentence that says why.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/flow/engine/party/kinds.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// people: work waits for, or is in, someone's hands. automation: for a machine or an environment.
// timing: for a decision, a date or a timer. dependency: for someone outside the stream.
enum class Constraint : std::uint8_t { people, automation, timing, dependency, unclear };
[[nodiscard]] std::string_view constraint_name(Constraint constraint);

// What the stays in one state show, over the window.
struct StateSigns {
  std::string name;
  Meaning meaning = Meaning::unknown;
  std::string party;               // as the map says; empty: not said
  std::vector<std::int64_t> ends;  // length of each stay that ended in the window, where known
  std::size_t stays = 0;           // that ended in the window
  std::int64_t blocked_time = 0, time = 0;
  std::size_t to_active = 0;  // stays after which, all further waiting past, work began
  std::size_t to_done = 0;    // stays after which, likewise, the work was done
  std::size_t with_team = 0;  // stays that ended with a team known
  std::string team;           // that took most of them (a state that is worked in: that held it)
  std::size_t by_team = 0;    // how many that was
  std::array<std::size_t, 7> weekdays{};  // of the ends, Monday first, in the stream's zone
  std::size_t weeks = 0;                  // different weeks among the ends
};

struct Judged {
  Constraint constraint = Constraint::unclear;
  bool is_approval = false;  // a decision, a sign-off or a meeting
  std::string because;       // one sentence
  std::string team;          // whose queue or work it is, where one team takes most of it
};

// Source of the limits: ours, docs/method/bottlenecks.md.
constexpr std::size_t kTimerStays = 20;   // ended stays before a timer is believed
constexpr double kTimerWidth = 0.1;       // p75 - p25 as a share of the median
constexpr std::size_t kRhythmStays = 30;  // ended stays before a weekly meeting is believed
constexpr std::size_t kRhythmWeeks = 4;
constexpr double kRhythmShare = 0.6;  // of the ends on one day of the week
constexpr double kMostly = 0.5;

// One per state id; of a state that no stay in the window ended in, only the name.
[[nodiscard]] std::vector<StateSigns> state_signs(const FlowReport& report);
// REQUIRES: `signs.ends` in any order.
[[nodiscard]] Judged judge(const StateSigns& signs);

}  // namespace tiebeam::flow
