#include "rooms/flow/engine/whatif/whatif.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "rooms/flow/engine/recompute.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/engine/whatif/capacity.h"
#include "rooms/flow/flow.h"

namespace tiebeam::flow {
namespace {

using testing::Org;
using testing::RandomEvent;

const FigureRegistry& registry() {
  static const FigureRegistry all = [] {
    FigureRegistry out;
    for (FigureFamily& family : flow_families()) out.add(std::move(family));
    return out;
  }();
  return all;
}
WhatIf ask(Org& org, const WhatIfQuestion& question) {
  const FigureBook book(registry(), org.shared(), {});
  return compute_whatif(book, question);
}
Lever cut(std::string state, double share) {
  return {LeverKind::cut, std::move(state), share, true, std::nullopt};
}
Lever removal(std::string state) {
  return {LeverKind::remove, std::move(state), 1, true, std::nullopt};
}
Lever people(std::string state, double count) {
  return {LeverKind::add_capacity, std::move(state), count, false, std::nullopt};
}
WhatIfQuestion asking(std::vector<Lever> levers) {
  WhatIfQuestion out;
  out.levers = std::move(levers);
  return out;
}

Org org_of(const std::vector<RandomEvent>& events) {
  Org org;
  org.import();
  for (const RandomEvent& event : events) testing::add(org, event);
  return org;
}

// The log as it would have been: every event after a shortened stay comes earlier by what was
// saved. REQUIRES: events of an item in their order.
std::vector<RandomEvent> shortened(std::vector<RandomEvent> events, const std::string& state,
                                   std::int64_t parts_kept, std::int64_t parts) {
  std::map<std::string, std::int64_t> earlier;
  std::map<std::string, std::pair<std::string, std::int64_t>> before;  // state, original time
  for (RandomEvent& event : events) {
    const std::int64_t at = event.at.time_since_epoch().count();
    if (const auto last = before.find(event.item); last != before.end()) {
      const std::int64_t stay = at - last->second.second;
      if (last->second.first == state) earlier[event.item] += stay - stay * parts_kept / parts;
    }
    before[event.item] = {event.state, at};
    event.at = Instant{Micros{at - earlier[event.item]}};
  }
  return events;
}

// The oracle: the clock rules on a log that was rewritten, against the replay of stays.
TEST(WhatIf, IsWhatTheClockRulesSayOfTheShortenedLog) {
  std::mt19937_64 rng(20240303);  // fixed: a failure must reproduce
  int compared = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    auto events = testing::random_events(rng, 60);
    // Back within the grace time or not must not depend on the cut: nothing is left of done here.
    std::erase_if(events,
                  [](const RandomEvent& e) { return e.state == "Archived" || e.state == "Idea"; });
    std::map<std::string, bool> closed;
    std::erase_if(events, [&](const RandomEvent& e) {
      const bool drop = closed[e.item];
      closed[e.item] = drop || e.state == "Closed";
      return drop;
    });
    for (const char* state : {"New", "Queue", "Active", "Awaiting parts"}) {
      for (const std::int64_t kept : {0, 7}) {
        const Lever lever = kept == 0 ? removal(state) : cut(state, 0.3);
        Org org = org_of(events), then = org_of(shortened(events, state, kept, 10));
        const WhatIf found = ask(org, asking({lever}));
        const FlowReport report = compute_report(then.snapshot(), {});
        std::vector<double> cycles;
        for (const ItemFlow& flow : report.walked.items) {
          if (flow.is_finished() && !flow.is_truncated)
            cycles.push_back(days_of(flow.finish - flow.commit));
        }
        if (cycles.empty()) continue;
        std::ranges::sort(cycles);
        const Effects& effects = found.rows[0].effects;
        if (!found.rows[0].reason.empty()) continue;
        double sum = 0;
        for (const double each : cycles) sum += each;
        ASSERT_NEAR(*effects.mean.then, sum / static_cast<double>(cycles.size()), 1e-6);
        if (effects.p85.then)
          ASSERT_NEAR(*effects.p85.then, quant::inverse_ecdf(std::span<const double>(cycles), 0.85),
                      1e-9);
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 200);
}

TEST(WhatIf, FiguresFollowFromTheirEvidence) {
  std::mt19937_64 rng(4);
  Org org = org_of(testing::random_events(rng, 150));
  const FlowReport report = compute_report(org.snapshot(), {});
  const WhatIf found = ask(org, asking({cut("Queue", 0.3), removal("New"), cut("Queue", 0.5)}));
  int checked = 0;
  for (const Figure& figure : whatif_figures(report, found)) {
    if (!figure.has_value()) continue;
    const auto again = recompute(figure.trail.formula, whatif_evidence(report, found, figure.key));
    ASSERT_TRUE(again && again->value) << figure.key;
    EXPECT_NEAR(*again->value, figure.number(), 1e-9) << figure.key;
    ++checked;
  }
  EXPECT_EQ(checked, 6) << "now and then at half, 85 of 100 and on average; nothing says a value";
}

// Two cuts of one queue leave 0.7 x 0.5 of it; apart they would promise more than there is.
TEST(WhatIf, LeversOnOneStateActOneAfterTheOther) {
  Org org;
  org.event("A", "2024-01-01", "Queue").event("A", "2024-01-11", "Active");
  org.event("A", "2024-01-13", "Closed");
  const WhatIf found = ask(org, asking({cut("Queue", 0.3), cut("Queue", 0.5)}));
  EXPECT_DOUBLE_EQ(*found.together->effects.mean.then, 2 + 3.5);
  const WhatIf both = ask(org, asking({removal("Queue"), cut("Queue", 0.5)}));
  EXPECT_DOUBLE_EQ(*both.together->effects.mean.then, 2);
}

TEST(WhatIf, UnaskedItRanksTheUsualLevers) {
  Org org;
  org.import(
      "[states]\n\"Queue\" = \"wait\"\n\"Sign-off\" = \"wait\"\n\"Work\" = \"active\"\n"
      "\"Closed\" = \"done\"\n");
  for (int i = 0; i < 5; ++i) {
    const std::string item = "W-" + std::to_string(i);
    const auto at = [&](int day) { return testing::at("2024-01-01") + std::chrono::days{day + i}; };
    org.event(item, at(0), "Queue").event(item, at(8), "Work").event(item, at(9), "Sign-off");
    org.event(item, at(14), "Closed");
  }
  const WhatIf found = ask(org, {});
  EXPECT_FALSE(found.is_asked);
  ASSERT_EQ(found.rows.size(), 3U);
  EXPECT_EQ(found.rows[0].label, "Remove Sign-off");
  EXPECT_DOUBLE_EQ(*found.rows[0].effects.mean.saved, 5);
  EXPECT_EQ(found.rows[1].label, "Cut the stays in Queue by 30 %");
  EXPECT_EQ(found.rows[2].label, "Cut the stays in Sign-off by 30 %");
  EXPECT_EQ(moved_items(found, 2).size(), 2U);
  EXPECT_NE(found.value_missing.find("cost_of_delay_a_day"), std::string::npos);
}

TEST(WhatIf, WorthForItsCostComesFirst) {
  Org org;
  for (int i = 0; i < 4; ++i) {
    const std::string item = "W-" + std::to_string(i);
    const auto at = [&](int day) { return testing::at("2024-01-01") + std::chrono::days{day}; };
    org.event(item, at(0), "New").event(item, at(10), "Active").event(item, at(11), "Queue");
    org.event(item, at(13), "Closed");
  }
  WhatIfQuestion question = asking({removal("New"), removal("Queue")});
  question.cost_of_delay = *Money::parse("100", Currency());
  question.costs = {{"New", *Money::parse("40000", Currency())},
                    {"Queue", *Money::parse("400", Currency())}};
  const WhatIf found = ask(org, question);
  EXPECT_EQ(found.rows[0].label, "Remove Queue");
  EXPECT_EQ(found.rows[0].value->amount(), "800.00");  // 4 items x 2 days x 100
  EXPECT_DOUBLE_EQ(*found.rows[0].per_cost, 2);
  EXPECT_EQ(found.rows[1].value->amount(), "4000.00");
  EXPECT_EQ(found.together->cost->amount(), "40400.00");
}

// A queue in front of a team: 80 items that come and are worked on at chance.
Org served(int persons) {
  std::mt19937_64 rng(8);  // fixed: a failure must reproduce
  Org org;
  int hour = 0;
  for (int i = 0; i < 80; ++i) {
    const std::string item = "S-" + std::to_string(100 + i);
    const std::string person = "Person " + std::to_string(i % persons);
    hour += static_cast<int>(rng() % 30);
    const int wait = static_cast<int>(rng() % 96), work = 4 + static_cast<int>(rng() % 60);
    const auto at = [&](int later) {
      return testing::at("2024-01-01T08:00:00Z") + std::chrono::hours{hour + later};
    };
    org.event(item, at(0), "Queue", "Lab").event(item, at(wait + 1), "Active", "Lab", person);
    org.event(item, at(wait + 1 + work), "Closed", "Lab", person);
  }
  return org;
}

TEST(WhatIf, CapacityIsARangeNeverOneNumber) {
  Org org = served(4);
  const WhatIf found = ask(org, asking({people("Queue", 1)}));
  const LeverRow& row = found.rows[0];
  ASSERT_EQ(row.reason, "");
  EXPECT_TRUE(row.is_estimate);
  ASSERT_TRUE(row.effects.mean.interval.has_value());
  EXPECT_LT(row.effects.mean.interval->low, *row.effects.mean.saved);
  EXPECT_GT(row.effects.mean.interval->high, *row.effects.mean.saved);
  EXPECT_LT(row.effects.mean.interval->high, 49.0 / 24) << "never more than what waited";
  EXPECT_NE(row.assumption.find("Estimate"), std::string::npos);
  const WhatIf more = ask(org, asking({people("Queue", 3)}));
  EXPECT_GT(*more.rows[0].effects.mean.saved, *row.effects.mean.saved);
  // The same people serve the state that is worked in: the same queue, the same answer.
  const WhatIf active = ask(org, asking({people("Active", 1)}));
  EXPECT_DOUBLE_EQ(*active.rows[0].effects.mean.saved, *row.effects.mean.saved);
  EXPECT_DOUBLE_EQ(*active.together->effects.mean.saved, *row.effects.mean.saved);
}

TEST(WhatIf, CapacityWithoutPeopleIsNotGuessed) {
  Org alone = served(1);
  const WhatIf found = ask(alone, asking({people("Queue", 1)}));
  EXPECT_FALSE(found.rows[0].effects.mean.saved.has_value());
  EXPECT_NE(found.rows[0].reason.find("3 are needed"), std::string::npos) << found.rows[0].reason;
  EXPECT_FALSE(found.together->effects.mean.saved.has_value());
}

}  // namespace
}  // namespace tiebeam::flow
