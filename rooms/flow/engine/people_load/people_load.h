// What work asks of people, by team and month, never by person: events outside working hours, work
// held at once, and work that one person alone can carry. docs/method/load-on-people.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/engine/concentration/concentration.h"
#include "rooms/flow/engine/people_load/concurrency.h"
#include "rooms/flow/engine/people_load/hours.h"

namespace tiebeam::flow {

// Nothing is told of fewer than kLeastPeople in a team and month. What is left over of a month is
// counted as one more group, and left out when it is too small itself: so no sum less its parts
// tells of fewer either.

// Above these a team carries too much. Source: ours, see docs/method/load-on-people.md.
constexpr double kOutOfHoursLimit = 0.2;
constexpr double kConcurrentLimit = 4;
constexpr double kSingleHolderLimit = 0.5;
// Fewer events or finished items tell nothing of a limit.
constexpr std::int64_t kLeastEvents = 50;
constexpr std::int64_t kLeastTeamFinishes = 10;

// Events and held work of one team or month, summed.
struct LoadSums {
  std::size_t people = 0;
  std::int64_t events = 0, outside = 0;
  double held = 0;       // microseconds in active states, over people and items
  double attention = 0;  // microseconds with any of it
  [[nodiscard]] std::optional<double> out_of_hours() const;
  [[nodiscard]] std::optional<double> concurrent() const;
};
struct LoadMonth : LoadSums {
  Day start{};
  bool is_full = false;
};
struct TeamLoad : LoadSums {
  std::string team;
  std::optional<Interval> out_of_hours_interval;
  std::int64_t finished = 0, single_held = 0;  // in the weeks of coverage
  std::vector<LoadMonth> months;
  std::vector<std::string_view> over;  // names of the limits it is over
  [[nodiscard]] std::optional<double> single_holder() const;
};

// What one item adds to the figures: for their intervals only, one person may hold it alone.
struct ItemLoad {
  std::uint32_t item = 0;
  std::int64_t events = 0, outside = 0;
  double held = 0, attention = 0;
};

// What one group of people adds to the figures: a team in a month, or what is left of a month.
struct GroupLoad : LoadSums {
  std::optional<std::uint32_t> team;  // none: what is left of the month, of several teams
  std::uint32_t month = 0;            // index in `periods`
  std::vector<std::uint32_t> rows;    // of the transitions: the events outside working hours
  std::vector<std::uint32_t> begun;   // likewise: where each item that they held began
};

struct PeopleLoad {
  std::vector<TeamLoad> teams;     // with a month of at least kLeastPeople, by name
  std::size_t hidden_teams = 0;    // without one
  std::int64_t hidden_events = 0;  // of too few people to be counted anywhere
  LoadSums all;
  std::vector<LoadMonth> months;
  std::vector<ItemLoad> items;          // with anything to add, in their order
  std::vector<GroupLoad> groups;        // that count, with anything to add; by team, then month
  std::vector<std::uint32_t> finished;  // index in FinishedWork::known: in the weeks of coverage
  std::int64_t single_held = 0;
  std::vector<std::string> hours;  // that were used, as names
  bool any_person = false;
  std::size_t bulk_rows = 0;    // left out: made by a script
  std::vector<Period> periods;  // the months
};

// An event counts when it lies in the window, somebody or some team holds the item, and no script
// made it.
template <class F>
void each_counted_event(const FlowReport& report, const std::vector<std::int64_t>& bulk,
                        std::uint32_t item, F visit) {
  if (report.log.items[item].is_ticket) return;
  Owner owner;
  for (const Touch& touch : touches_of(report.log, report.log.items[item])) {
    owner = owner.after(touch);
    if (!report.window.holds(touch.at)) continue;
    if (owner.person == 0 && owner.team == 0) continue;
    if (std::ranges::binary_search(bulk, touch.at / 60'000'000)) continue;
    visit(touch, owner);
  }
}

[[nodiscard]] PeopleLoad compute_people_load(const FlowReport& report, const Concentration& found);
[[nodiscard]] std::shared_ptr<const PeopleLoad> people_load_of(const FigureBook& book);

[[nodiscard]] const std::vector<FigureSpec>& people_load_specs();
[[nodiscard]] std::vector<Figure> people_load_figures(const FlowReport& report,
                                                      const PeopleLoad& load);
[[nodiscard]] std::vector<Evidence> people_load_evidence(const FlowReport& report,
                                                         const Concentration& found,
                                                         const PeopleLoad& load,
                                                         std::string_view key, std::size_t offset,
                                                         std::size_t limit);
[[nodiscard]] FigureFamily people_load_family();

}  // namespace tiebeam::flow
