// Figures and arrays of small organisations that can be checked by hand. The examples named
// "worked" are those of docs/method.
#include "rooms/flow/engine/report.h"

#include <gtest/gtest.h>

#include "rooms/flow/engine/evidence.h"
#include "rooms/flow/engine/recompute.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam {
namespace {
struct TestPriority : RecordBase {
  std::string statement;
};
struct TestInitiative : RecordBase {
  Id<"priority"> priority;
};
}  // namespace

template <>
struct Describe<TestPriority> {
  static constexpr std::string_view name = "priority", title = "Priority", plural = "priorities",
                                    help = "";
  static constexpr auto fields = std::tuple{field("statement", &TestPriority::statement, {})};
};
template <>
struct Describe<TestInitiative> {
  static constexpr std::string_view name = "initiative", title = "Initiative",
                                    plural = "initiatives", help = "";
  static constexpr auto fields = std::tuple{field("priority", &TestInitiative::priority, {})};
};
}  // namespace tiebeam

namespace tiebeam::flow {
namespace {

using testing::Org;

const Figure& figure(const FlowReport& report, std::string_view key) {
  const auto found = std::ranges::find(report.figures, key, &Figure::key);
  TB_CHECK(found != report.figures.end(), "the key is declared");
  return *found;
}
FlowReport report_of(Org& org, std::string_view as_of = {}, std::string_view from = {},
                     std::string_view to = {}) {
  Asked asked;
  if (!as_of.empty()) asked.as_of = testing::at(as_of);
  if (!from.empty()) asked.from = testing::at(from);
  if (!to.empty()) asked.to = testing::at(to);
  return compute_report(org.snapshot(), asked);
}
std::string day(int offset, int hour = 8) {
  return format_instant(testing::at("2024-01-01T00:00:00Z") + std::chrono::days{offset} +
                        std::chrono::hours{hour});
}

TEST(Report, NothingAtAll) {
  Snapshot nothing;
  const FlowReport bare = compute_report(nothing, {});
  Org org;
  const FlowReport report = report_of(org);
  for (const FlowReport* each : {&bare, &report}) {
    EXPECT_EQ(figure(*each, "flow.items").number(), 0);
    EXPECT_EQ(figure(*each, "flow.events").number(), 0);
    EXPECT_EQ(figure(*each, "flow.little.residual").number(), 0);
    for (const Figure& one : each->figures) {
      EXPECT_TRUE(one.has_value() || !one.reason.empty()) << one.key;
      EXPECT_EQ(one.has_value(), one.status == Status::ok) << one.key;
    }
  }
}

TEST(Report, TooFewIsSaidWithTheNumberNeeded) {
  Org org;
  for (int i = 0; i < 7; ++i) {
    const std::string item = "A" + std::to_string(i);
    org.event(item, day(0), "Active").event(item, day(i + 1), "Closed");
  }
  const FlowReport report = report_of(org);
  EXPECT_EQ(figure(report, "flow.cycle_time.p50").number(), 4);
  const Figure& p85 = figure(report, "flow.cycle_time.p85");
  EXPECT_EQ(p85.status, Status::too_few);
  EXPECT_EQ(p85.reason, "7 finished items: 19 are needed for an 85 % line");
  EXPECT_EQ(p85.n, 7);
  EXPECT_EQ(figure(report, "flow.cycle_time.mean").number(), 4);
  EXPECT_EQ(figure(report, "flow.lead_time.p50").status,
            Status::not_measurable);  // no date of creation
}

// docs/method/little.md, worked example.
TEST(Report, LittleWorkedExample) {
  Org org;
  org.event("A", day(0, 0), "Active").event("A", day(4, 0), "Closed");   // 4 days
  org.event("B", day(2, 0), "Active").event("B", day(9, 0), "Closed");   // 7 days
  org.event("C", day(6, 0), "Active").event("C", day(8, 0), "Dropped");  // given up at 2 days
  org.event("D", day(7, 0), "Active").event("D", day(10, 0), "Active");  // open
  const FlowReport report = report_of(org, day(10, 0), day(3, 0), day(10, 0));
  const Load::Balance balance = Load(report.walked).balance(report.window.from, report.window.end);
  const auto days = [](Wide micros) { return static_cast<double>(micros) / kMicrosPerDay; };
  EXPECT_EQ(days(balance.left), 12);        // 1 + 6 + 2 + 3 item-days in the window of 7 days
  EXPECT_EQ(days(balance.finished), 11);    // A 4, B 7
  EXPECT_EQ(days(balance.cancelled), 2);    // C
  EXPECT_EQ(days(balance.age_gained), -1);  // at the end D 3; at the start A 3, B 1
  EXPECT_DOUBLE_EQ(figure(report, "flow.load").number(), 12.0 / 7);
  EXPECT_EQ(figure(report, "flow.little.residual").number(), 0);
}

// docs/method/flow-efficiency.md, worked example.
Org efficiency_example() {
  Org org;
  org.event("A", day(0), "New", "Desk").event("A", day(2), "Active", "Desk");
  org.event("A", day(2, 20), "Queue", "Desk").event("A", day(5), "Review", "Desk");
  org.event("A", day(5, 12), "Closed", "Desk");  // active 0.5 + 1/6 of 5 1/6
  org.event("B", day(0), "Active", "Desk").event("B", day(4), "Review", "Lab");
  org.event("B", day(5), "Closed", "Lab");  // active 5 of 5
  return org;
}
TEST(Report, EfficiencyWorkedExample) {
  Org org = efficiency_example();
  const FlowReport report = report_of(org);
  const double clock = 5.0 + 4.0 / 24 + 5;
  EXPECT_DOUBLE_EQ(figure(report, "flow.efficiency").number(), (0.5 + 4.0 / 24 + 5) / clock);
  const Figure& band = figure(report, "flow.efficiency.band");
  ASSERT_TRUE(band.interval);
  EXPECT_DOUBLE_EQ(band.number(), figure(report, "flow.efficiency").number());
  EXPECT_DOUBLE_EQ(band.interval->high, band.number());
  // B's four days in Active show no touch: longer than 24 hours. Its day in Review is exactly 24.
  EXPECT_DOUBLE_EQ(band.interval->low, (0.5 + 4.0 / 24 + 1) / clock);
  // Active is left by A to the same team and by B to another: not mostly to another.
  EXPECT_TRUE(report.efficiency.owner_wait_states.empty());
}

TEST(Report, AStateMostlyLeftToAnotherOwnerIsReadAsWaiting) {
  Org org = efficiency_example();
  org.event("C", day(0), "Active", "Desk")
      .event("C", day(1), "Review", "Lab")
      .event("C", day(2), "Closed", "Lab");
  const FlowReport report = report_of(org);
  EXPECT_EQ(report.efficiency.owner_wait_states, std::vector<std::string>{"Active"});
  EXPECT_LT(report.efficiency.owner_view, report.efficiency.declared->value);
}

TEST(Report, EfficiencyIsNotMeasurableWithoutAWaitBetweenActiveStates) {
  Org org;
  org.import("[states]\n\"To do\" = \"wait\"\n\"Doing\" = \"active\"\n\"Done\" = \"done\"\n");
  for (int i = 0; i < 30; ++i) {
    const std::string item = "A" + std::to_string(i);
    org.event(item, day(0), "To do").event(item, day(3), "Doing").event(item, day(5 + i), "Done");
  }
  const FlowReport report = report_of(org);
  for (const char* key : {"flow.efficiency", "flow.efficiency.p50", "flow.efficiency.band"}) {
    EXPECT_EQ(figure(report, key).status, Status::not_measurable);
    EXPECT_FALSE(figure(report, key).has_value());
  }
  EXPECT_TRUE(figure(report, "flow.cycle_time.p85").has_value());
  EXPECT_EQ(figure(report, "flow.rework.share").status,
            Status::not_measurable);  // no order in the map
}

TEST(Report, ATicketListHasLeadTimesButNoHistory) {
  Org org;
  org.import().last_import().is_ticket_list = true;
  for (int i = 0; i < 40; ++i) {
    const std::string item = "T" + std::to_string(i);
    org.created(item, day(i)).event(item, day(i), "New", "Desk");
    if (i < 30) org.event(item, day(i + 4), "Closed", "Desk");
  }
  const FlowReport report = report_of(org);
  EXPECT_EQ(figure(report, "flow.lead_time.p50").number(), 4);
  EXPECT_EQ(figure(report, "flow.cycle_time.km.p50").number(), 4);
  EXPECT_TRUE(figure(report, "flow.throughput.week").has_value());
  EXPECT_TRUE(figure(report, "flow.age.p50").has_value());
  for (const char* key :
       {"flow.cycle_time.p50", "flow.cycle_time.mean", "flow.efficiency", "flow.efficiency.band",
        "flow.handoffs.team", "flow.handoffs.team.per_item", "flow.pingpong.share",
        "flow.rework.share"}) {
    EXPECT_EQ(figure(report, key).status, Status::not_measurable) << key;
    EXPECT_NE(figure(report, key).reason.find("--format events"), std::string::npos) << key;
  }
}

TEST(Report, WeeksAreFullOrLeftOutAndZerosAreKept) {
  Org org;
  // 2024-01-01 is a Monday. Finishes on day 9 (week 2), 10 (week 2) and 24 (week 4); week 3 has
  // none.
  org.event("A", day(2), "Active").event("A", day(9), "Closed").event("B", day(3), "Active");
  org.event("B", day(10), "Closed").event("C", day(8), "Active").event("C", day(24), "Closed");
  org.event("D", day(29), "Active");  // Tuesday of week 5: partial
  const FlowReport report = report_of(org);
  ASSERT_EQ(report.weeks.size(), 5U);
  EXPECT_FALSE(report.weeks[0].is_full);
  EXPECT_FALSE(report.weeks[4].is_full);
  EXPECT_EQ(report.weeks[1].finishes, 2);
  EXPECT_EQ(report.weeks[2].finishes, 0);
  EXPECT_EQ(report.weeks[2].wip_at_end, 1);
  EXPECT_EQ(figure(report, "flow.throughput.week").number(), 1);  // (2 + 0 + 1) / 3
  EXPECT_DOUBLE_EQ(figure(report, "flow.arrival.week").number(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(figure(report, "flow.net_flow.week").number(), -2.0 / 3);
  EXPECT_EQ(figure(report, "flow.backlog.months").number(), 1 / (365.25 / 12 / 7));
}

TEST(Report, ASecondCycleIsReworkAndStaysOutOfTheThroughput) {
  Org org;
  org.event("A", day(0), "Active").event("A", day(2), "Closed").event("A", day(15), "Active");
  org.event("A", day(22), "Closed").event("Z", day(0), "Active").event("Z", day(35), "Active");
  const FlowReport report = report_of(org);
  EXPECT_EQ(report.weeks[0].finishes, 1);
  EXPECT_EQ(report.weeks[3].finishes, 0);
  EXPECT_EQ(report.weeks[3].second_cycles, 1);
  EXPECT_EQ(figure(report, "flow.finished").number(), 1);
  EXPECT_EQ(figure(report, "flow.rework.share").number(), 1);
  EXPECT_EQ(figure(report, "flow.cycle_time.mean").number(), 22);
}

// One piece of work has no spread: a mean of it is told as it is, without a range.
TEST(Report, OneFinishedItemHasAMeanAndNoRange) {
  Org org;
  org.event("A", day(0), "New").event("A", day(1), "Active").event("A", day(2), "Queue");
  org.event("A", day(3), "Active").event("A", day(4), "Closed");
  const FlowReport report = report_of(org);
  EXPECT_EQ(figure(report, "flow.cycle_time.mean").number(), 4);
  EXPECT_FALSE(figure(report, "flow.cycle_time.mean").interval.has_value());
  EXPECT_EQ(figure(report, "flow.cycle_time.p50").reason,
            "1 finished item: 5 are needed for a line at half");
  EXPECT_EQ(figure(report, "flow.cycle_time.km.p50").reason,
            "1 item has begun: 5 are needed for a line at half");
}

TEST(Report, MonthsOfBacklogHaveTheRangeOfThePace) {
  Org org;
  for (int i = 0; i < 60; ++i) {
    const std::string item = "A" + std::to_string(i);
    org.event(item, day(i), "Active");
    if (i < 50) org.event(item, day(i + 1 + i % 3), "Closed");
  }
  const FlowReport report = report_of(org);
  const Figure& months = figure(report, "flow.backlog.months");
  const Figure& pace = figure(report, "flow.throughput.week");
  ASSERT_TRUE(months.interval.has_value());
  EXPECT_DOUBLE_EQ(months.interval->low * pace.interval->high, months.number() * pace.number());
  EXPECT_DOUBLE_EQ(months.interval->high * pace.interval->low, months.number() * pace.number());
}

// Without anything open the curve's share is k of n; its log-log interval is near Wilson's.
TEST(Report, TheShareGivenUpHasItsRange) {
  Org org;
  for (int i = 0; i < 40; ++i) {
    const std::string item = "A" + std::to_string(i);
    org.event(item, day(0), "Active").event(item, day(1 + i), i % 4 == 0 ? "Dropped" : "Closed");
  }
  const FlowReport report = report_of(org);
  const Figure& share = figure(report, "flow.cancelled.share");
  const quant::Spread wilson = quant::wilson(10, 40);
  ASSERT_TRUE(share.interval.has_value());
  EXPECT_NEAR(share.number(), 0.25, 1e-12);
  EXPECT_NEAR(share.interval->low, wilson.low, 0.02);
  EXPECT_NEAR(share.interval->high, wilson.high, 0.02);
  Org none;
  for (int i = 0; i < 9; ++i) {
    const std::string item = "A" + std::to_string(i);
    none.event(item, day(0), "Active").event(item, day(1 + i), "Closed");
  }
  const FlowReport kept = report_of(none);
  ASSERT_TRUE(figure(kept, "flow.cancelled.share").interval.has_value());
  EXPECT_EQ(figure(kept, "flow.cancelled.share").interval->low, 0);
  EXPECT_DOUBLE_EQ(figure(kept, "flow.cancelled.share").interval->high, quant::wilson(0, 9).high);
}

// Its date of creation lies after the as-of, its events do not: it is counted, and said.
TEST(Report, WorkCreatedAfterTheAsOfIsCountedByItsEvents) {
  Org org;
  org.event("A", day(0), "New").event("A", day(1), "Active");
  org.event("B", day(1), "New").event("B", day(2), "Closed");
  org.created("A", day(0)).created("B", day(3), "", "", "", day(1));
  const FlowReport report = report_of(org, day(2));
  EXPECT_EQ(figure(report, "flow.events").number(), 4);
  EXPECT_EQ(figure(report, "flow.items").number(), 2);
  EXPECT_TRUE(std::ranges::any_of(report.quality.notes, [](const std::string& note) {
    return note.contains("a date of creation after it: counted, but not in lead times");
  }));
  const Figure& lead = figure(report, "flow.lead_time.p50");
  EXPECT_EQ(lead.n, 0);
  EXPECT_TRUE(std::ranges::any_of(lead.trail.notes, [](const std::string& note) {
    return note == "1 item finished before being created: left out";
  }));
}

TEST(Report, TheWindowIsHalfOpen) {
  Org org;
  org.event("A", day(0), "Active").event("A", day(5), "Closed").event("B", day(0), "Active");
  org.event("B", day(9), "Closed").event("C", day(3), "Active");
  const FlowReport report = report_of(org, day(20), day(5), day(9));
  EXPECT_EQ(figure(report, "flow.finished").number(),
            1);  // A at its start, B at its end does not count
  EXPECT_EQ(figure(report, "flow.open").number(), 2);
  EXPECT_EQ(report.aging.size(), 2U);
  EXPECT_EQ(report.aging[0].age_days, 9);
  const FlowReport whole = report_of(org);
  EXPECT_EQ(figure(whole, "flow.finished").number(), 2);  // B at the as-of itself counts
}

TEST(Report, WorkingTimeComesFromTheStreamsCalendar) {
  Org org;
  WorkCalendar office;
  office.id = "office";
  office.holidays = {"2024-01-02"};
  ValueStream stream;
  stream.id = "orders";
  stream.calendar = Id<"calendar">("office");
  org.record(office).record(stream);
  for (int i = 0; i < 6;
       ++i) {  // Monday 16:00 to Wednesday 10:00, Tuesday is a holiday: 1 + 1 hours
    const std::string item = "A" + std::to_string(i);
    org.created(item, day(0, 15), "", "orders")
        .event(item, day(0, 16), "Active")
        .event(item, day(2, 10), "Closed");
  }
  const FlowReport report = report_of(org);
  EXPECT_DOUBLE_EQ(figure(report, "flow.cycle_time.working.p50").number(), 2);
  EXPECT_EQ(figure(report, "flow.cycle_time.working.p50").unit, "working hours");
  EXPECT_EQ(figure(report, "flow.cycle_time.working.p85").status, Status::too_few);
  Org without;
  without.event("A", day(0), "Active");
  EXPECT_EQ(figure(report_of(without), "flow.cycle_time.working.p50").status,
            Status::not_measurable);
}

TEST(Report, HandoverMatrixCountsKnownTeamsOnly) {
  Org org;
  org.event("A", day(0), "Active", "Desk")
      .event("A", day(1), "Active", "")
      .event("A", day(2), "Active", "Lab");
  org.event("A", day(2, 20), "Active", "Desk")
      .event("A", day(9), "Active", "Lab")
      .event("A", day(10), "Closed", "Lab");
  org.event("B", day(0), "Active", "Desk").event("B", day(1), "Closed", "Vendor");
  const FlowReport report = report_of(org);
  EXPECT_EQ(figure(report, "flow.handoffs.team").number(), 4);
  EXPECT_EQ(figure(report, "flow.handoffs.team.per_item").number(), 2);
  EXPECT_EQ(figure(report, "flow.pingpong.share").number(), 1);  // A: Desk, Lab, Desk
  EXPECT_EQ(figure(report, "flow.handoffs.person").status, Status::not_measurable);
  ASSERT_EQ(report.handover.size(), 3U);
  EXPECT_EQ(report.handover[0].from + ">" + report.handover[0].to, "Desk>Lab");
  EXPECT_EQ(report.handover[0].count, 2);
  EXPECT_DOUBLE_EQ(report.handover[0].share, 2.0 / 3);
  EXPECT_DOUBLE_EQ(*report.handover[0].mean_wait_days, (0.5 + 1) / 2);
  EXPECT_EQ(report.handover[1].to, "Vendor");
  EXPECT_FALSE(report.handover[1].mean_wait_days);          // it was the end of B
  EXPECT_DOUBLE_EQ(*report.handover[2].mean_wait_days, 3);  // Lab to Desk: six days, seen for 72 h
}

TEST(Report, PurposeFollowsEveryKindOfTie) {
  Catalog catalog;
  catalog.add(describe_record<TestPriority>("strategy"));
  catalog.add(describe_record<TestInitiative>("investment"));
  catalog.add(describe_record<Link>("kernel"));
  Org org;
  org.snapshot().catalog = &catalog;
  const auto with_id = [](auto record, std::string id) {
    record.id = std::move(id);
    return record;
  };
  TestInitiative portal;
  portal.priority = Id<"priority">("keep");
  org.record(with_id(TestPriority{}, "keep"))
      .record(with_id(portal, "portal"))
      .record(with_id(TestInitiative{}, "loose"));
  org.record(with_id(ValueStream{}, "orders")).record(with_id(ValueStream{}, "other"));
  const auto link = [&](std::string id, std::string from, std::string kind, std::string to) {
    Link tie;
    tie.id = std::move(id), tie.from = std::move(from), tie.kind = std::move(kind),
    tie.to = std::move(to);
    org.record(tie);
  };
  link("l1", "value_stream/orders", "serves", "priority/keep");
  link("l2", "work_item/w-4", "serves", "initiative/portal");
  link("l3", "value_stream/other", "moves", "priority/keep");
  WorkItem noted;
  noted.id = "w-5", noted.initiative = Id<"initiative">("portal");
  org.record(noted);
  org.created("W-1", day(0), "", "", "Portal")
      .created("W-2", day(0), "", "orders")
      .created("W-3", day(0), "", "", "loose");
  org.created("W-6", day(0), "", "other");
  for (int i = 1; i <= 6; ++i) org.event("W-" + std::to_string(i), day(0), "Active");
  const FlowReport report = report_of(org);
  std::vector<bool> tied;
  for (const Item& item : report.log.items) tied.push_back(item.is_tied);
  // by initiative, by stream, initiative without a priority, by link, by its record, by a link of
  // another kind
  EXPECT_EQ(tied, (std::vector<bool>{true, true, false, true, true, false}));
  EXPECT_DOUBLE_EQ(figure(report, "flow.purpose.share").number(), 4.0 / 6);
}

ValueStream stream_promising(std::optional<double> days) {
  ValueStream stream;
  stream.id = "orders", stream.name = "Orders";
  stream.state_map = std::string(testing::kMap);
  stream.expectation_days = days;
  return stream;
}

TEST(Report, APromiseIsKeptByWhatFinishesWithinIt) {
  Org org;
  org.record(stream_promising(5));
  const auto work = [&](const std::string& item, int took, const char* stream) {
    org.created(item, day(0), "", stream).event(item, day(0), "Active");
    org.event(item, day(took), "Closed");
  };
  work("A-1", 5, "orders"), work("A-2", 6, "orders"), work("A-3", 1, "orders");
  work("B-1", 90, "");  // in no stream: nothing was promised
  const FlowReport report = report_of(org);
  const Figure& kept = figure(report, "flow.expectation.share");
  EXPECT_DOUBLE_EQ(kept.number(), 2.0 / 3) << "a promise is kept on its last day, too";
  EXPECT_EQ(kept.n, 3);
  const auto rows = evidence_of(report, "flow.expectation.share", 0, 10);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows.back().subject, "work_item/A-2");
  EXPECT_EQ(rows.back().what, "took 6.00 days, promised 5 days");
  EXPECT_DOUBLE_EQ(*recompute(kept.trail.formula, rows)->value, kept.number());
}

TEST(Report, WithoutAPromiseNoneIsKept) {
  Org org;
  org.record(stream_promising(std::nullopt)).event("A-1", day(0), "Active");
  const FlowReport report = report_of(org);
  const Figure& kept = figure(report, "flow.expectation.share");
  EXPECT_EQ(kept.status, Status::not_measurable);
  EXPECT_NE(kept.reason.find("expectation_days"), std::string::npos);
}

TEST(Report, TheOnlyStreamHasTheRatesOfTheWhole) {
  Org org;
  for (int i = 0; i < 40; ++i) {
    const std::string item = "A" + std::to_string(i);
    org.event(item, day(i), "Active").event(item, day(i + 2 + i * i % 13), "Closed");
  }
  const FlowReport report = report_of(org);
  ASSERT_EQ(report.streams.size(), 1U);
  const Figure& rate = figure(report, "flow.throughput.week");
  EXPECT_EQ(report.streams[0].throughput_a_week, rate.number());
  ASSERT_TRUE(rate.interval && report.streams[0].throughput_interval);
  EXPECT_EQ(report.streams[0].throughput_interval->high, rate.interval->high);
  EXPECT_EQ(report.streams[0].arrival_a_week, figure(report, "flow.arrival.week").number());
}

TEST(Report, DistributionIsOfWhatFinished) {
  Org org;
  int next = 0;
  const auto work = [&](const char* type, bool done) {
    const std::string item = "A" + std::to_string(next++);
    org.created(item, day(0), type).event(item, day(0), "Active");
    if (done) org.event(item, day(3), "Closed");
  };
  work("Bug", true), work("Story", true), work("feature", true), work("Oddity", true),
      work("Bug", false);
  const FlowReport report = report_of(org);
  EXPECT_EQ(figure(report, "flow.distribution.defect").number(), 0.25);
  EXPECT_EQ(figure(report, "flow.distribution.feature").number(), 0.5);
  EXPECT_EQ(figure(report, "flow.distribution.unmapped").number(), 0.25);
  double sum = 0;
  for (const TypeRow& row : report.types) sum += row.share;
  EXPECT_DOUBLE_EQ(sum, 1);
}

TEST(Report, CancelledWorkCompetes) {
  Org org;
  for (int i = 0; i < 40; ++i) {
    const std::string item = "A" + std::to_string(100 + i);
    org.event(item, day(0), "Active").event(item, day(1 + i), i % 4 == 0 ? "Dropped" : "Closed");
  }
  const FlowReport report = report_of(org);
  EXPECT_EQ(figure(report, "flow.cancelled").number(), 10);
  EXPECT_DOUBLE_EQ(figure(report, "flow.cancelled.share").number(), 0.25);
  EXPECT_TRUE(figure(report, "flow.cycle_time.km.p50").has_value());
  const Figure& p85 = figure(report, "flow.cycle_time.km.p85");  // a quarter never finishes
  EXPECT_EQ(p85.status, Status::not_reached);
  EXPECT_NE(p85.reason.find("10 were given up"), std::string::npos) << p85.reason;
  EXPECT_EQ(p85.low, 40);
}

TEST(Report, TruncatedItemsCountAsWorkButNotAsTimes) {
  Org org;
  for (int i = 0; i < 6; ++i) {
    const std::string item = "A" + std::to_string(i);
    org.event(item, day(0), "Active", "", "", i == 5 ? 3 : 0)
        .event(item, day(4), "Closed", "", "", 9);
  }
  const FlowReport report = report_of(org);
  EXPECT_EQ(report.quality.truncated, 1U);
  EXPECT_EQ(figure(report, "flow.finished").number(), 6);
  EXPECT_EQ(figure(report, "flow.cycle_time.p50").n, 5);
  EXPECT_EQ(figure(report, "flow.cycle_time.km.p50").n, 5);
}

TEST(Evidence, NamesTheLinesOfTheSource) {
  Org org;
  org.created("A", day(0))
      .event("A", day(1), "New")
      .event("A", day(2), "Active")
      .event("A", day(5), "Closed");
  const FlowReport report = report_of(org);
  const auto lead = evidence_of(report, "flow.lead_time.p85", 0, 10);
  ASSERT_EQ(lead.size(), 1U);
  EXPECT_EQ(lead[0].subject, "work_item/A");
  EXPECT_EQ(lead[0].value, 5);
  EXPECT_EQ(lead[0].what, "asked for 2024-01-01T08:00:00Z, finished 2024-01-06T08:00:00Z");
  ASSERT_EQ(lead[0].places.size(), 2U);
  EXPECT_EQ(lead[0].places[0].line, 2U);  // of the fact
  EXPECT_EQ(lead[0].places[1].line, 4U);  // the third event: the header is line 1
  EXPECT_EQ(lead[0].places[1].import_id, "imp_1");
  const auto survival = evidence_of(report, "flow.cycle_time.km.p85", 0, 10);
  EXPECT_EQ(survival[0].what, "entry_days=0 exit_days=4 event=done");
  EXPECT_TRUE(evidence_of(report, "flow.backlog.months", 0, 10).empty());
  EXPECT_TRUE(evidence_of(report, "flow.no_such", 0, 10).empty());
}

}  // namespace
}  // namespace tiebeam::flow
