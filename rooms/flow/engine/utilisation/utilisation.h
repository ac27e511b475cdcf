// How busy teams are beside how well work flows through them, and what ten in a hundred more work
// would do to its waits. Teams only; a team of fewer than three people would be a person's figure.
// docs/method/bottlenecks.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/report.h"
#include "rooms/flow/engine/utilisation/presence.h"

namespace tiebeam::flow {

constexpr std::size_t kLeastWeeks = 4;  // fewer tell nothing of a pace
constexpr double kMoreLoad = 0.1;

// What ten in a hundred more work does, as a range over two readings: all people take from one
// queue, or each has their own; of the waiting only as much as the formula explains. Not a matter
// of chance.
struct MoreLoad {
  double factor_low = 1, factor_high = 1;  // waits before its work, after / before
  double days_low = 0, days_high = 0;  // added to the wait before a stay of its work, on average
};

struct TeamWeek {
  std::uint32_t week;                           // index in FlowReport::week_periods
  std::int64_t busy = 0, seen = 0, active = 0;  // microseconds, over its people
  std::vector<std::uint32_t> rows = {};         // of the transitions: one for each person seen
  std::vector<std::uint32_t> persons = {};      // who was seen; never shown
};

// A row of evidence: a team in a week, or weeks put together. Always of at least kLeastPeople.
struct ToldWeeks {
  std::string team;  // empty: of several teams, or of a team in several weeks
  TeamWeek sums;     // `week` and `rows` only where it is one week of a team
  std::size_t weeks = 1;
};

struct TeamRow {
  std::string team;
  std::size_t people = 0;
  std::vector<TeamWeek> weeks;
  std::optional<double> utilisation;
  std::optional<Interval> utilisation_interval;
  std::optional<double> at_once;  // active items per busy person
  std::size_t items = 0;          // finished items it held
  std::optional<double> efficiency;
  std::optional<Interval> efficiency_interval;
  std::optional<MoreLoad> more_load;
  std::string reason, efficiency_reason, load_reason;  // why each is missing
};

struct Utilisation {
  std::vector<TeamRow> rows;  // most active time first
  bool has_people = false;    // some row of the log names a team and a person
};

[[nodiscard]] Utilisation compute_utilisation(const FlowReport& report);
// Every week of the teams that are told of, once. Weeks of fewer than kLeastPeople are put
// together, with the next larger ones while they are still of too few: no row, and nothing that is
// left when the others are taken from the whole, tells of one or two people.
[[nodiscard]] std::vector<ToldWeeks> told_weeks(const Utilisation& found);
[[nodiscard]] std::shared_ptr<const Utilisation> utilisation_of(const FigureBook& book);

// flow.utilisation
[[nodiscard]] FigureFamily utilisation_family();

}  // namespace tiebeam::flow
