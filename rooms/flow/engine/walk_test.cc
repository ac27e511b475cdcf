// The clock rules, one case a row. Times are days of January 2024 at 08:00 UTC.
#include "rooms/flow/engine/walk.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

struct Case {
  const char* name;
  const char* events;  // "1 New, 3 Active, 5! Active": day, state; '!' is flagged as blocked
  const char* policy;  // top-level lines of the map's [policy]
  const char* commit;  // day or "-"
  const char* finish;
  const char* counted;  // the finish that its week's throughput counts
  Standing standing;
  int second_cycles, withdrawn, backward;
  const char* days;  // active wait blocked done_gap unknown
  bool skipped_all = false;
};

std::string day_or_none(std::int64_t micros) {
  if (micros == kMissing) return "-";
  const auto start = testing::at("2023-12-31T08:00:00Z").time_since_epoch().count();
  return fmt::format("{}", (micros - start) / 86'400'000'000);
}

FlowLog log_of(const Case& each, testing::Org& org) {
  org.import(std::string(testing::kMap) + "[policy]\n" + each.policy);
  for (const std::string_view part : split_at(each.events, ',')) {
    const std::string_view text = trim(part);
    const std::size_t blank = text.find(' ');
    std::string_view day = text.substr(0, blank);
    const bool flagged = day.ends_with('!');
    if (flagged) day.remove_suffix(1);
    const Instant when =
        testing::at("2023-12-31T08:00:00Z") + std::chrono::days{*parse_integer(day)};
    org.event("A-1", when, text.substr(blank + 1), "", "", 0, flagged);
  }
  return read_log(org.snapshot(), testing::at("2024-01-31T08:00:00Z"));
}

class ClockRules : public ::testing::TestWithParam<Case> {};

TEST_P(ClockRules, Hold) {
  const Case& each = GetParam();
  testing::Org org;
  const FlowLog log = log_of(each, org);
  ASSERT_TRUE(log.faults.empty()) << log.faults.front();
  const Walked walked = walk(log);
  ASSERT_EQ(walked.items.size(), 1U);
  const ItemFlow& flow = walked.items.front();
  EXPECT_EQ(day_or_none(flow.commit), each.commit);
  EXPECT_EQ(day_or_none(flow.finish), each.finish);
  EXPECT_EQ(day_or_none(flow.counted), each.counted);
  EXPECT_EQ(flow.standing, each.standing);
  EXPECT_EQ(flow.second_cycles, each.second_cycles);
  EXPECT_EQ(walked.second_finishes.size(), static_cast<std::size_t>(each.second_cycles));
  EXPECT_EQ(flow.withdrawn, each.withdrawn);
  EXPECT_EQ(flow.backward_moves, each.backward);
  EXPECT_EQ(flow.skipped_all, each.skipped_all);
  EXPECT_EQ(fmt::format("{:.4g} {:.4g} {:.4g} {:.4g} {:.4g}", to_days(Micros{flow.active}),
                        to_days(Micros{flow.wait}), to_days(Micros{flow.blocked}),
                        to_days(Micros{flow.done_gap}), to_days(Micros{flow.unknown})),
            each.days);
}

constexpr const char* kGrace = "reopen_grace_days = 7\n";
INSTANTIATE_TEST_SUITE_P(
    Table, ClockRules,
    ::testing::Values(
        Case{"straight", "1 New, 3 Active, 6 Closed", "", "1", "6", "6", Standing::finished, 0, 0,
             0, "3 2 0 0 0"},
        Case{"backlog_does_not_count", "1 Idea, 4 Active, 6 Closed", "", "4", "6", "6",
             Standing::finished, 0, 0, 0, "2 0 0 0 0"},
        Case{"back_to_backlog_keeps_the_clock", "1 New, 2 Idea, 5 Active, 6 Closed", "", "1", "6",
             "6", Standing::finished, 0, 0, 1, "1 4 0 0 0"},
        Case{"still_open", "1 New, 3 Active", "", "1", "-", "-", Standing::open, 0, 0, 0,
             "28 2 0 0 0"},
        Case{"only_in_backlog", "1 Idea", "", "-", "-", "-", Standing::waiting_to_start, 0, 0, 0,
             "0 0 0 0 0"},
        Case{"straight_to_done", "5 Closed", "", "5", "5", "5", Standing::finished, 0, 0, 0,
             "0 0 0 0 0", true},
        Case{"backlog_to_done", "1 Idea, 5 Closed", "", "5", "5", "5", Standing::finished, 0, 0, 0,
             "0 0 0 0 0", true},
        Case{"repeated_states_are_no_entries",
             "1 New, 2 New, 3 Active, 4 Active, 6 Closed, 9 Closed", "", "1", "6", "6",
             Standing::finished, 0, 0, 0, "3 2 0 0 0"},
        Case{"run_of_two_done_states", "1 Active, 4 Closed, 9 Archived", "", "1", "4", "4",
             Standing::finished, 0, 0, 0, "3 0 0 0 0"},
        Case{"reopened_within_grace", "1 Active, 4 Closed, 6 Active, 8 Closed", kGrace, "1", "8",
             "8", Standing::finished, 0, 1, 1, "5 0 0 2 0"},
        Case{"reopened_on_the_last_day_of_grace", "1 Active, 4 Closed, 11 Active, 12 Closed",
             kGrace, "1", "12", "12", Standing::finished, 0, 1, 1, "4 0 0 7 0"},
        Case{"reopened_after_grace", "1 Active, 4 Closed, 12 Active, 14 Closed", kGrace, "1", "14",
             "4", Standing::finished, 1, 0, 1, "5 0 0 8 0"},
        Case{"reopened_after_grace_and_open", "1 Active, 4 Closed, 12 Active", kGrace, "1", "-",
             "4", Standing::open, 0, 0, 1, "22 0 0 8 0"},
        Case{"reopened_within_grace_and_open", "1 Active, 4 Closed, 5 Active", kGrace, "1", "-",
             "-", Standing::open, 0, 1, 1, "29 0 0 1 0"},
        Case{"no_grace", "1 Active, 4 Closed, 5 Active, 6 Closed", "reopen_grace_days = 0\n", "1",
             "6", "4", Standing::finished, 1, 0, 1, "4 0 0 1 0"},
        Case{"first_done_stands", "1 Active, 4 Closed, 5 Active, 9 Closed",
             "finish = \"first_done\"\n", "1", "4", "4", Standing::finished, 0, 0, 1, "3 0 0 0 0"},
        Case{"first_done_then_after_grace", "1 Active, 4 Closed, 15 Active, 19 Closed",
             "finish = \"first_done\"\n", "1", "4", "4", Standing::finished, 1, 0, 1, "3 0 0 0 0"},
        Case{"no_rework_through_a_state_without_stage",
             "1 Active, 4 Awaiting Vendor, 5 New, 9 Closed", "", "1", "9", "9", Standing::finished,
             0, 0, 0, "3 4 1 0 0"},
        Case{"first_done_stands_while_open", "1 Active, 4 Closed, 5 Active",
             "finish = \"first_done\"\n", "1", "4", "4", Standing::finished, 0, 0, 1, "3 0 0 0 0"},
        Case{"cancelled", "1 New, 3 Active, 6 Dropped", "", "1", "-", "-", Standing::cancelled, 0,
             0, 0, "3 2 0 0 0"},
        Case{"cancelled_before_it_began", "1 Idea, 6 Dropped", "", "-", "-", "-",
             Standing::cancelled, 0, 0, 0, "0 0 0 0 0"},
        Case{"cancelled_and_taken_up_again", "1 Active, 3 Dropped, 6 Active, 7 Closed", "", "1",
             "7", "7", Standing::finished, 0, 0, 0, "3 0 0 3 0"},
        Case{"done_then_cancelled", "1 Active, 3 Closed, 6 Dropped", "", "1", "-", "-",
             Standing::cancelled, 0, 1, 0, "2 0 0 3 0"},
        Case{"blocked_state_and_flag", "1 Active, 2 Awaiting parts, 5! Active, 6 Active, 8 Closed",
             "", "1", "8", "8", Standing::finished, 0, 0, 0, "3 0 4 0 0"},
        Case{"skipped_stage_is_no_visit", "1 New, 4 Review, 6 Closed", "", "1", "6", "6",
             Standing::finished, 0, 0, 0, "2 3 0 0 0"},
        Case{"backward_move_opens_a_loop", "1 Active, 2 Review, 4 Active, 5 Review, 6 Closed", "",
             "1", "6", "6", Standing::finished, 0, 0, 1, "5 0 0 0 0"},
        Case{"blocked_state_is_no_stage", "1 Review, 2 Awaiting parts, 4 Review, 6 Closed", "", "1",
             "6", "6", Standing::finished, 0, 0, 0, "3 0 2 0 0"},
        Case{"unknown_state_is_never_guessed", "1 New, 3 Mystery, 6 Active, 7 Closed", "", "1", "7",
             "7", Standing::finished, 0, 0, 0, "1 2 0 0 3"},
        Case{"unknown_state_does_not_start_the_clock", "1 Mystery, 3 Active, 7 Closed", "", "3",
             "7", "7", Standing::finished, 0, 0, 0, "4 0 0 0 0"},
        Case{"unknown_state_after_done_means_open", "1 Active, 3 Closed, 5 Mystery", kGrace, "1",
             "-", "-", Standing::open, 0, 1, 0, "2 0 0 2 26"},
        Case{"all_at_one_instant", "3 New, 3 Active, 3 Closed", "", "3", "3", "3",
             Standing::finished, 0, 0, 0, "0 0 0 0 0"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(Log, OrdersByTimeThenSequenceThenRow) {
  testing::Org org;
  org.event("A", "2024-01-01T08:00:00Z", "Closed", "", "", 2)
      .event("A", "2024-01-01T08:00:00Z", "New", "", "", 0);
  org.event("A", "2024-01-01T08:00:00Z", "Active", "", "", 1).created("A", "2024-01-01");
  const Walked walked = walk(read_log(org.snapshot(), testing::at("2024-02-01")));
  EXPECT_EQ(walked.items.front().standing, Standing::finished);
  EXPECT_FALSE(walked.items.front().skipped_all);
}

TEST(Log, SeesOnlyWhatWasKnown) {
  testing::Org org;
  org.event("A", "2024-01-01", "New")
      .event("A", "2024-01-05", "Closed")
      .event("B", "2024-01-09", "New");
  org.event("C", "2024-01-02", "New").created("C", "2024-01-04", "", "", "", "2024-01-02");
  org.created("D", "2024-01-01");  // a fact without any event
  const FlowLog log = read_log(org.snapshot(), testing::at("2024-01-03"));
  ASSERT_EQ(log.items.size(), 2U);  // B is later, D has no event
  EXPECT_EQ(log.items[0].count, 1U);
  EXPECT_EQ(log.key_of(log.items[1]), "C") << "its own event shows it, whenever it was created";
  ASSERT_EQ(log.faults.size(), 1U);
  EXPECT_TRUE(log.faults[0].starts_with("1 item has events up to 2024-01-03T00:00:00Z"));
  EXPECT_TRUE(read_log(org.snapshot(), testing::at("2024-01-05")).faults.empty());
}

TEST(Log, NewestTicketListCounts) {
  testing::Org org;
  org.import().last_import().is_ticket_list = true;
  org.event("T-1", "2024-01-02", "New").event("T-2", "2024-01-02", "New");
  org.import().last_import().is_ticket_list = true;
  org.event("T-1", "2024-01-02", "New").event("T-1", "2024-01-09", "Closed");
  const FlowLog log = read_log(org.snapshot(), testing::at("2024-02-01"));
  EXPECT_EQ(log.superseded_rows, 1U);
  const Walked walked = walk(log);
  ASSERT_EQ(walked.items.size(), 2U);
  EXPECT_TRUE(walked.items[0].is_ticket);
  EXPECT_TRUE(walked.items[0].is_finished());
  EXPECT_EQ(walked.items[1].standing, Standing::open);  // only in the first list: still counts
}

TEST(Log, TruncatedOnlyWhenNobodyKnowsTheStart) {
  testing::Org org;
  for (const auto* item : {"whole", "late", "late_known"}) {
    const bool late = std::string_view(item) != "whole";
    org.event(item, "2024-01-01", "New", "", "", late ? 4 : 0)
        .event(item, "2024-01-05", "Closed", "", "", late ? 5 : 1);
  }
  org.created("late_known", "2023-12-01");
  const Walked walked = walk(read_log(org.snapshot(), testing::at("2024-02-01")));
  EXPECT_TRUE(walked.items[0].is_truncated);   // late
  EXPECT_FALSE(walked.items[1].is_truncated);  // late_known
  EXPECT_FALSE(walked.items[2].is_truncated);  // whole
}

TEST(Log, ACounterThroughTheWholeSourceIsNoSignOfMissingHistory) {
  testing::Org org;
  org.event("A", "2024-01-01", "New", "", "", 1).event("B", "2024-01-02", "New", "", "", 2);
  org.event("A", "2024-01-03", "Closed", "", "", 3);
  for (const ItemFlow& flow : walk(read_log(org.snapshot(), testing::at("2024-02-01"))).items) {
    EXPECT_FALSE(flow.is_truncated);
  }
}

TEST(Log, TheStreamsOwnMapWins) {
  testing::Org org;
  ValueStream stream;
  stream.id = "orders";
  stream.state_map = "[states]\n\"New\" = \"active\"\n\"Closed\" = \"done\"\n";
  org.record(stream).event("A", "2024-01-01", "New").event("A", "2024-01-05", "Closed");
  org.created("A", "2024-01-01", "bug", "Orders")
      .event("B", "2024-01-01", "New")
      .event("B", "2024-01-05", "Closed");
  const FlowLog log = read_log(org.snapshot(), testing::at("2024-02-01"));
  const Walked walked = walk(log);
  EXPECT_EQ(to_days(Micros{walked.items[0].active}), 4);
  EXPECT_EQ(to_days(Micros{walked.items[1].wait}), 4);
  EXPECT_EQ(log.items[0].type, WorkType::defect);
}

TEST(Log, AMapThatCannotBeReadIsSaidAndLeftOut) {
  testing::Org org;
  ValueStream stream;
  stream.id = "orders";
  stream.state_map = "[states\n";
  org.record(stream).event("A", "2024-01-01", "New").created("A", "2024-01-01", "", "orders");
  const FlowLog log = read_log(org.snapshot(), testing::at("2024-02-01"));
  ASSERT_EQ(log.faults.size(), 1U);
  EXPECT_EQ(log.maps[log.items[0].map].meaning[1], Meaning::wait);  // the import's map stands in
}

}  // namespace
}  // namespace tiebeam::flow
