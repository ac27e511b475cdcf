// The live engine against the report, against itself in every order of arrival, and against plain
// sorting: on random logs with a fixed seed.
#include "rooms/flow/engine/live/live_flow.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "rooms/flow/engine/cumulative.h"
#include "rooms/flow/engine/live/of_log.h"
#include "rooms/flow/engine/report.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow::live {
namespace {

using testing::Org;
using testing::RandomEvent;

constexpr int kRounds = 60;

Zone berlin() {
  Zone zone;
  zone.name = "Europe/Berlin";
  zone.steps = {{testing::at("2023-10-29T01:00:00Z"), std::chrono::hours{1}},
                {testing::at("2024-03-31T01:00:00Z"), std::chrono::hours{2}},
                {testing::at("2024-10-27T01:00:00Z"), std::chrono::hours{1}}};
  return zone;
}
// Maps by round: finish by the last or the first entry, other grace times.
std::string any_map(int round) {
  std::string map(testing::kMap);
  switch (round % 4) {
    case 1:
      return map + "[policy]\nfinish = \"first_done\"\n";
    case 2:
      return map + "[policy]\nreopen_grace_days = 0\n";
    case 3:
      return map + "[policy]\nfinish = \"first_done\"\nreopen_grace_days = 1\n";
    default:
      return map;
  }
}

struct RandomLog {
  Org org;
  std::vector<RandomEvent> events;
  std::string map;
  std::uint64_t lists = 0;  // what its lists of tickets are made from; 0: none
};
// Two lists of tickets, the second newer; some of their tickets have a history too.
void add_lists(Org& org, const RandomLog& log) {
  if (log.lists == 0) return;
  std::mt19937_64 rng(log.lists);
  for (int list = 0; list < 2; ++list) {
    org.import(log.map).last_import().is_ticket_list = true;
    for (int i = 0; i < 80; i += 1 + static_cast<int>(rng() % 9)) {
      org.event("W-" + std::to_string(i),
                testing::at("2024-02-01") + std::chrono::hours{rng() % 4000},
                rng() % 2 ? "Closed" : "Active", "Team 1");
    }
  }
}
RandomLog random_log(std::mt19937_64& rng, int round) {
  RandomLog out;
  out.events = testing::random_events(rng, 1 + static_cast<int>(rng() % 60));
  if (round % 3 == 1) std::ranges::shuffle(out.events, rng);
  if (round % 3 == 2) std::ranges::sort(out.events, {}, &RandomEvent::at);
  out.map = any_map(round);
  out.org.import(out.map);
  for (const RandomEvent& event : out.events) testing::add(out.org, event);
  if (rng() % 4 == 0) out.lists = rng();
  add_lists(out.org, out);
  if (rng() % 3 == 0) {
    out.org.snapshot().zones.emplace("Europe/Berlin", berlin());
    out.org.snapshot().organisation.zone = "Europe/Berlin";
  }
  if (rng() % 2) {
    for (int i = 0; i < 60; i += 1 + static_cast<int>(rng() % 5)) {
      out.org.created("W-" + std::to_string(i),
                      testing::at("2023-12-20") + std::chrono::hours{rng() % 2000});
    }
  }
  return out;
}

template <class F>
void for_random_logs(F check) {
  std::mt19937_64 rng(20240301);  // fixed: a failure must reproduce
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    RandomLog log = random_log(rng, round);
    check(log, rng);
    if (::testing::Test::HasFatalFailure()) return;
  }
}
LiveFlow built(const FlowLog& log, BuildOptions options = {}) {
  auto out = LiveFlow::build(columns_of(*log.transitions), reading_of(log), options);
  TB_CHECK(out.has_value(), "a test log is small");
  return *std::move(out);
}

void expect_equal(const Summary& a, const Summary& b) {
  EXPECT_TRUE(a.totals == b.totals);
  EXPECT_TRUE(a.weeks == b.weeks);
  EXPECT_TRUE(a.days == b.days);
  EXPECT_TRUE(a.states == b.states);
}
std::vector<std::int64_t> ends_of(const LiveDays& days, const Zone& zone) {
  LocalDays local(zone);
  std::vector<std::int64_t> out;
  for (std::size_t i = 0; i < days.days(); ++i)
    out.push_back(local.start(days.first + static_cast<std::int32_t>(i) + 1) - 1);
  return out;
}

void expect_totals(const FlowReport& report, const Totals& totals) {
  Totals expected;
  for (const ItemFlow& flow : report.walked.items) {
    ++expected.items;
    expected.cancelled += flow.standing == Standing::cancelled;
    if (!flow.is_finished()) continue;
    ++expected.finished;
    expected.truncated += flow.is_truncated;
    expected.cycle += flow.is_truncated ? 0 : flow.finish - flow.commit;
    expected.active += flow.active, expected.wait += flow.wait;
    expected.blocked += flow.blocked;
    expected.done_gap += flow.done_gap, expected.unknown += flow.unknown;
  }
  expected.team_handoffs = report.owners.team_handoffs;
  expected.person_handoffs = report.owners.person_handoffs;
  EXPECT_TRUE(expected == totals);
  EXPECT_EQ(expected.finished, totals.finished);
  EXPECT_TRUE(expected.cycle == totals.cycle);
  EXPECT_TRUE(expected.active == totals.active);
  EXPECT_TRUE(expected.wait == totals.wait);
  EXPECT_TRUE(expected.blocked == totals.blocked);
  EXPECT_TRUE(expected.done_gap == totals.done_gap);
  EXPECT_EQ(expected.team_handoffs, totals.team_handoffs);
  EXPECT_EQ(expected.person_handoffs, totals.person_handoffs);
  if (report.efficiency.declared) {
    EXPECT_NEAR(report.efficiency.declared->value, totals.efficiency(), 1e-12);
  }
}

void expect_weeks(const FlowReport& report, const std::vector<LiveWeek>& weeks) {
  std::map<std::chrono::sys_days, WeekRow> known;
  for (const WeekRow& row : report.weeks) known[std::chrono::sys_days{row.start}] = row;
  for (const LiveWeek& week : weeks) {
    ASSERT_TRUE(known.contains(std::chrono::sys_days{week.start}));
    const WeekRow row = known[std::chrono::sys_days{week.start}];
    known.erase(std::chrono::sys_days{week.start});
    EXPECT_EQ(row.arrivals, week.arrivals);
    EXPECT_EQ(row.finishes, week.finishes);
    EXPECT_EQ(row.second_cycles, week.second_cycles);
    if (row.p50_days) {
      EXPECT_EQ(*row.p50_days, days_of(week.cycle[0].observed));
    }
    if (row.p85_days) {
      EXPECT_EQ(*row.p85_days, days_of(week.cycle[1].observed));
    }
  }
  for (const auto& [start, row] : known) EXPECT_EQ(row.arrivals + row.finishes, 0);
}

// Occupancy of cumulative.h at the end of each day; its last column is state 0 here.
void expect_days(const FlowReport& report, const LiveDays& days) {
  const auto times = ends_of(days, zone_of(report.log));
  const Cumulative cumulative = cumulative_of(report.log, times);
  for (std::size_t t = 0; t < times.size(); ++t) {
    std::int64_t sum = 0, created = 0;
    for (std::size_t state = 0; state < days.states; ++state) {
      const std::size_t column = state == 0 ? cumulative.states.size() - 1 : state - 1;
      ASSERT_EQ(cumulative.occupancy[t][column], days.items[t * days.states + state]);
      sum += days.items[t * days.states + state];
    }
    for (const Item& item : report.log.items) {
      const std::int64_t first = report.log.touches[item.first].at;
      created += std::min(item.created == kMissing ? first : item.created, first) <= times[t];
    }
    ASSERT_EQ(sum, created);
  }
}

// Completed stays, gathered item by item.
std::vector<std::vector<std::int64_t>> stays_of(const FlowReport& report) {
  std::vector<std::vector<std::int64_t>> out(report.log.transitions->column("state").names.size());
  for (const Item& item : report.log.items) {
    if (item.is_ticket) continue;
    const auto touches = touches_of(report.log, item);
    std::size_t in = 0;
    for (std::size_t i = 1; i < touches.size(); ++i) {
      if (touches[i].state == touches[i - 1].state) continue;
      const std::int64_t stay = touches[i].at - touches[in].at;
      if (stay > 0 && !(item.is_truncated && in == 0)) out[touches[in].state].push_back(stay);
      in = i;
    }
  }
  return out;
}

void expect_states(const FlowReport& report, LiveFlow& live) {
  const Summary summary = live.refresh();
  const std::vector<Percentiles> exact = live.exact_stays(2);
  auto stays = stays_of(report);
  for (std::size_t state = 0; state < stays.size(); ++state) {
    Wide sum = 0;
    for (const std::int64_t stay : stays[state]) sum += stay;
    const LiveState& held = summary.states[state];
    ASSERT_EQ(held.stays, static_cast<std::int64_t>(stays[state].size()));
    ASSERT_TRUE(held.sum == sum);
    ASSERT_EQ(exact[state], percentiles_of(stays[state]));
    for (std::size_t p = 0; p < kShares.size(); ++p) {
      const auto observed = static_cast<double>(exact[state][p].observed);
      ASSERT_NEAR(static_cast<double>(held.length[p].observed), observed, observed / 128 + 1);
    }
  }
  for (const StateRow& row : report.states) {
    const std::uint32_t id = report.log.transitions->column("state").names.find(row.state);
    if (row.meaning != report.log.maps[0].meaning[id]) continue;
    ASSERT_EQ(row.visits, summary.states[id].stays + row.now);
  }
}

TEST(LiveFlow, EqualsTheReportOverTheSameEvents) {
  for_random_logs([](RandomLog& log, auto& rng) {
    Asked asked;
    if (rng() % 2) asked.as_of = testing::at("2024-01-20") + std::chrono::hours{rng() % 6000};
    asked.from = testing::at("2023-12-01");  // before tickets that were asked for early
    const FlowReport report = compute_report(log.org.snapshot(), asked);
    ASSERT_TRUE(report.log.faults.empty());
    LiveFlow live = built(report.log, {.exact_stays = true});
    const Summary summary = live.refresh();
    expect_totals(report, summary.totals);
    expect_weeks(report, summary.weeks);
    expect_days(report, summary.days);
    expect_states(report, live);
  });
}

TEST(LiveFlow, TwoThreadsGiveWhatOneGives) {
  for_random_logs([](RandomLog& log, auto&) {
    const FlowLog read = read_log(log.org.snapshot(), testing::at("2025-01-01"));
    LiveFlow one = built(read, {.exact_stays = true});
    LiveFlow two = built(read, {.threads = 2, .exact_stays = true});
    expect_equal(one.refresh(), two.refresh());
    EXPECT_EQ(one.exact_stays(1), two.exact_stays(2));
  });
}

// Rows come in any order; whatever was built at first, what is appended leads to the same.
TEST(LiveFlow, IncrementalEqualsBatchInAnyOrderOfArrivalAndAnySplit) {
  std::size_t late = 0;
  for_random_logs([&](RandomLog& log, auto& rng) {
    const EventTable* table = log.org.snapshot().table("transition");
    const FlowLog whole = read_log(log.org.snapshot(), testing::at("2025-01-01"));
    const Summary expected = built(whole).refresh();
    EventTable growing(testing::transition_type());
    for (std::size_t c = 0; c < growing.columns.size(); ++c)
      growing.columns[c].names = table->columns[c].names;
    const std::size_t split = rng() % (table->rows() + 1);
    std::optional<LiveFlow> live;
    for (std::uint32_t row = 0; row <= table->rows(); ++row) {
      if (row == split) {
        live = *LiveFlow::build(columns_of(growing), reading_of(whole), {});
        if (rng() % 2) live->refresh();
      }
      if (row == table->rows()) break;
      for (std::size_t c = 0; c < growing.columns.size(); ++c) {
        const Column& from = table->columns[c];
        if (!from.wide.empty()) growing.columns[c].wide.push_back(from.wide[row]);
        if (!from.narrow.empty()) growing.columns[c].narrow.push_back(from.narrow[row]);
      }
      if (row >= split) live->append(columns_of(growing), row);
      if (row >= split && rng() % 16 == 0) live->refresh();
    }
    late += live->late_events();
    expect_equal(live->refresh(), expected);
  });
  EXPECT_GT(late, 500U);
}

TEST(LiveFlow, PermutingRowsChangesNothing) {
  for_random_logs([](RandomLog& log, auto& rng) {
    const Summary expected =
        built(read_log(log.org.snapshot(), testing::at("2025-01-01"))).refresh();
    std::ranges::shuffle(log.events, rng);
    Org other;  // its states, teams and items get other ids
    other.import(log.map);
    other.snapshot().organisation = log.org.snapshot().organisation;
    other.snapshot().zones = log.org.snapshot().zones;
    other.snapshot().events.at("item_fact") = log.org.snapshot().events.at("item_fact");
    for (const RandomEvent& event : log.events) testing::add(other, event);
    add_lists(other, log);
    const FlowLog read = read_log(other.snapshot(), testing::at("2025-01-01"));
    const Summary found = built(read).refresh();
    EXPECT_TRUE(found.totals == expected.totals);
    EXPECT_TRUE(found.weeks == expected.weeks);
    EXPECT_EQ(found.days.days(), expected.days.days());
  });
}

TEST(LiveFlow, FactsThatAreLearntLaterLeadToTheSame) {
  for_random_logs([](RandomLog& log, auto& rng) {
    const FlowLog read = read_log(log.org.snapshot(), testing::at("2025-01-01"));
    const EventColumns columns = columns_of(*read.transitions);
    Reading reading = reading_of(read);
    reading.facts.resize(columns.items);
    for (ItemFacts& facts : reading.facts) {
      if (rng() % 3 == 0) facts.is_ticket = true;
      if (rng() % 4 == 0) facts.is_truncated = true;
      if (rng() % 5 == 0) facts.is_left_out = true;
    }
    Reading plain = reading;
    plain.facts.clear();
    LiveFlow live = *LiveFlow::build(columns, std::move(plain));
    for (std::uint32_t item = 1; item < columns.items; ++item)
      live.set_facts(columns, item, reading.facts[item]);
    expect_equal(live.refresh(), LiveFlow::build(columns, reading)->refresh());
    for (std::uint32_t item = 1; item < columns.items; ++item) live.set_facts(columns, item, {});
    for (ItemFacts& facts : reading.facts) facts = {};
    expect_equal(live.refresh(), LiveFlow::build(columns, reading)->refresh());
  });
}

}  // namespace
}  // namespace tiebeam::flow::live
