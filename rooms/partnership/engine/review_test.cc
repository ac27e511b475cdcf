// The rhythm, the relevance and the pack of a review, worked by hand.
#include "rooms/partnership/engine/review.h"

#include <gtest/gtest.h>

#include "rooms/partnership/engine/figures.h"
#include "rooms/partnership/engine/kpi.h"

namespace tiebeam::partnership {
namespace {

Day day(std::string_view text) { return parse_day(text).value(); }
Instant at(std::string_view text) { return parse_instant(text).value(); }

Meeting meeting(std::string id, std::string_view planned, std::string_view held = "",
                bool closed = false) {
  Meeting out;
  out.id = std::move(id);
  out.name = out.id;
  out.engagement = Id<"engagement">("dana");
  if (!planned.empty()) out.planned_on = day(planned);
  if (!held.empty()) out.held_on = day(held);
  if (closed) out.closed_at = Instant{std::chrono::sys_days{day(held)}} + std::chrono::hours{17};
  return out;
}
Engagement dana() {
  Engagement out;
  out.id = "dana";
  out.name = "Review with Dana";
  out.partner = Id<"person">("dana-reyes");
  out.since = day("2026-01-01");
  return out;
}

TEST(Rhythm, CountsMeetingsWhoseDayHasPassed) {
  const Rhythm out =
      rhythm_of(dana(),
                {meeting("jan", "2026-01-15", "2026-01-16", true), meeting("feb", "2026-02-15"),
                 meeting("mar", "2026-03-15", "2026-03-15"), meeting("apr", "2026-04-15"),
                 meeting("early", "2025-12-01", "2025-12-01")},
                day("2026-03-20"));
  EXPECT_EQ(out.planned, 3U);  // January, February, March
  EXPECT_EQ(out.held, 2U);
  EXPECT_EQ(out.last_closed->id, "jan");
  EXPECT_EQ(out.open->id, "mar");  // held, its minutes are open
  EXPECT_EQ(out.last_held, day("2026-03-15"));
  EXPECT_EQ(out.next, day("2026-04-14"));  // 30 days after
  EXPECT_FALSE(out.is_silent);
}

TEST(Rhythm, IsSilentAfterOneAndAHalfCadences) {
  const std::vector<Meeting> one = {meeting("jan", "2026-01-15", "2026-01-15", true)};
  EXPECT_FALSE(rhythm_of(dana(), one, day("2026-03-01")).is_silent);  // day 45
  EXPECT_TRUE(rhythm_of(dana(), one, day("2026-03-02")).is_silent);   // day 46
  EXPECT_TRUE(rhythm_of(dana(), {}, day("2026-03-01")).is_silent);    // since January, never met
  Engagement undated = dana();
  undated.since.reset();
  EXPECT_FALSE(rhythm_of(undated, {}, day("2026-03-01")).is_silent);
}

TEST(Rhythm, AMissedMeetingIsNotTheOneToHoldNext) {
  const std::vector<Meeting> meetings = {meeting("jan", "2026-01-15"),
                                         meeting("feb", "2026-02-15", "2026-02-15", true),
                                         meeting("mar", "2026-03-15")};
  EXPECT_EQ(rhythm_of(dana(), meetings, day("2026-02-20")).open->id, "mar");
}

TEST(Rhythm, CorrectionsAreNoMeetings) {
  Meeting correction = meeting("fix", "", "2026-01-20", true);
  correction.corrects = Id<"meeting">("jan");
  const Rhythm out = rhythm_of(
      dana(), {meeting("jan", "2026-01-15", "2026-01-15", true), correction}, day("2026-02-01"));
  EXPECT_EQ(out.meetings.size(), 1U);
}

MetricVote vote(std::string id, std::string figure, Matters matters, bool reported,
                std::string_view on) {
  MetricVote out;
  out.id = std::move(id);
  out.engagement = Id<"engagement">("dana");
  out.figure = std::move(figure);
  out.matters = matters;
  out.reported = reported;
  out.asked_on = day(on);
  return out;
}

// Reported: lead time yes (1), tickets no (0), uptime somewhat (0.5). Not reported: churn yes (1).
// Relevance 1.5 / 2.5 = 0.6.
TEST(Relevance, IsTheShareOfImportanceThatIsReported) {
  const std::vector<MetricVote> votes = {vote("a", "lead", Matters::yes, true, "2026-02-01"),
                                         vote("b", "tickets", Matters::no, true, "2026-02-01"),
                                         vote("c", "uptime", Matters::somewhat, true, "2026-02-01"),
                                         vote("d", "churn", Matters::yes, false, "2026-02-01")};
  const Relevance out = relevance_of(votes, "dana", day("2026-03-01"));
  EXPECT_DOUBLE_EQ(*out.share(), 0.6);
  EXPECT_EQ(out.reported_not_valued, std::vector<std::string>{"tickets"});
  EXPECT_EQ(out.valued_not_reported, std::vector<std::string>{"churn"});
}

TEST(Relevance, TheNewestAnswerHolds) {
  const std::vector<MetricVote> votes = {vote("a", "lead", Matters::no, true, "2026-02-01"),
                                         vote("b", "lead", Matters::yes, true, "2026-03-01"),
                                         vote("c", "churn", Matters::yes, false, "2026-02-01")};
  EXPECT_DOUBLE_EQ(*relevance_of(votes, "dana", day("2026-03-01")).share(), 0.5);
  EXPECT_DOUBLE_EQ(*relevance_of(votes, "dana", day("2026-02-28")).share(), 0);
  EXPECT_FALSE(relevance_of(votes, "other", day("2026-03-01")).share());
}

TEST(Relevance, SaysWhenNothingWasAskedAndWhenNothingMatters) {
  EXPECT_EQ(relevance_figure("k", Relevance{}, Instant{}).status, Status::too_few);
  const Relevance none =
      relevance_of({vote("a", "lead", Matters::no, true, "2026-02-01")}, "dana", day("2026-03-01"));
  EXPECT_EQ(relevance_figure("k", none, Instant{}).status, Status::not_measurable);
}

Figure figure(double value, std::optional<Interval> interval = {}) {
  Figure out;
  out.key = "flow.cycle_time.km.p85";
  out.value = value;
  out.unit = "days";
  out.interval = interval;
  return out;
}

TEST(Trend, IsJudgedByTheWantedDirectionAndNotWithinChance) {
  EXPECT_EQ(trend_of(figure(10), figure(20), Wanted::down), Trend::better);
  EXPECT_EQ(trend_of(figure(20), figure(10), Wanted::down), Trend::worse);
  EXPECT_EQ(trend_of(figure(20), figure(10), Wanted::neither), Trend::moved);
  EXPECT_EQ(trend_of(figure(20), figure(20), Wanted::up), Trend::same);
  EXPECT_EQ(trend_of(figure(20), std::nullopt, Wanted::up), Trend::unknown);
  EXPECT_EQ(trend_of(figure(11, Interval{8, 14}), figure(13, Interval{10, 16}), Wanted::down),
            Trend::unclear);
  EXPECT_EQ(trend_of(figure(11, Interval{8, 12}), figure(13, Interval{12.5, 16}), Wanted::down),
            Trend::better);
  EXPECT_EQ(wanted_of("governance.decisions.in_time"), Wanted::up);
  EXPECT_EQ(wanted_of("governance.decisions.latency.p50"), Wanted::down);
}

TEST(Kpi, IsItsNewestReadingByTheDay) {
  strategy::Kpi churn;
  churn.id = "churn";
  churn.unit = "customers a year";
  strategy::KpiReading a, b;
  a.id = "a", a.kpi = Id<"kpi">("churn"), a.on = day("2026-01-31"), a.value = 400;
  b.id = "b", b.kpi = Id<"kpi">("churn"), b.on = day("2026-02-28"), b.value = 380;
  EXPECT_DOUBLE_EQ(kpi_figure(churn, {b, a}, day("2026-02-28"), Instant{}).number(), 380);
  EXPECT_DOUBLE_EQ(kpi_figure(churn, {b, a}, day("2026-02-27"), Instant{}).number(), 400);
  EXPECT_EQ(kpi_figure(churn, {b, a}, day("2026-01-30"), Instant{}).status, Status::not_measurable);
}

class Org {
 public:
  Org() {
    catalog.add(describe_record<Person>("kernel"));
    snapshot.catalog = &catalog;
    Person person;
    person.id = "dana-reyes", person.name = "Dana Reyes", person.role = "COO";
    put(person);
  }
  template <class T>
  void put(const T& record) {
    auto& all = snapshot.records[std::string(Describe<T>::name)];
    all.push_back(to_record(record));
    std::ranges::sort(all, {}, [](const Record& r) { return r.id(); });
  }
  Catalog catalog;
  Snapshot snapshot;
};
governance::Commitment promise(std::string id, std::string_view due,
                               governance::CommitmentState state, std::string_view closed = "") {
  governance::Commitment out;
  out.id = std::move(id);
  out.name = out.id;
  out.to = Id<"person">("dana-reyes");
  out.due = day(due);
  out.state = state;
  if (!closed.empty()) out.closed_on = day(closed);
  return out;
}
governance::Decision decision(std::string id, std::string_view raised, std::string_view cost,
                              std::string_view decided = "") {
  governance::Decision out;
  out.id = std::move(id);
  out.name = out.id;
  out.decider = Id<"person">("dana-reyes");
  out.raised_at = day(raised);
  if (!cost.empty()) out.cost_of_delay_a_week = Money::parse(cost, Currency{}).value();
  if (!decided.empty()) out.decided_at = day(decided);
  return out;
}

TEST(Review, HoldsWhatHappenedSinceTheLastClosedMeeting) {
  using State = governance::CommitmentState;
  Org org;
  org.put(dana());
  Meeting feb = meeting("feb", "2026-02-15", "2026-02-15", true);
  feb.asks = {"a list of the slowest approvals"};
  org.put(feb);
  org.put(promise("kept-now", "2026-03-01", State::kept, "2026-02-28"));
  org.put(promise("kept-before", "2026-02-01", State::kept, "2026-01-30"));
  org.put(promise("overdue", "2026-01-20", State::open));
  org.put(promise("coming", "2026-05-01", State::open));
  org.put(promise("late-now", "2026-03-02", State::kept, "2026-03-09"));
  governance::Commitment strange = promise("other", "2026-03-01", State::open);
  strange.to = Id<"person">("somebody-else");
  org.put(strange);
  org.put(decision("cheap", "2026-01-01", "100"));
  org.put(decision("dear", "2026-03-01", "7000"));
  org.put(decision("taken", "2026-02-01", "", "2026-03-03"));
  Action late, done;
  late.id = late.name = "late", late.meeting = Id<"meeting">("feb"), late.due = day("2026-03-01");
  done.id = done.name = "done", done.meeting = Id<"meeting">("feb"), done.state = ActionState::done;
  org.put(late), org.put(done);
  const Review out =
      compute_review(org.snapshot, dana(), at("2026-03-15T12:00:00Z"), day("2026-03-15"), {});
  EXPECT_EQ(out.period.since, day("2026-02-16"));
  EXPECT_FALSE(out.period.is_first);
  const auto ids = [](const auto& lines) {
    std::vector<std::string> all;
    for (const auto& line : lines) all.push_back(line.record.id);
    return all;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids(out.kept), (Ids{"kept-now"}));
  EXPECT_EQ(ids(out.missed), (Ids{"overdue", "late-now"}));
  EXPECT_EQ(ids(out.open), (Ids{"overdue", "coming"}));
  EXPECT_EQ(ids(out.waiting), (Ids{"dear", "cheap"}));
  EXPECT_EQ(out.waiting[0].cost_so_far->amount(), "14000.00");  // 14 days
  EXPECT_EQ(ids(out.decided), (Ids{"taken"}));
  EXPECT_EQ(ids(out.actions), (Ids{"late"}));
  EXPECT_EQ(out.asks, (Ids{"a list of the slowest approvals"}));
  EXPECT_EQ(out.good.size(), 2U);  // one kept, one decided
  EXPECT_EQ(out.ugly.size(), 1U);  // the one that passed in silence
  EXPECT_EQ(out.bad.size(), 2U);   // kept late; the action
  EXPECT_EQ(out.partner, "Dana Reyes");
}

TEST(Review, TheFirstOneLooksBackToWhereTheRhythmBegan) {
  EXPECT_EQ(period_of(dana(), Rhythm{}, day("2026-03-15")).since, day("2026-01-01"));
  Engagement undated = dana();
  undated.since.reset();
  EXPECT_EQ(period_of(undated, Rhythm{}, day("2026-03-15")).since, day("2026-02-13"));
}

}  // namespace
}  // namespace tiebeam::partnership
