#include "rooms/investment/guards.h"

#include <gtest/gtest.h>

#include "rooms/investment/benefits.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/engine/case_records_test_support.h"
#include "rooms/investment/facts.h"

namespace tiebeam::investment {
namespace {

// An organisation by its records, asked as the server asks it.
class Org {
 public:
  template <class T>
  Org& add(const T& record) {
    auto& list = snapshot_->records[std::string(Describe<T>::name)];
    std::erase_if(list, [&](const Record& each) { return each.id() == record.id; });
    list.push_back(to_record(record));
    std::ranges::sort(list, {}, [](const Record& each) { return each.id(); });
    return *this;
  }
  [[nodiscard]] FigureBook book() const {
    Asked asked;
    asked.as_of = *parse_instant("2026-11-02");
    return {registry_, snapshot_, asked};
  }
  KeepPtr keep = std::make_shared<CaseKeep>();

 private:
  FigureRegistry registry_;
  std::shared_ptr<Snapshot> snapshot_ = std::make_shared<Snapshot>();
};

Org small() {
  Org out;
  out.add(policy()).add(kpi("orders", "22 EUR")).add(initiative("portal", "1000..3000"));
  out.add(effect("portal", "orders", "20..90"));
  return out;
}
std::string hash_in(const Org& org) {
  const FigureBook book = org.book();
  const auto portfolio = portfolio_of(book, org.keep);
  return hash_of(*portfolio, *portfolio->find("portal"));
}
SignOff wanted(const std::string& hash) {
  SignOff out;
  out.id = "portal-1";
  out.initiative = Id<"initiative">("portal");
  out.by = Id<"person">("ceo");
  out.case_hash = hash;
  return out;
}
std::vector<Error> sign(const Org& org, Record& record) {
  const FigureBook book = org.book();
  return complete_sign_off(book, record, *parse_instant("2026-11-03T10:00:00Z"), org.keep);
}

// Each says what was found, what was expected and what to do.
std::vector<Error> whole(std::vector<Error> faults) {
  for (const Error& fault : faults)
    EXPECT_FALSE(fault.found.empty() || fault.expected.empty() || fault.hint.empty())
        << fault.message;
  return faults;
}

TEST(SignOff, OfTheCaseThatWasShownIsFilledIn) {
  const Org org = small();
  Record record = to_record(wanted(hash_in(org)));
  ASSERT_TRUE(sign(org, record).empty());
  const auto made = to_struct<SignOff>(record);
  EXPECT_EQ(made.at, *parse_instant("2026-11-03T10:00:00Z"));
  EXPECT_TRUE(made.cost_p50 && made.cost_p90 && made.npv_p50 && made.chance_of_loss);
  EXPECT_FALSE(made.run_cost_p50) << "nobody gave one";
}

TEST(SignOff, OfACaseThatMovedMeanwhileIsRefusedWithWhatMoved) {
  Org org = small();
  Record shown = to_record(wanted(hash_in(org)));
  ASSERT_TRUE(sign(org, shown).empty());
  auto late = to_struct<SignOff>(shown);  // with the figures that were seen
  org.add(initiative("portal", "2000..6000"));
  Record record = to_record(late);
  const auto faults = sign(org, record);
  ASSERT_GE(faults.size(), 3u);
  for (const Error& fault : faults) {
    EXPECT_EQ(fault.code, "investment.case_moved");
    EXPECT_EQ(fault.kind, Kind::conflict);
    EXPECT_FALSE(fault.found.empty() || fault.expected.empty()) << fault.message;
  }
  EXPECT_EQ(faults[0].field, "/case_hash");
  EXPECT_EQ(faults[1].field, "/cost_p50");
  EXPECT_NE(faults[1].message.find("was EUR"), std::string::npos) << faults[1].message;
}

TEST(SignOff, NeedsACaseThatWasSeenAndCanBeValued) {
  Org org = small();
  Record unseen = to_record(wanted(""));
  EXPECT_EQ(whole(sign(org, unseen)).front().code, "investment.case_not_seen");
  org.add(initiative("idea", ""));
  SignOff empty = wanted("x");
  empty.initiative = Id<"initiative">("idea");
  Record record = to_record(empty);
  EXPECT_EQ(whole(sign(org, record)).front().code, "investment.not_valued");
}

TEST(SignOff, StaysAsItWasGivenAndMayOnlyBeTakenBack) {
  SignOff held = wanted("abc");
  held.cost_p50 = Money(100, Currency{});
  const Record was = to_record(held);
  SignOff taken = held;
  taken.withdrawn = true;
  const Record back = to_record(taken);
  EXPECT_TRUE(check_signature(was, &back).empty());
  EXPECT_TRUE(check_signature(was, &was).empty());
  EXPECT_FALSE(check_signature(back, &was).empty()) << "what was taken back stays so";
  EXPECT_FALSE(check_signature(was, nullptr).empty());
  SignOff other = held;
  other.cost_p50 = Money(99, Currency{});
  const Record changed = to_record(other);
  EXPECT_EQ(whole(check_signature(was, &changed)).front().code, "investment.signature_is_fixed");
  EXPECT_EQ(whole(check_signature(back, &back)).front().code, "investment.already_withdrawn");
  EXPECT_TRUE(check_signature(back, &back, /*from_file=*/true).empty()) << "a file says it again";
  SignOff noted = taken;
  noted.notes = "left the company";
  const Record with_note = to_record(noted);
  EXPECT_TRUE(check_signature(back, &with_note).empty());
}

TEST(SignOff, IsGivenForTheSameHashWhateverDrawsAreLookedAt) {
  const Org org = small();
  const FigureBook book = org.book();
  const auto other = portfolio_of(book, org.keep, {.seed = 2, .trials = 500});
  const Json json = case_json(book, *other, *other->find("portal"), org.keep, {}, "");
  EXPECT_EQ(*json.find("case_hash")->if_string(), hash_in(org));
}

TEST(SignOff, SaysWhichSignatureSpeaks) {
  Org org = small();
  Record record = to_record(wanted(hash_in(org)));
  ASSERT_TRUE(sign(org, record).empty());
  SignOff first = to_struct<SignOff>(record), second = first;
  second.id = "portal-2";
  second.at = *parse_instant("2026-11-04");
  first.withdrawn = true;
  org.add(first).add(second);
  const FigureBook book = org.book();
  const auto portfolio = portfolio_of(book, org.keep);
  const Json json = case_json(book, *portfolio, *portfolio->find("portal"), org.keep, {}, "");
  EXPECT_EQ(*json.find("sign_off")->find("id")->if_string(), "portal-2");
}

TEST(SignOff, IsNotGivenForWhatCannotBeWrittenAsMoney) {
  Org org = small();
  // Each estimate can be written, their product cannot.
  org.add(kpi("orders", "1000000000 EUR")).add(effect("portal", "orders", "1000000000000"));
  Record record = to_record(wanted("x"));
  EXPECT_EQ(whole(sign(org, record)).front().code, "investment.not_valued");
  org.add(initiative("other", "500..900"));
  const FigureBook book = org.book();
  const auto portfolio = portfolio_of(book, org.keep);
  EXPECT_TRUE(says(*portfolio->find("portal"), "more than money can be written"));
  const auto all = room_figures(book, *portfolio, org.keep);
  EXPECT_EQ(portfolio->counted, 1u) << "the others are still told together";
}

TEST(Readings, AreOfDaysThatHaveComeAndOfNoMoreThanThereAre) {
  Org org = small();
  AdoptionGroup group;
  group.id = "sales";
  group.name = "Sales";
  group.initiative = Id<"initiative">("portal");
  group.eligible = 260;
  org.add(group);
  AdoptionReading count;
  count.id = "c";
  count.group = Id<"adoption_group">("sales");
  count.on = day("2026-11-03");
  count.active = 260;
  BenefitReading benefit;
  benefit.id = "b";
  benefit.effect = Id<"effect">("portal-orders");
  benefit.on = day("2026-11-03");
  benefit.change = 5;
  const Instant now = *parse_instant("2026-11-03T10:00:00Z");
  EXPECT_TRUE(check_adoption_reading(org.book(), to_record(count), now).empty());
  EXPECT_TRUE(check_benefit_reading(org.book(), to_record(benefit), now).empty());
  count.active = 999;
  count.on = benefit.on = day("2031-01-01");
  const auto faults = whole(check_adoption_reading(org.book(), to_record(count), now));
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].field, "/on");
  EXPECT_EQ(faults[1].field, "/active");
  EXPECT_EQ(faults[1].code, "investment.more_than_eligible");
  EXPECT_EQ(whole(check_benefit_reading(org.book(), to_record(benefit), now)).front().code,
            "investment.day_to_come");
}

TEST(Estimates, ThatCannotBeMeantAreRefusedBesideTheirField) {
  Initiative bad = initiative("portal", "-5");
  bad.adoption = estimate("1.7");
  bad.duration = estimate("-10..20");
  const auto faults = whole(check_initiative(to_record(bad)));
  ASSERT_EQ(faults.size(), 3u);
  EXPECT_EQ(faults[0].field, "/one_off_cost");
  EXPECT_EQ(faults[1].field, "/duration");
  EXPECT_EQ(faults[2].field, "/adoption");
  EXPECT_FALSE(faults[2].hint.empty());
  EXPECT_TRUE(faults[0].message.starts_with("one_off_cost: found -5")) << faults[0].message;
  Initiative huge = initiative("portal", "1e30");
  huge.benefit_a_year = estimate("1e15..1e17");
  const auto too_large = whole(check_initiative(to_record(huge)));
  ASSERT_EQ(too_large.size(), 2u);
  EXPECT_EQ(too_large[0].code, "investment.too_large");
  EXPECT_EQ(too_large[1].field, "/benefit_a_year");
  EXPECT_EQ(whole(check_initiative(to_record(initiative("portfolio")))).front().code,
            "investment.reserved_id");
  const Org org = small();
  InitiativeEffect again = effect("portal", "orders", "3");
  again.id = "another";
  again.share = estimate("0.5..3");
  const auto effect_faults = whole(check_effect(org.book(), to_record(again)));
  ASSERT_EQ(effect_faults.size(), 2u);
  EXPECT_EQ(effect_faults[0].field, "/share");
  EXPECT_EQ(effect_faults[1].code, "investment.doubled_effect");
}

TEST(CaseKeep, SimulatesTheSameContentOnce) {
  Org org = small();
  const auto look = [&] {
    const FigureBook book = org.book();
    return portfolio_of(book, org.keep)->valuation.digest;
  };
  const auto first = look();
  EXPECT_EQ(org.keep->made(), 1u);
  EXPECT_EQ(look(), first);
  EXPECT_EQ(org.keep->made(), 1u) << "another book asks for the same";
  org.add(initiative("second", "500..900"));
  EXPECT_NE(look(), first);
  EXPECT_EQ(org.keep->made(), 2u) << "the first case is not simulated again";
}

TEST(CaseKeep, LetsGoOfTheOldest) {
  CaseKeep keep(1000);
  const auto make = [&](const std::string& key) {
    return *keep.once<int>(key, 400, [] { return 7; });
  };
  for (const char* key : {"a", "b", "a", "c", "d"}) EXPECT_EQ(make(key), 7);
  EXPECT_LE(keep.bytes(), 1000u);
}

TEST(Findings, NameWhatFundedCasesLack) {
  Org org = small();
  Initiative funded = initiative("portal", "1000..3000");
  funded.stage = Stage::funded;
  funded.technology_plan = "a portal";
  org.add(funded);
  const FigureBook book = org.book();
  std::set<std::string> rules;
  for (const Rule& rule : investment_rules(org.keep)) {
    for (const Finding& finding : rule.look(book)) {
      EXPECT_EQ(finding.subject.id, "portal") << rule.id;
      rules.insert(rule.id);
    }
  }
  EXPECT_EQ(rules, (std::set<std::string>{"investment.no_champion", "investment.no_business_owner",
                                          "investment.technology_only", "investment.not_signed"}));
}

TEST(Portfolio, SumsTheOpenCasesApart) {
  Org org = small();
  Initiative over = initiative("over", "500..900");
  over.stage = Stage::done;
  Initiative stopped = initiative("stopped", "500..900");
  stopped.stage = Stage::stopped;
  org.add(over).add(stopped).add(initiative("empty", ""));
  const FigureBook book = org.book();
  const auto portfolio = portfolio_of(book, org.keep);
  EXPECT_EQ(portfolio->counted, 2u);
  EXPECT_EQ(portfolio->open_count, 1u) << "one is done, one stopped, one cannot be valued";
  const auto figures = room_figures(book, *portfolio, org.keep);
  const auto found = [&](std::string_view key) {
    return std::get<Money>(std::ranges::find(figures, key, &Figure::key)->value);
  };
  const auto own = figures_of(*portfolio, *portfolio->find("portal"));
  const auto mean =
      std::get<Money>(std::ranges::find(own, "investment.portal.npv.mean", &Figure::key)->value);
  EXPECT_EQ(found("investment.open.npv.mean"), mean);
  EXPECT_LT(found("investment.portfolio.npv.mean").minor(), mean.minor());
}

TEST(Findings, WaitForABenefitAsLongAsTheCaseDoes) {
  Org org = small();
  Initiative live = initiative("portal", "1000");
  live.stage = Stage::scaling;
  live.starts = day("2026-01-01");
  live.duration = estimate("400");
  org.add(live);
  const auto due = [&] {
    const FigureBook book = org.book();
    return facts_of(book, org.keep).cases.front().benefit_due;
  };
  EXPECT_FALSE(due());
  live.duration = estimate("30");
  org.add(live);
  EXPECT_EQ(due(), day("2026-01-31"));
}

TEST(Findings, NameBenefitsThatAreCountedTwice) {
  Org org = small();
  strategy::Kpi orders = kpi("orders", "22 EUR");
  orders.baseline = 1000;
  orders.target = 1080;
  org.add(orders).add(initiative("second"));
  InitiativeEffect more = effect("second", "orders", "60");
  org.add(more);
  const auto overlaps = [&] {
    const FigureBook book = org.book();
    for (const Rule& rule : investment_rules(org.keep)) {
      if (rule.id == "investment.benefits_overlap") return rule.look(book);
    }
    return std::vector<Finding>{};
  };
  ASSERT_EQ(overlaps().size(), 1u) << "42 and 60 are promised, 80 are missing";
  EXPECT_EQ(overlaps()[0].subject, (Subject{"kpi", "orders"}));
  more.change = estimate("30");
  org.add(more);
  EXPECT_TRUE(overlaps().empty());
  InitiativeEffect first = effect("portal", "orders", "20..90");
  first.share = estimate("0.8");
  more.share = estimate("0.4");
  org.add(first).add(more);
  EXPECT_EQ(overlaps().size(), 1u) << "120 of 100 are claimed";
}

TEST(Benefits, AreHeldAgainstThePromiseForTheirDay) {
  Org org = small();
  Initiative live = initiative("portal", "1000");
  live.stage = Stage::scaling;
  live.starts = day("2026-01-01");
  org.add(live);
  org.add(effect("portal", "orders", "100"));
  BenefitReading reading;
  reading.id = "r";
  reading.effect = Id<"effect">("portal-orders");
  reading.on = day("2026-07-01");
  reading.change = 60;
  org.add(reading);
  const FigureBook book = org.book();
  const auto portfolio = portfolio_of(book, org.keep);
  const auto benefits = benefits_of(book, *portfolio, *portfolio->find("portal"), org.keep);
  EXPECT_DOUBLE_EQ(*benefits.total.ratio(), 0.6);
  BenefitReading later = reading;
  later.id = "s";
  later.on = day("2031-01-01");
  later.change = 5000;
  org.add(later);
  const FigureBook with_later = org.book();
  const auto same = portfolio_of(with_later, org.keep);
  const auto still = benefits_of(with_later, *same, *same->find("portal"), org.keep);
  EXPECT_DOUBLE_EQ(*still.total.ratio(), 0.6) << "a day to come says nothing";
  EXPECT_EQ(still.effects.front().too_late, 1u);
  EXPECT_DOUBLE_EQ(benefits.total.realised, 60 * 22);
  const auto figures = benefit_figures(*portfolio, *all_benefits(book, *portfolio, org.keep));
  EXPECT_EQ(figures[2].key, "investment.realised.ratio");
  EXPECT_DOUBLE_EQ(figures[2].number(), 0.6);
  EXPECT_EQ(figures[3].status, Status::too_few);
}

}  // namespace
}  // namespace tiebeam::investment
