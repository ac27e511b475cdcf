// Where work stays: visits and stays per state, with the present stays counted as unfinished, the
// share of the cycle time, growth, and which states the waiting is made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "quant/survival.h"
#include "rooms/flow/engine/window.h"

namespace tiebeam::flow {

struct StateRow {
  std::string state;
  Meaning meaning = Meaning::unknown;
  std::int64_t events = 0;  // rows in the window, repeats included
  std::int64_t visits = 0;  // entries in the window
  std::int64_t now = 0;     // items in it at the horizon
  // Length of a stay, unfinished ones counted; none: too few, or not reached. No stays in done and
  // cancelled.
  std::optional<double> p50_days, p85_days, p95_days;
  std::int64_t unfinished = 0;          // stays that still last
  double share = 0;                     // of the cycle time of what finished in the window
  std::optional<double> growth_a_week;  // entries less exits, over the last full weeks
  double rank = 0;  // share x (1 + max(0, growth / exits)): the bottleneck leads
};

struct WaitRow {
  std::string state;
  Meaning meaning = Meaning::wait;
  std::string party;  // whom it waits for, where the map says so
  double days = 0;    // of what finished in the window
  double share = 0;   // of all its waiting
};

// How the present stay of an open item stands against all stays in its state.
struct Pace {
  std::optional<double>
      percentile;                   // share of stays that end by this age; none: too few have ended
  std::optional<double> line_days;  // 85 of 100 leave within; none: too few, or not reached
  // Where enough stays have ended and the line is not reached: the longest of them, and how many.
  std::optional<double> longest_ended_days;
  std::size_t ended = 0;
};
constexpr std::size_t kPaceStays = 5;  // ended stays before a stay is judged. Source: ours.

struct States {
  std::vector<StateRow> rows;  // by share, largest first
  std::vector<WaitRow> waits;  // longest first
  std::int64_t events = 0;     // rows in the window
  std::int64_t unmapped_events = 0;
  std::vector<Pace> pace;  // one per FlowLog::items; empty where no stay lasts at the horizon
};

// `rates`: indices of the weeks that growth is measured over.
struct RateWeeks {
  std::int64_t from = 0, to = 0;  // the last full weeks, as one stretch
  std::size_t count = 0;
};
[[nodiscard]] RateWeeks rate_weeks(const std::vector<Period>& weeks);
constexpr std::size_t kRateWeeks = 13;

[[nodiscard]] States states_of(const FlowLog& log, const Walked& walked, const Window& window,
                               const RateWeeks& rates);

}  // namespace tiebeam::flow
