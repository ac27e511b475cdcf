// Examples that can be checked by hand; the one named "worked" is that of
// docs/method/bottlenecks.md.
#include "rooms/flow/engine/bottleneck/bottleneck.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::string day(int offset, int hour = 8) {
  return format_instant(testing::at("2024-01-01T00:00:00Z") + std::chrono::days{offset} +
                        std::chrono::hours{hour});
}

// Twenty items: `wait` days in New, 1 day in Active, 2 days in Queue for every second, 1 in Review.
Org worked_example() {
  Org org;
  for (int i = 0; i < 20; ++i) {
    const std::string item = "A-" + std::to_string(100 + i);
    const int begun = 7 * i, active = begun + 1 + i % 5, queue = active + 1;
    const int review = queue + (i % 2 == 0 ? 2 : 0);
    org.event(item, day(begun), "New", "Desk").event(item, day(active), "Active", "Lab");
    if (i % 2 == 0) org.event(item, day(queue), "Queue", "Lab");
    org.event(item, day(review), "Review", "Board").event(item, day(review + 1), "Closed", "Board");
  }
  return org;
}

const Bottleneck& row(const Bottlenecks& found, std::string_view state) {
  const auto at = std::ranges::find(found.rows, state, &Bottleneck::state);
  TB_CHECK(at != found.rows.end(), "the state has a row");
  return *at;
}

TEST(Bottlenecks, WorkedExample) {
  Org org = worked_example();
  const Bottlenecks found = compute_bottlenecks(compute_report(org.snapshot(), {}));
  ASSERT_EQ(found.rows.size(), 4U);
  const Bottleneck& first = found.rows[0];
  EXPECT_EQ(first.state, "New");
  EXPECT_EQ(first.items, 20U);
  EXPECT_DOUBLE_EQ(first.days, 60);           // 4 x (1 + 2 + 3 + 4 + 5)
  EXPECT_DOUBLE_EQ(first.share, 60.0 / 120);  // of 60 + 20 + 20 + 20
  EXPECT_DOUBLE_EQ(*first.effects.mean.now, 6);
  EXPECT_DOUBLE_EQ(*first.effects.mean.saved, 3);
  EXPECT_DOUBLE_EQ(*first.effects.mean.then, 3);
  // Flow times: New 1..5, +2, +2 for every second: the 17th of 20 is 8 days. Without New: 2 or 4.
  EXPECT_DOUBLE_EQ(*first.effects.p85.now, 8);
  EXPECT_DOUBLE_EQ(*first.effects.p85.then, 4);
  EXPECT_DOUBLE_EQ(*first.effects.p85.saved, 4);
  EXPECT_FALSE(first.effects.p85.interval.has_value()) << "20 items: 62 are needed";
  ASSERT_TRUE(first.effects.mean.interval.has_value());
  EXPECT_LT(first.effects.mean.interval->low, 3);
  EXPECT_GT(first.effects.mean.interval->high, 3);
  EXPECT_FALSE(row(found, "Queue").is_tied) << "1 day against 3, item by item";
}

// Without Queue the lines do not move by the sum of anything: only the replay knows.
TEST(Bottlenecks, LinesAreReplayedNotAdded) {
  Org org = worked_example();
  const Bottlenecks found = compute_bottlenecks(compute_report(org.snapshot(), {}));
  double sum = 0;
  for (const Bottleneck& each : found.rows) sum += *each.effects.p85.saved;
  EXPECT_NE(sum, 8);
  double mean = 0;
  for (const Bottleneck& each : found.rows) mean += *each.effects.mean.saved;
  EXPECT_DOUBLE_EQ(mean, 6) << "means do add up: every moment is in one state";
}

TEST(Bottlenecks, EqualStatesAreToldToBeTied) {
  Org org;
  for (int i = 0; i < 30; ++i) {
    const std::string item = "T-" + std::to_string(i);
    const int here = 1 + i % 3, there = 3 - i % 3;
    org.event(item, day(0), "New").event(item, day(here), "Active");
    org.event(item, day(here), "Queue").event(item, day(here + there), "Closed");
  }
  const Bottlenecks found = compute_bottlenecks(compute_report(org.snapshot(), {}));
  ASSERT_EQ(found.rows.size(), 2U);
  EXPECT_FALSE(found.rows[0].is_tied);
  EXPECT_TRUE(found.rows[1].is_tied);
}

TEST(Bottlenecks, TimeBetweenTwoCyclesIsNoStateOfTheWorkflow) {
  Org org;
  org.event("R", day(0), "Active").event("R", day(1), "Closed").event("R", day(5), "Active");
  org.event("R", day(6), "Closed");
  const Bottlenecks found = compute_bottlenecks(compute_report(org.snapshot(), {}));
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.rows[0].state, "Active");
  EXPECT_DOUBLE_EQ(found.rows[0].days, 2);
  EXPECT_DOUBLE_EQ(*found.rows[0].effects.mean.then, 4) << "the gap stays";
}

struct Kind {
  const char* name;
  const char* state;
  const char* meaning;  // in the map
  const char* party;
  Constraint constraint;
  const char* because;  // part of the sentence
};
class Constraints : public ::testing::TestWithParam<Kind> {};

TEST_P(Constraints, AreDerivedFromEvidence) {
  const Kind& kind = GetParam();
  std::string map = "[states]\n\"" + std::string(kind.state) + "\" = \"" + kind.meaning +
                    "\"\n\"Work\" = \"active\"\n\"Closed\" = \"done\"\n";
  if (*kind.party) map += "[party]\n\"" + std::string(kind.state) + "\" = \"" + kind.party + "\"\n";
  Org org;
  org.import(map);
  for (int i = 0; i < 9; ++i) {
    const std::string item = "C-" + std::to_string(i);
    org.event(item, day(i), kind.state, "Desk").event(item, day(2 * i + 3), "Work", "Lab");
    org.event(item, day(2 * i + 4), "Closed", "Lab");
  }
  const Bottlenecks found = compute_bottlenecks(compute_report(org.snapshot(), {}));
  const Judged& judged = row(found, kind.state).judged;
  EXPECT_EQ(judged.constraint, kind.constraint) << judged.because;
  EXPECT_NE(judged.because.find(kind.because), std::string::npos) << judged.because;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Constraints,
    ::testing::Values(
        Kind{"a_queue_before_a_team", "Ready", "wait", "", Constraint::people, "100 of 100 by Lab"},
        Kind{"work_itself", "Coding", "active", "", Constraint::people, "worked in"},
        Kind{"an_approval", "Awaiting sign-off", "wait", "", Constraint::timing, "sign-off"},
        Kind{"german_approval", "Warten auf Freigabe", "wait", "", Constraint::timing, "freigabe"},
        Kind{"approved_is_no_approval", "Approved", "wait", "", Constraint::people, "queue"},
        Kind{"a_date", "Ready for release", "wait", "", Constraint::timing, "release"},
        Kind{"a_machine", "Waiting for environment", "wait", "", Constraint::automation,
             "environment"},
        Kind{"people_build", "Build", "active", "", Constraint::people, "worked in"},
        Kind{"blocked", "On hold", "blocked", "", Constraint::dependency, "blocked"},
        Kind{"a_vendor", "On hold", "blocked", "Acme (vendor)", Constraint::dependency, "Acme"},
        Kind{"a_decision", "On hold", "blocked", "business decision", Constraint::timing,
             "business decision"},
        Kind{"it_itself", "On hold", "blocked", "IT", Constraint::people, "IT"}),
    [](const auto& each) { return each.param.name; });

StateSigns signs_of(std::size_t stays) {
  StateSigns signs;
  signs.name = "Resolved", signs.meaning = Meaning::wait;
  constexpr std::int64_t kHour = 3600LL * 1'000'000;
  for (std::size_t i = 0; i < stays; ++i)
    signs.ends.push_back(120 * kHour + static_cast<std::int64_t>(i % 5) * 60'000'000);
  signs.stays = stays;
  return signs;
}

TEST(Constraint, StaysOfOneLengthAreATimer) {
  EXPECT_EQ(judge(signs_of(kTimerStays)).constraint, Constraint::timing);
  EXPECT_NE(judge(signs_of(kTimerStays)).because.find("5 days"), std::string::npos);
  EXPECT_EQ(judge(signs_of(kTimerStays - 1)).constraint, Constraint::unclear);
}

TEST(Constraint, WorkThatLeavesOnOneDayOfTheWeekWaitsForAMeeting) {
  StateSigns signs = signs_of(40);
  for (std::size_t i = 0; i < signs.ends.size(); ++i)
    signs.ends[i] = static_cast<std::int64_t>(i + 1) * 7'200'000'000;
  signs.weekdays = {4, 4, 4, 24, 4, 0, 0};
  signs.weeks = 10;
  EXPECT_EQ(judge(signs).constraint, Constraint::timing);
  EXPECT_TRUE(judge(signs).is_approval);
  EXPECT_NE(judge(signs).because.find("Thursdays"), std::string::npos);
  signs.weekdays = {8, 8, 8, 8, 8, 0, 0};
  EXPECT_EQ(judge(signs).constraint, Constraint::unclear);
}

}  // namespace
}  // namespace tiebeam::flow
