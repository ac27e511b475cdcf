// The pack for a meeting with one partner: what changed since the last one, what is proposed as
// good, bad and ugly, what was asked and promised, and which decisions wait. docs/method/review.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/promise.h"
#include "model/snapshot.h"
#include "rooms/governance/records.h"
#include "rooms/partnership/engine/relevance.h"
#include "rooms/partnership/engine/rhythm.h"
#include "rooms/partnership/engine/wanted.h"

namespace tiebeam::partnership {

constexpr std::size_t kMostFigures = 7;

// Where a partner's review begins: the end of the day of the last closed meeting, else the day the
// rhythm began, else one cadence ago.
struct Period {
  Day since{};
  bool is_first = true;  // no meeting was closed yet
};
[[nodiscard]] Period period_of(const Engagement& engagement, const Rhythm& rhythm, Day today);

// One of the figures that the partner chose.
struct ChosenFigure {
  std::string chosen;  // as it stands in the engagement: "flow.cycle_time.km.p85", "kpi/churn"
  Figure now;
  std::optional<Figure> before;  // at the start of the period
  Wanted wanted = Wanted::neither;
  Trend trend = Trend::unknown;
  std::optional<MetricVote> vote;  // the newest answer to "does this matter to you?"
};

// Something to talk about: in words, with the record or the chosen figure it is about.
struct Point {
  std::string text;
  std::string type, id;  // of a record; empty: a figure
  std::string figure;    // key, as in ChosenFigure::now
};

struct PromiseLine {
  governance::Commitment record;
  Fate fate = Fate::not_due;
  bool is_ours = false;  // promised to the partner; else by the partner
};
struct ActionLine {
  Action record;
  bool is_overdue = false;
};
struct DecisionLine {
  governance::Decision record;
  std::optional<std::int64_t> age_days;
  std::optional<Money> cost_so_far;
  bool is_past_needed = false;
};
// A record that was written down or changed in the period.
struct ChangeLine {
  std::string type, id, name;
  bool is_new = false;
  Instant at{};
};

struct Review {
  Engagement engagement;
  std::string partner, partner_role, owner;  // names
  Instant as_of{};
  Day today{};
  Period period;
  Rhythm rhythm;
  Relevance relevance;
  std::vector<ChosenFigure> figures;
  std::vector<Point> good, bad, ugly;
  std::vector<std::string> asks;                // of the last closed meeting
  std::vector<PromiseLine> kept, missed, open;  // since the period began; open: all
  std::vector<ActionLine> actions;              // open ones, overdue first
  std::vector<DecisionLine> waiting;  // of this partner, by cost of delay a week, then age
  std::vector<DecisionLine> decided;  // in the period
  std::vector<ChangeLine> changes;    // newest first
};

// All but the figures, which the facade asks of the book. `figures` are those it asked for.
// `since` begins the period on another day than period_of says: the weekly digest.
[[nodiscard]] Review compute_review(const Snapshot& snapshot, const Engagement& engagement,
                                    Instant as_of, Day today, std::vector<ChosenFigure> figures,
                                    std::optional<Day> since = std::nullopt);

}  // namespace tiebeam::partnership
