// The oracles of the specification on random logs: what must hold for any data.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <map>
#include <random>

#include "rooms/flow/engine/cumulative.h"
#include "rooms/flow/engine/evidence.h"
#include "rooms/flow/engine/figures.h"
#include "rooms/flow/engine/recompute.h"
#include "rooms/flow/engine/report.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;
using testing::RandomEvent;

constexpr int kRounds = 60;

Org org_of(const std::vector<RandomEvent>& events, std::string_view map = testing::kMap) {
  Org org;
  org.import(map);
  for (const RandomEvent& event : events) testing::add(org, event);
  return org;
}
const Figure& figure(const FlowReport& report, std::string_view key) {
  return *std::ranges::find(report.figures, key, &Figure::key);
}
// Everything a report prints of its figures but their trails.
std::string printed(const FlowReport& report, bool with_as_of = true) {
  std::string out;
  for (const Figure& each : report.figures) {
    out += each.key + "=" + (each.has_value() ? std::to_string(each.number()) : each.reason);
    if (each.has_value()) out += "/" + std::to_string(std::bit_cast<std::uint64_t>(each.number()));
    if (each.interval)
      out += " [" + std::to_string(each.interval->low) + "," + std::to_string(each.interval->high) +
             "]";
    if (with_as_of) out += format_instant(each.as_of);
    out += "\n";
  }
  for (const StateRow& row : report.states) {
    out += row.state + std::to_string(row.visits) + " " +
           std::to_string(row.p50_days.value_or(-1)) + "\n";
  }
  for (const HandoverRow& row : report.handover)
    out += row.from + ">" + row.to + std::to_string(row.count) + "\n";
  for (const AgingRow& row : report.aging) out += row.item + std::to_string(row.age_days) + "\n";
  return out;
}

template <class F>
void for_random_logs(F check) {
  std::mt19937_64 rng(20240301);  // fixed: a failure must reproduce
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto events = testing::random_events(rng, 1 + static_cast<int>(rng() % 60));
    check(events, rng);
    if (::testing::Test::HasFatalFailure()) return;
  }
}
Asked any_window(std::mt19937_64& rng) {
  Asked asked;
  const Instant start = testing::at("2024-01-03");
  if (rng() % 2) asked.as_of = start + std::chrono::hours{1 + rng() % 7000};
  if (rng() % 2) asked.from = start + std::chrono::hours{rng() % 3000};
  if (rng() % 3 == 0) asked.to = start + std::chrono::hours{rng() % 6000};
  return asked;
}

TEST(Oracle, LittlesLawBalancesInTotalPerWeekAndPerState) {
  for_random_logs([](const auto& events, auto& rng) {
    Org org = org_of(events);
    const FlowReport report = compute_report(org.snapshot(), any_window(rng));
    EXPECT_EQ(figure(report, "flow.little.residual").number(), 0);
    const Load load(report.walked);
    for (int i = 0; i < 20; ++i) {
      const std::int64_t a =
          report.window.from + static_cast<std::int64_t>(rng() % 20'000'000) * 1'000'003;
      const std::int64_t b = a + static_cast<std::int64_t>(rng() % 20'000'000) * 1'000'003;
      const Load::Balance balance = load.balance(a, b);
      ASSERT_TRUE(balance.left == balance.right());
    }
  });
}

// The integral that the audit trusts, against the plain sum of overlaps.
TEST(Oracle, LoadIsTheSumOfOverlaps) {
  for_random_logs([](const auto& events, auto& rng) {
    Org org = org_of(events);
    const FlowReport report = compute_report(org.snapshot(), any_window(rng));
    Wide overlaps = 0;
    for (const ItemFlow& flow : report.walked.items) {
      if (!flow.is_committed()) continue;
      const std::int64_t end =
          flow.end() == kMissing ? report.window.end : std::min(flow.end(), report.window.end);
      overlaps += std::max<std::int64_t>(0, end - std::max(flow.commit, report.window.from));
    }
    EXPECT_TRUE(Load(report.walked).integral(report.window.from, report.window.end) == overlaps);
  });
}

TEST(Oracle, TimeByClassAddsUpExactly) {
  for_random_logs([](const auto& events, auto&) {
    Org org = org_of(events);
    const FlowReport report = compute_report(org.snapshot(), {});
    for (const ItemFlow& flow : report.walked.items) {
      if (!flow.is_committed()) continue;
      const std::int64_t end =
          flow.end() == kMissing ? report.as_of.time_since_epoch().count() : flow.end();
      ASSERT_EQ(flow.active + flow.wait + flow.blocked + flow.done_gap + flow.unknown,
                end - flow.commit);
      ASSERT_GE(end, flow.commit);
    }
  });
}

TEST(Oracle, OccupancyAddsUpToItemsCreatedAndStagesNeverFall) {
  for_random_logs([](const auto& events, auto& rng) {
    Org org = org_of(events);
    std::map<std::string, std::int64_t> created;
    for (const RandomEvent& event : events) {
      const std::int64_t at = event.at.time_since_epoch().count();
      const auto [known, is_new] = created.emplace(event.item, at);
      known->second = std::min(known->second, at);
    }
    for (auto& [item, first] : created) {
      if (rng() % 3 != 0) continue;
      first -= static_cast<std::int64_t>(rng() % 1'000'000) * 1'000'000;
      org.created(item, instant_of(first));
    }
    const FlowLog log = read_log(org.snapshot(), testing::at("2025-06-01"));
    std::vector<std::int64_t> times;
    std::int64_t when = testing::at("2023-12-20").time_since_epoch().count();
    for (int i = 0; i < 80; ++i)
      times.push_back(when += static_cast<std::int64_t>(rng() % 700'000) * 1'000'000);
    const Cumulative cumulative = cumulative_of(log, times);
    for (std::size_t t = 0; t < times.size(); ++t) {
      std::int64_t sum = 0;
      for (const std::int64_t count : cumulative.occupancy[t]) {
        ASSERT_GE(count, 0);
        sum += count;
      }
      ASSERT_EQ(sum, std::ranges::count_if(
                         created, [&](const auto& each) { return each.second <= times[t]; }));
      for (std::size_t k = 0; k < cumulative.stages.size(); ++k) {
        if (t > 0) ASSERT_GE(cumulative.reached[t][k], cumulative.reached[t - 1][k]);
        if (k > 0) ASSERT_GE(cumulative.reached[t][k - 1], cumulative.reached[t][k]);
      }
    }
  });
}

TEST(Oracle, SurvivalWithoutOpenWorkIsThePlainPercentile) {
  for_random_logs([](std::vector<RandomEvent> events, auto&) {
    std::map<std::string, RandomEvent> last;
    std::erase_if(events, [](const RandomEvent& event) { return event.state == "Dropped"; });
    for (const RandomEvent& event : events) last[event.item] = event;
    for (auto& [item, event] : last) {
      event.state = "Closed", event.seq += 1;
      event.at += std::chrono::hours{5};
      events.push_back(event);
    }
    Org org = org_of(events);
    const FlowReport report = compute_report(org.snapshot(), {});
    for (const std::string line : {"p50", "p85", "p95"}) {
      const Figure& closed = figure(report, "flow.cycle_time." + line);
      const Figure& survival = figure(report, "flow.cycle_time.km." + line);
      ASSERT_EQ(closed.status, survival.status);
      if (closed.has_value()) ASSERT_EQ(closed.number(), survival.number());
    }
  });
}

TEST(Oracle, ShiftingAllStampsChangesNoDuration) {
  for_random_logs([](const auto& events, auto&) {
    std::vector<RandomEvent> shifted = events;
    for (RandomEvent& event : shifted) event.at += std::chrono::weeks{11};
    Org org = org_of(events);
    Org later = org_of(shifted);
    EXPECT_EQ(printed(compute_report(org.snapshot(), {}), false),
              printed(compute_report(later.snapshot(), {}), false));
  });
}

TEST(Oracle, PermutingRowsChangesNothing) {
  for_random_logs([](const auto& events, auto& rng) {
    std::vector<RandomEvent> shuffled = events;
    std::ranges::shuffle(shuffled, rng);
    Org org = org_of(events);
    Org other = org_of(shuffled);
    const Asked asked = any_window(rng);
    EXPECT_EQ(printed(compute_report(org.snapshot(), asked)),
              printed(compute_report(other.snapshot(), asked)));
  });
}

TEST(Oracle, SplittingAnImportInTwoIsOneImport) {
  for_random_logs([](const auto& events, auto& rng) {
    Org org = org_of(events);
    Org two;
    two.import();
    const std::size_t cut = rng() % (events.size() + 1);
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (i == cut) two.import();
      testing::add(two, events[i]);
    }
    EXPECT_EQ(printed(compute_report(org.snapshot(), {})),
              printed(compute_report(two.snapshot(), {})));
  });
}

// Two changes of the clocks in the window; durations are spans of UTC, only the buckets move.
TEST(Oracle, DurationsDoNotDependOnTheZoneOfDisplay) {
  Zone berlin;
  berlin.name = "Europe/Berlin";
  berlin.steps = {{testing::at("2023-10-29T01:00:00Z"), std::chrono::hours{1}},
                  {testing::at("2024-03-31T01:00:00Z"), std::chrono::hours{2}},
                  {testing::at("2024-10-27T01:00:00Z"), std::chrono::hours{1}}};
  for_random_logs([&](const auto& events, auto&) {
    Org org = org_of(events);
    const FlowReport utc = compute_report(org.snapshot(), {});
    org.snapshot().zones.emplace("Europe/Berlin", berlin);
    org.snapshot().organisation.zone = "Europe/Berlin";
    const FlowReport local = compute_report(org.snapshot(), {});
    for (std::size_t i = 0; i < utc.figures.size(); ++i) {
      const Figure& a = utc.figures[i];
      const Figure& b = local.figures[i];
      if (a.key.ends_with(".week") || a.key == "flow.backlog.months") continue;  // buckets
      ASSERT_EQ(a.value, b.value) << a.key;
    }
    EXPECT_EQ(figure(local, "flow.little.residual").number(), 0);
    EXPECT_EQ(little_residual(org.snapshot()), figure(local, "flow.little.residual").number());
    std::int64_t before = 0, after = 0;
    for (const WeekRow& row : utc.weeks) before += row.finishes;
    for (const WeekRow& row : local.weeks) after += row.finishes;
    EXPECT_EQ(before, after);
  });
}

TEST(Oracle, AWeekOfSummerTimeHas167Hours) {
  Zone berlin;
  berlin.steps = {{testing::at("2023-10-29T01:00:00Z"), std::chrono::hours{1}},
                  {testing::at("2024-03-31T01:00:00Z"), std::chrono::hours{2}}};
  const auto micros = [](std::string_view text) {
    return testing::at(text).time_since_epoch().count();
  };
  const Window window{micros("2024-03-20"), micros("2024-04-10"), micros("2024-04-10")};
  const auto weeks = periods_of(window, berlin, Step::week);
  ASSERT_EQ(weeks.size(), 4U);
  EXPECT_EQ(weeks[1].to - weeks[1].from, 167LL * 3600 * 1'000'000);
  EXPECT_FALSE(weeks[0].is_full);
  EXPECT_TRUE(weeks[1].is_full);
  EXPECT_TRUE(weeks[2].is_full);
  EXPECT_FALSE(weeks[3].is_full);
}

// Another reading of what is work and what is waiting moves efficiency, never the clock.
TEST(Oracle, ChangingTheMapMovesOnlyEfficiency) {
  std::string other(testing::kMap);
  other.replace(other.find("\"Queue\" = \"wait\""), 16, "\"Queue\" = \"active\"");
  other.replace(other.find("\"New\" = \"wait\""), 14, "\"New\" = \"active\"");
  bool moved = false;
  for_random_logs([&](const auto& events, auto&) {
    Org org = org_of(events);
    Org changed = org_of(events, other);
    const FlowReport a = compute_report(org.snapshot(), {});
    const FlowReport b = compute_report(changed.snapshot(), {});
    for (std::size_t i = 0; i < a.figures.size(); ++i) {
      if (a.figures[i].key.starts_with("flow.efficiency")) {
        moved = moved || a.figures[i].value != b.figures[i].value;
      } else {
        ASSERT_EQ(a.figures[i].value, b.figures[i].value) << a.figures[i].key;
      }
    }
  });
  EXPECT_TRUE(moved);
}

TEST(Oracle, EveryFigureFollowsFromItsFormulaAndItsEvidence) {
  std::size_t checked = 0;
  for_random_logs([&](const auto& events, auto& rng) {
    Org org = org_of(events);
    const FlowReport report = compute_report(org.snapshot(), any_window(rng));
    for (const Figure& each : report.figures) {
      if (!each.has_value()) continue;
      const auto evidence = evidence_of(report, each.key, 0, 1'000'000);
      const auto again = recompute(each.trail.formula, evidence);
      if (each.key == "flow.backlog.months") {
        EXPECT_FALSE(again.has_value());
        continue;
      }
      ASSERT_TRUE(again && again->value) << each.key;
      ASSERT_NEAR(*again->value, each.number(), 1e-9 * std::max(1.0, std::abs(each.number())))
          << each.key;
      if (again->low) {
        ASSERT_NEAR(*again->low, each.interval->low, 1e-9);
        ASSERT_NEAR(*again->high, each.interval->high, 1e-9);
      }
      ++checked;
    }
  });
  EXPECT_GT(checked, 1000U);
}

TEST(Oracle, EvidencePagesJoinToTheWhole) {
  std::mt19937_64 rng(5);
  Org org = org_of(testing::random_events(rng, 50));
  const FlowReport report = compute_report(org.snapshot(), {});
  for (const FigureSpec& spec : figure_specs()) {
    const auto whole = evidence_of(report, spec.key, 0, 1'000'000);
    std::vector<Evidence> joined;
    while (true) {
      const auto page = evidence_of(report, spec.key, joined.size(), 7);
      joined.insert(joined.end(), page.begin(), page.end());
      if (page.empty()) break;
    }
    ASSERT_EQ(joined.size(), whole.size()) << spec.key;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      EXPECT_EQ(joined[i].subject, whole[i].subject);
      EXPECT_EQ(joined[i].what, whole[i].what);
    }
  }
}

}  // namespace
}  // namespace tiebeam::flow
