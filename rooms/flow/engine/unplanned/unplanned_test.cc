// What counts as unplanned, and when a stream has too much of it.
#include "rooms/flow/engine/unplanned/unplanned.h"

#include <gtest/gtest.h>

#include "model/urgency_words.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

std::string hour(double offset) {
  const auto micros = static_cast<std::int64_t>(offset * 3'600'000'000);
  return format_instant(testing::at("2024-03-01T08:00:00Z") + Micros{micros});
}
// Asked for at hour `asked`, worked on `after` hours later.
void begin(Org& org, const std::string& item, std::string_view type, double asked, double after,
           std::string_view stream = {}, std::string_view priority = {}) {
  org.event(item, hour(asked), "New").event(item, hour(asked + after), "Active");
  org.created(item, hour(asked), type, stream);
  if (!priority.empty()) org.words(item, testing::at(hour(asked)), "", type, priority, stream);
}
struct Answer {
  FlowReport report;
  Unplanned found;
  Figure share;
  explicit Answer(Org& org)
      : report(compute_report(org.snapshot(), {})),
        found(compute_unplanned(report)),
        share(unplanned_figures(report, found)[0]) {}
};

TEST(Urgency, WordsOfTypesAndPriorities) {
  for (const char* text :
       {"1 - Critical", "P1", "p0", "Sev 1", "SEV-1", "Priority 1", "1", "Blocker", "Highest",
        "URGENT", "Dringend", "Spoed", "Prio 1 (sofort)", "Emergency"})
    EXPECT_TRUE(is_urgent_priority(text)) << text;
  for (const char* text : {"2 - High", "P2", "High", "3 - Moderate", "not urgent", "non-urgent", "",
                           "10", "Normal", "Sev 2", "P10", "Level 3"})
    EXPECT_FALSE(is_urgent_priority(text)) << text;
  for (const char* text : {"Emergency change", "Hotfix", "Outage", "Störung"})
    EXPECT_TRUE(is_urgent_type(text)) << text;
  for (const char* text : {"Story", "1", "P1", "Standard change"})
    EXPECT_FALSE(is_urgent_type(text));
}

// docs/method/unplanned.md, worked example.
TEST(Unplanned, UrgentAndWithinADayOfBeingAskedFor) {
  Org org;
  begin(org, "A", "incident", 0, 2);                    // unplanned
  begin(org, "B", "incident", 0, 30);                   // urgent, but it waited a day
  begin(org, "C", "feature", 0, 1);                     // at once, but not urgent
  begin(org, "D", "change", 0, 3, "", "1 - Critical");  // unplanned, by its priority
  begin(org, "E", "feature", 0, 100, "", "Low");
  org.event("F", hour(5), "New").created("F", hour(5), "incident");  // nobody works on it yet
  begin(org, "G", "incident", 0, 24);  // exactly a day: had time to be planned
  const Answer answer(org);
  EXPECT_EQ(answer.share.n, 6);
  EXPECT_DOUBLE_EQ(answer.share.number(), 2.0 / 6);
}

TEST(Unplanned, WithoutACreationDateTheFirstEventCounts) {
  Org org;
  org.event("A", hour(0), "New")
      .event("A", hour(1), "Active")
      .words("A", testing::at(hour(0)), "", "incident");
  const Answer answer(org);
  EXPECT_EQ(answer.share.number(), 1);
  EXPECT_NE(answer.share.trail.notes[0].find("no date of creation"), std::string::npos);
}

TEST(Unplanned, WithoutTypeAndPriorityItIsNotMeasurable) {
  Org org;
  begin(org, "A", "", 0, 1);
  const Answer answer(org);
  EXPECT_EQ(answer.share.status, Status::not_measurable);
  EXPECT_NE(answer.share.reason.find("add the column type"), std::string::npos);
  EXPECT_EQ(answer.found.streams[0].verdict, UnplannedVerdict::not_measurable);
}

TEST(Unplanned, AListOfTicketsTellsNoBeginning) {
  Org org;
  org.import().last_import().is_ticket_list = true;
  org.event("A", hour(0), "New").event("A", hour(9), "Closed").created("A", hour(0), "incident");
  const Answer answer(org);
  EXPECT_EQ(answer.share.status, Status::not_measurable);
  EXPECT_NE(answer.share.reason.find("history"), std::string::npos);
}

UnplannedVerdict verdict(int urgent, int planned, std::optional<double> target = {}) {
  Org org;
  ValueStream stream;
  stream.id = "orders", stream.name = "Orders", stream.unplanned_target = target;
  org.record(stream);
  for (int i = 0; i < urgent; ++i) begin(org, "U" + std::to_string(i), "incident", i, 1, "orders");
  for (int i = 0; i < planned; ++i) begin(org, "P" + std::to_string(i), "feature", i, 50, "orders");
  return Answer(org).found.streams[0].verdict;
}

TEST(Unplanned, VerdictWaitsUntilChanceIsRuledOut) {
  EXPECT_EQ(verdict(3, 5), UnplannedVerdict::too_few);
  EXPECT_EQ(verdict(40, 60), UnplannedVerdict::above);
  EXPECT_EQ(verdict(6, 20), UnplannedVerdict::unclear);  // 23 %, but 13 to 38 % is possible
  EXPECT_EQ(verdict(2, 98), UnplannedVerdict::within);
  EXPECT_EQ(verdict(40, 60, 0.6), UnplannedVerdict::within);
  EXPECT_EQ(verdict(99, 1), UnplannedVerdict::no_target);  // a stream made for incidents
  EXPECT_EQ(verdict(99, 1, 0.5), UnplannedVerdict::above);
}

TEST(Unplanned, MonthsAddUpToTheStream) {
  Org org;
  for (int i = 0; i < 80; ++i)
    begin(org, "U" + std::to_string(i), i % 3 == 0 ? "incident" : "feature", 24.0 * i, 1, "orders");
  const UnplannedStream row = Answer(org).found.streams[0];
  std::int64_t begun = 0, unplanned = 0;
  for (const UnplannedMonth& month : row.months) begun += month.begun, unplanned += month.unplanned;
  EXPECT_EQ(begun, row.begun);
  EXPECT_EQ(unplanned, row.unplanned);
  EXPECT_EQ(row.months.size(), 3U);
}

}  // namespace
}  // namespace tiebeam::flow
