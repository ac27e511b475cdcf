// Each symptom on numbers that can be worked by hand. The flow room's figures are stood in for:
// only their keys are known here, as in the program.
#include "rooms/partnership/diagnosis.h"

#include <gtest/gtest.h>

#include <cmath>

#include "quant/quantile.h"
#include "rooms/flow/records.h"
#include "rooms/investment/records.h"
#include "rooms/partnership/engine/proxies.h"

namespace tiebeam::partnership {
namespace {

Instant at(std::string_view text) { return *parse_instant(text); }

// A snapshot, and figures of the flow room as a test sets them, the same in every window.
class World {
 public:
  World() {
    made_->events.emplace("transition", transitions_);
    made_->events.emplace("item_fact", facts_);
    Import list;
    list.id = "imp_1", list.file = "list.csv", list.is_ticket_list = true;
    made_->imports.push_back(list);
    for (const char* key :
         {"flow.items", "flow.purpose.share", "flow.unplanned.share", "flow.distribution.incident",
          "flow.truck_factor", "flow.concentration.single_holder", "flow.concentration.people",
          "flow.demand.net.week", "flow.open", "flow.arrival.week", "flow.cycle_time.mean",
          "flow.lead_time.p85", "flow.waiting.party.business_decision",
          "flow.waiting.party.requirement_change", "flow.waiting.party.funding"}) {
      Figure figure;
      figure.key = key;
      figure.status = Status::not_measurable;
      figure.reason = "not said in this test";
      figures_.push_back(figure);
    }
    touch("2024-01-01T00:00:00Z");
    touch("2024-07-01T00:00:00Z");
  }
  Figure& flow(std::string_view key, double value, std::int64_t n,
               std::optional<Interval> interval = {}) {
    Figure& figure = *std::ranges::find(figures_, key, &Figure::key);
    figure.value = value, figure.n = n, figure.interval = interval, figure.status = Status::ok;
    figure.reason.clear();
    return figure;
  }
  Figure& flow(std::string_view key) { return *std::ranges::find(figures_, key, &Figure::key); }
  World& touch(std::string_view when) {
    Column& item = transitions_->column("item");
    item.narrow.push_back(item.names.intern("any"));
    for (const char* name : {"state", "team", "assignee"})
      transitions_->column(name).narrow.push_back(0);
    transitions_->column("at").wide.push_back(at(when).time_since_epoch().count());
    transitions_->column("seq").wide.push_back(0);
    transitions_->column("blocked").narrow.push_back(0);
    close(*transitions_);
    return *this;
  }
  World& ticket(const std::string& key, std::string_view title, std::string_view type = "request",
                std::string_view priority = {}, std::string_view initiative = {},
                std::string_view when = "2024-03-01T00:00:00Z") {
    const auto text = [&](const char* column, std::string_view value) {
      Column& held = facts_->column(column);
      held.narrow.push_back(held.names.intern(value));
    };
    text("item", key), text("title", title), text("type", type), text("priority", priority);
    text("initiative", initiative);
    for (const char* name : {"value_stream", "service", "status"}) text(name, "");
    facts_->column("at").wide.push_back(at(when).time_since_epoch().count());
    facts_->column("created").wide.push_back(at(when).time_since_epoch().count());
    close(*facts_);
    return *this;
  }
  World& tickets(int count, const std::string& prefix, std::string_view title,
                 std::string_view type = "request", std::string_view priority = {}) {
    for (int i = 0; i < count; ++i) ticket(prefix + std::to_string(i), title, type, priority);
    return *this;
  }
  template <class T>
  World& record(const T& record) {
    auto& list = made_->records[std::string(Describe<T>::name)];
    list.push_back(to_record(record));
    std::ranges::sort(list, {}, [](const Record& each) { return each.id(); });
    return *this;
  }
  World& pieces(std::string_view key, std::vector<Evidence> evidence) {
    evidence_[std::string(key)] = std::move(evidence);
    return *this;
  }
  Snapshot& snapshot() { return *made_; }
  std::shared_ptr<const FigureBook> book() {
    registry_ = std::make_unique<FigureRegistry>();
    FigureFamily family;
    family.name = "flow";
    for (const Figure& figure : figures_) {
      family.figures.emplace_back();
      family.figures.back().key = figure.key;
    }
    family.compute = [figures = figures_](const FigureBook& about) {
      std::vector<Figure> out = figures;
      for (Figure& figure : out) figure.as_of = about.as_of();
      return out;
    };
    family.evidence = [held = evidence_](const FigureBook&, std::string_view key,
                                         std::size_t offset, std::size_t limit) {
      const auto found = held.find(key);
      std::vector<Evidence> out;
      if (found == held.end()) return out;
      for (std::size_t i = offset; i < found->second.size() && out.size() < limit; ++i)
        out.push_back(found->second[i]);
      return out;
    };
    registry_->add(std::move(family));
    for (FigureFamily& each : diagnosis_families()) registry_->add(std::move(each));
    return std::make_shared<FigureBook>(*registry_, made_,
                                        Asked{at("2024-07-01T00:00:00Z"), {}, {}});
  }
  Figure proxy(std::string_view id) {
    return *book()->find("partnership.symptom." + std::string(id));
  }
  SymptomFound found(std::string_view id) {
    const auto about = book();
    const Diagnosis all = diagnose(*about);
    return *std::ranges::find(all.symptoms, id,
                              [](const SymptomFound& each) { return each.what->id; });
  }

 private:
  static void close(EventTable& table) {
    table.line.push_back(static_cast<std::uint32_t>(table.rows() + 2));
    table.identity.push_back(table.rows());
    if (table.spans.empty()) table.spans.push_back({"imp_1", 0, 0});
    ++table.spans.back().rows;
  }
  EventType transition_type_ = describe_event<flow::Transition>("flow");
  EventType fact_type_ = describe_event<flow::ItemFact>("flow");
  std::shared_ptr<EventTable> transitions_ = std::make_shared<EventTable>(transition_type_);
  std::shared_ptr<EventTable> facts_ = std::make_shared<EventTable>(fact_type_);
  std::shared_ptr<Snapshot> made_ = std::make_shared<Snapshot>();
  std::vector<Figure> figures_;
  std::map<std::string, std::vector<Evidence>, std::less<>> evidence_;
  std::unique_ptr<FigureRegistry> registry_;
};

investment::Initiative idea(const std::string& id, const char* spoken, const char* joined) {
  investment::Initiative out;
  out.id = id;
  if (*spoken) out.idea_at = *parse_day(spoken);
  if (*joined) out.it_involved_at = *parse_day(joined);
  return out;
}

TEST(Symptoms, LateInvolvementCountsMoreThanThirtyDays) {
  World world;
  // 31 days is late, 30 is not; one lacks a date, one is IT's own idea.
  world.record(idea("a", "2024-01-01", "2024-02-01")).record(idea("b", "2024-01-01", "2024-01-31"));
  world.record(idea("c", "2024-01-01", "2024-06-01")).record(idea("d", "2024-01-01", ""));
  world.record(idea("e", "2024-03-01", "2024-02-01")).record(idea("f", "2024-01-01", "2024-03-01"));
  const Figure proxy = world.proxy("late_involvement");
  ASSERT_TRUE(proxy.has_value()) << proxy.reason;
  EXPECT_DOUBLE_EQ(proxy.number(), 3.0 / 5);
  EXPECT_EQ(proxy.n, 5);
  const SymptomFound found = world.found("late_involvement");
  EXPECT_EQ(found.verdict, Verdict::unknown);  // 3 of 5 may be chance
  ASSERT_EQ(found.examples.size(), 3U);
  EXPECT_EQ(found.examples[0].evidence.subject, "initiative/c");  // 152 days
  EXPECT_EQ(found.examples[0].evidence.what, "idea 2024-01-01, IT joined 2024-06-01: 152 days");
}

TEST(Symptoms, LateInvolvementIsNotMeasurableWithoutDates) {
  EXPECT_EQ(World().proxy("late_involvement").status, Status::not_measurable);
  World world;
  world.record(idea("a", "2024-01-01", "2024-02-01"));
  EXPECT_EQ(world.proxy("late_involvement").status, Status::too_few);
}

TEST(Symptoms, PurposeFollowsPrioritiesThenInitiatives) {
  World world;
  EXPECT_EQ(world.proxy("no_purpose").status, Status::not_measurable);
  for (int i = 0; i < 30; ++i)
    world.ticket("T" + std::to_string(i), "", "", "", i < 6 ? "portal" : "");
  EXPECT_DOUBLE_EQ(world.proxy("no_purpose").number(), 24.0 / 30);
  EXPECT_EQ(world.found("no_purpose").verdict, Verdict::present);
  Waiver unused;
  unused.id = "x";
  // With priorities on record the flow room's share counts: 1 - 0.75.
  world.snapshot().records["priority"].push_back(to_record(unused));
  world.flow("flow.purpose.share", 0.75, 40);
  EXPECT_DOUBLE_EQ(world.proxy("no_purpose").number(), 0.25);
  EXPECT_EQ(world.found("no_purpose").verdict, Verdict::not_seen);
  world.flow("flow.purpose.share", 0.75, 19);
  EXPECT_EQ(world.proxy("no_purpose").status, Status::too_few);
}

TEST(Symptoms, UntiedWorkIsTheEvidenceOfMissingPurpose) {
  World world;
  Waiver unused;
  unused.id = "x";
  world.snapshot().records["priority"].push_back(to_record(unused));
  std::vector<Evidence> pieces;
  for (int i = 0; i < 20; ++i)
    pieces.push_back({"work_item/T" + std::to_string(i), i < 5 ? 1.0 : 0.0, "", {}});
  world.pieces("flow.purpose.share", pieces).flow("flow.purpose.share", 0.25, 20);
  const auto book = world.book();
  const auto all = book->evidence("partnership.symptom.no_purpose", 0, 100);
  ASSERT_EQ(all.size(), 20U);
  EXPECT_EQ(all[0].subject, "work_item/T5");
  EXPECT_EQ(all[15].subject, "work_item/T0");
  double sum = 0;
  for (const Evidence& each : all) sum += *each.value;
  EXPECT_DOUBLE_EQ(sum / 20, book->find("partnership.symptom.no_purpose")->number());
  const auto page = book->evidence("partnership.symptom.no_purpose", 14, 3);
  ASSERT_EQ(page.size(), 3U);
  EXPECT_EQ(page[0].subject, "work_item/T19");
  EXPECT_EQ(page[2].subject, "work_item/T1");
}

TEST(Symptoms, SolutionsAreCountedAmongRequestsOnly) {
  World world;
  world.tickets(30, "S", "Install Visio").tickets(8, "N", "Cannot draw").tickets(2, "U", "Visio");
  world.tickets(50, "I", "Reset password", "incident").tickets(7, "X", "Order toner", "Sonstiges");
  const Figure proxy = world.proxy("solution_shaped");
  ASSERT_TRUE(proxy.has_value()) << proxy.reason;
  EXPECT_DOUBLE_EQ(proxy.number(), 30.0 / 40);
  EXPECT_EQ(proxy.n, 40);
  // Low: Wilson of 30 of 40. High: of 32 of 40, as if the unclear ones were orders.
  EXPECT_DOUBLE_EQ(proxy.interval->low, quant::wilson(30, 40).low);
  EXPECT_DOUBLE_EQ(proxy.interval->high, quant::wilson(32, 40).high);
  const SymptomFound found = world.found("solution_shaped");
  EXPECT_EQ(found.verdict, Verdict::present);
  EXPECT_EQ(found.examples.at(0).title, "Install Visio");
  EXPECT_EQ(found.examples.at(0).evidence.places.at(0).import_id, "imp_1");
}

TEST(Symptoms, WithoutTypesTheUpperEndIsOpen) {
  World world;
  world.tickets(10, "S", "Install Visio", "").tickets(90, "N", "Mail is down", "");
  const Figure proxy = world.proxy("solution_shaped");
  EXPECT_DOUBLE_EQ(proxy.number(), 0.1);
  EXPECT_DOUBLE_EQ(proxy.interval->high, 1);
  EXPECT_EQ(world.found("solution_shaped").verdict, Verdict::unknown);
}

TEST(Symptoms, TitlesThatAreMissingAreSaid) {
  World world;
  world.tickets(40, "T", "");
  EXPECT_EQ(world.proxy("solution_shaped").status, Status::not_measurable);
  World incidents;
  incidents.tickets(40, "T", "Install Visio", "incident");
  EXPECT_EQ(incidents.proxy("solution_shaped").status, Status::not_measurable);
  World few;
  few.tickets(19, "T", "Install Visio");
  EXPECT_EQ(few.proxy("solution_shaped").status, Status::too_few);
}

TEST(Symptoms, UnplannedIsTheFlowRoomsShareUnlessTheLogIsOfIncidents) {
  World world;
  world.flow("flow.unplanned.share", 0.4, 100, Interval{0.3, 0.5, 0.9});
  world.flow("flow.distribution.incident", 0.5, 100);
  EXPECT_EQ(world.found("unplanned").verdict, Verdict::present);
  world.flow("flow.distribution.incident", 0.95, 100);
  EXPECT_EQ(world.proxy("unplanned").status, Status::not_measurable);
}

TEST(Symptoms, AListTellsHowMuchWasCalledUrgent) {
  World world;
  world.flow("flow.unplanned.share").n = 0;
  world.tickets(30, "H", "a", "request", "1 - Critical")
      .tickets(30, "L", "b", "request", "3 - Low");
  world.tickets(40, "I", "c", "incident", "P1");
  const Figure proxy = world.proxy("unplanned");
  ASSERT_TRUE(proxy.has_value()) << proxy.reason;
  EXPECT_DOUBLE_EQ(proxy.number(), 0.5);
  EXPECT_EQ(proxy.label, "Work asked for with the highest priority");
  EXPECT_EQ(world.found("unplanned").examples.size(), kExamples);
}

TEST(Symptoms, TwoPeopleAreFewAndThreeAreNot) {
  World world;
  world.flow("flow.truck_factor", 2, 6);
  EXPECT_EQ(world.found("single_holders").verdict, Verdict::present);
  world.flow("flow.truck_factor", 3, 6);
  EXPECT_EQ(world.found("single_holders").verdict, Verdict::not_seen);
  world.flow("flow.truck_factor", 3, 2);  // two kinds of work hide who does what in them
  EXPECT_EQ(world.found("single_holders").verdict, Verdict::unknown);
  Figure& never = world.flow("flow.truck_factor", 0, 6);
  never.value = {}, never.status = Status::not_reached, never.reason = "spread";
  EXPECT_EQ(world.found("single_holders").verdict, Verdict::not_seen);
}

TEST(Symptoms, ThePileGrowsOnlyWhenTheWholeIntervalSaysSo) {
  World world;
  world.flow("flow.open", 50, 50), world.flow("flow.arrival.week", 20, 13);
  world.flow("flow.lead_time.p85", 7, 100);
  world.flow("flow.demand.net.week", 3, 13, Interval{1, 5, 0.9});
  EXPECT_EQ(world.found("bottleneck").verdict, Verdict::present);
  world.flow("flow.demand.net.week", 3, 13, Interval{-0.1, 6.1, 0.9});
  EXPECT_EQ(world.found("bottleneck").verdict, Verdict::unknown);
  world.flow("flow.demand.net.week", -3, 13, Interval{-4, -2, 0.9});
  EXPECT_EQ(world.found("bottleneck").verdict, Verdict::not_seen);
  world.flow("flow.open", 0, 0);
  EXPECT_EQ(world.proxy("bottleneck").status, Status::not_measurable);
}

// 26 weeks were read and 26 count. Until the first are finished the pile grows by 20 a week x 70
// days / 7 = 200; 26 weeks at 3 or more are 78, which that explains.
TEST(Symptoms, AFileThatBeginsEmptyFillsUpByItself) {
  World world;
  world.flow("flow.open", 50, 50), world.flow("flow.arrival.week", 20, 26);
  world.flow("flow.lead_time.p85", 70, 100);
  world.flow("flow.demand.net.week", 5, 26, Interval{3, 7, 0.9});
  EXPECT_EQ(world.proxy("bottleneck").status, Status::too_few);
  world.flow("flow.lead_time.p85", 7, 100);  // explains 20 of 78
  EXPECT_EQ(world.found("bottleneck").verdict, Verdict::present);
}

TEST(Symptoms, WaitingForTheBusinessIsThreePartiesTogether) {
  World world;
  const auto pieces = [](double part) {
    std::vector<Evidence> out;
    for (int i = 0; i < 10; ++i)
      out.push_back({"work_item/T" + std::to_string(i),
                     part / 10,
                     "part=" + std::to_string(part) + " whole=10 days of this waiting",
                     {}});
    return out;
  };
  for (const auto& [key, part] : {std::pair{"flow.waiting.party.business_decision", 2.0},
                                  std::pair{"flow.waiting.party.requirement_change", 1.0},
                                  std::pair{"flow.waiting.party.funding", 1.5}}) {
    world.flow(key, part / 10, 10);
    world.pieces(key, pieces(part));
  }
  const Figure proxy = world.proxy("waiting");
  ASSERT_TRUE(proxy.has_value()) << proxy.reason;
  EXPECT_NEAR(proxy.number(), 0.45, 1e-12);
  EXPECT_EQ(world.found("waiting").verdict, Verdict::present);
}

TEST(Symptoms, AFewDaysAreNoHabit) {
  World world;
  world.flow("flow.truck_factor", 1, 6);
  World day;
  day.flow("flow.truck_factor", 1, 6);
  EXPECT_EQ(world.found("single_holders").verdict, Verdict::present);
  const auto about = day.book();
  const FigureBook short_book(about->registry(), about->shared_snapshot(),
                              {at("2024-07-01T00:00:00Z"), at("2024-06-04T00:00:00Z"), {}});
  EXPECT_EQ(short_book.find("partnership.symptom.single_holders")->status, Status::too_few);
}

TEST(Symptoms, TheTrendComparesHalves) {
  World world;
  for (int i = 0; i < 80; ++i) {
    const bool later = i >= 40;
    world.ticket("T" + std::to_string(i),
                 (later ? i < 76 : i < 10) ? "Install Visio" : "Mail is slow", "request", "", "",
                 later ? "2024-05-01T00:00:00Z" : "2024-02-01T00:00:00Z");
  }
  const Figure change = world.found("solution_shaped").change;
  ASSERT_TRUE(change.has_value()) << change.reason;
  EXPECT_EQ(change.unit, "pts");
  EXPECT_NEAR(change.number(), 65, 1e-9);  // 36 of 40 after 10 of 40
  // MOVER by hand from the two Wilson intervals.
  const quant::Spread early = quant::wilson(10, 40), late = quant::wilson(36, 40);
  const double below = std::hypot(late.value - late.low, early.high - early.value);
  EXPECT_NEAR(change.interval->low, 100 * (0.65 - below), 1e-9);
  EXPECT_EQ(course_of(change), Course::rises);
  EXPECT_EQ(course_words(change),
            "rises by 65 percentage points from the earlier to the later half");
}

TEST(Diagnosis, TheHeadlineCounts) {
  World world;
  world.flow("flow.items", 1204, 1204);
  world.flow("flow.truck_factor", 1, 6);
  world.tickets(30, "S", "Install Visio");
  const auto book = world.book();
  const Diagnosis found = diagnose(*book);
  EXPECT_EQ(found.headline,
            "2 of 7 symptoms of order taking are visible in these 1,204 tickets; 5 cannot be known "
            "from a ticket list like this.");
  EXPECT_EQ(book->find("partnership.symptoms.visible")->number(), 2);
  EXPECT_EQ(book->find("partnership.symptoms.unknown")->number(), 5);
  EXPECT_EQ(book->evidence("partnership.symptoms.visible", 0, 9).size(), 2U);
}

TEST(Diagnosis, NothingReadIsSaidAndNotJudged) {
  World world;
  const auto book = world.book();
  EXPECT_EQ(diagnose(*book).headline,
            "No work was read, so no symptom of order taking can be judged.");
}

TEST(Diagnosis, ADisputeNamesWhoWhyAndUntilWhen) {
  World world;
  world.flow("flow.truck_factor", 1, 6);
  Person person;
  person.id = "ana", person.name = "Ana Reis";
  Waiver waiver;
  waiver.id = "w", waiver.rule = "partnership.single_holders", waiver.subject = "organisation/self";
  waiver.until = *parse_day("2024-12-31"), waiver.why = "Ben starts in August";
  waiver.owner = Id<"person">("ana");
  world.record(person).record(waiver);
  const SymptomFound found = world.found("single_holders");
  EXPECT_EQ(found.verdict, Verdict::present);
  ASSERT_TRUE(found.dispute.has_value());
  EXPECT_EQ(found.dispute->by, "Ana Reis");
  EXPECT_EQ(found.dispute->why, "Ben starts in August");
  World past;
  past.flow("flow.truck_factor", 1, 6);
  waiver.until = *parse_day("2024-06-30");
  EXPECT_FALSE(past.record(waiver).found("single_holders").dispute.has_value());
}

TEST(Diagnosis, EachVisibleSymptomIsAFinding) {
  World world;
  world.flow("flow.truck_factor", 1, 6);
  const auto book = world.book();
  RuleRegistry rules;
  for (Rule& rule : diagnosis_rules()) rules.add(std::move(rule));
  EXPECT_EQ(rules.rules().size(), symptoms().size());
  const auto findings = rules.run(*book);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].rule, "partnership.single_holders");
  EXPECT_EQ(findings[0].severity, Severity::info);
  EXPECT_EQ(findings[0].figures, std::vector<std::string>{"partnership.symptom.single_holders"});
}

TEST(Diagnosis, WordsOfEverySymptomAreThere) {
  for (const Symptom& symptom : symptoms()) {
    for (const std::string_view text : {symptom.title, symptom.label, symptom.line_reason,
                                        symptom.why, symptom.limits, symptom.ask, symptom.remedy})
      EXPECT_FALSE(text.empty()) << symptom.id;
  }
}

}  // namespace
}  // namespace tiebeam::partnership
