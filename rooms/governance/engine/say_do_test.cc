// Promises, worked by hand.
#include "rooms/governance/engine/say_do.h"

#include <gtest/gtest.h>

#include "rooms/governance/engine/figures.h"

namespace tiebeam::governance {
namespace {

Day day(std::string_view text) { return parse_day(text).value(); }

struct Said {
  std::string_view due, closed = "", told = "";
  CommitmentState state = CommitmentState::open;
  std::string_view owner = "ann";
  std::optional<double> confidence = {};
};
Commitment promise(const Said& said, std::string id = "p") {
  Commitment out;
  out.id = std::move(id);
  out.owner = Id<"person">(std::string(said.owner));
  if (!said.due.empty()) out.due = day(said.due);
  if (!said.closed.empty()) out.closed_on = day(said.closed);
  if (!said.told.empty()) out.told_on = day(said.told);
  out.state = said.state;
  if (said.confidence) out.confidence = Fraction::create(*said.confidence).value();
  return out;
}
constexpr auto kKept = CommitmentState::kept;
constexpr auto kMissed = CommitmentState::missed;
constexpr auto kMoved = CommitmentState::renegotiated;

Fate fate(const Said& said, std::string_view today) {
  return fate_of(days_of(promise(said)), day(today));
}

TEST(Fate, FollowsFromTheDays) {
  EXPECT_EQ(fate({.due = ""}, "2026-03-10"), Fate::undated);
  EXPECT_EQ(fate({.due = "2026-03-20"}, "2026-03-10"), Fate::not_due);
  EXPECT_EQ(fate({.due = "2026-03-10"}, "2026-03-10"), Fate::not_due);  // the day is not over
  EXPECT_EQ(fate({.due = "2026-03-10"}, "2026-03-11"), Fate::overdue);
  EXPECT_EQ(fate({"2026-03-10", "2026-03-10", "", kKept}, "2026-03-10"), Fate::kept);
  EXPECT_EQ(fate({"2026-03-10", "2026-03-11", "", kKept}, "2026-03-12"), Fate::kept_late);
  EXPECT_EQ(fate({"2026-03-10", "", "", kKept}, "2026-03-12"), Fate::kept);
  EXPECT_EQ(fate({"2026-03-10", "2026-03-09", "", kMissed}, "2026-03-12"), Fate::broken);
  EXPECT_EQ(fate({"2026-03-10", "", "2026-03-09", kMoved}, "2026-03-12"), Fate::told_early);
  EXPECT_EQ(fate({"2026-03-10", "", "2026-03-10", kMoved}, "2026-03-12"), Fate::told_late);
  EXPECT_EQ(fate({"2026-03-10", "", "", kMoved}, "2026-03-12"), Fate::told_late);
  EXPECT_EQ(fate({"2026-03-10", "", "2026-03-01"}, "2026-03-12"), Fate::told_early);
}

TEST(Fate, AMovedPromiseThatIsKeptLaterWasNotKeptByItsFirstDay) {
  EXPECT_EQ(fate({"2026-03-10", "2026-04-01", "2026-03-05", kKept}, "2026-05-01"),
            Fate::told_early);
  EXPECT_EQ(fate({"2026-03-10", "2026-04-01", "2026-03-12", kKept}, "2026-05-01"), Fate::told_late);
}

TEST(Fate, WhatHappensLaterIsNotSeen) {
  const Said kept_late{"2026-03-10", "2026-04-01", "", kKept};
  EXPECT_EQ(fate(kept_late, "2026-03-15"), Fate::overdue);
  EXPECT_EQ(fate(kept_late, "2026-04-01"), Fate::kept_late);
  const Said told{"2026-03-10", "", "2026-03-14", kMoved};
  EXPECT_EQ(fate(told, "2026-03-16"), Fate::told_late);
}

Person person(std::string id, Side side) {
  Person out;
  out.id = std::move(id);
  out.side = side;
  return out;
}

// Ten due: 6 kept, 1 told early, 1 late, 1 broken, 1 overdue; IT 5 of 7, the business 1 of 3.
std::vector<Commitment> ten() {
  std::vector<Commitment> out;
  const auto add = [&](Said said) {
    out.push_back(promise(said, "p" + std::to_string(out.size())));
  };
  for (int i = 0; i < 5; ++i) add({"2026-03-10", "2026-03-09", "", kKept, "ann"});
  add({"2026-03-10", "2026-03-10", "", kKept, "bob"});
  add({"2026-03-10", "", "2026-03-02", kMoved, "ann"});
  add({"2026-03-10", "2026-03-12", "", kKept, "ann"});
  add({"2026-03-10", "2026-03-12", "", kMissed, "bob"});
  add({.due = "2026-03-10", .owner = "bob"});
  add({.due = "2026-09-10", .owner = "bob"});  // not yet due
  add({.due = "", .owner = "bob"});            // no day
  return out;
}
std::vector<Person> people() { return {person("ann", Side::it), person("bob", Side::business)}; }

TEST(SayDo, CountsEachFateOnceAndBySide) {
  const SayDo out = compute_say_do(ten(), people(), day("2026-04-01"));
  EXPECT_EQ(out.all.due, 10U);
  EXPECT_EQ(out.all.kept, 6U);
  EXPECT_EQ(out.all.told_early, 1U);
  EXPECT_EQ(out.all.kept_late, 1U);
  EXPECT_EQ(out.all.broken, 1U);
  EXPECT_EQ(out.all.overdue, 1U);
  EXPECT_EQ(out.by_side.at(Side::it).kept, 5U);
  EXPECT_EQ(out.by_side.at(Side::it).due, 7U);
  EXPECT_EQ(out.by_side.at(Side::business).kept, 1U);
  EXPECT_EQ(out.by_side.at(Side::business).due, 3U);
  EXPECT_EQ(out.open, 4U);  // the moved one is still to be done
  EXPECT_EQ(out.undated, 1U);
}

const Figure& named(const std::vector<Figure>& figures, std::string_view name) {
  return *std::ranges::find(figures, "governance.saydo." + std::string(name), &Figure::key);
}

TEST(SayDo, SharesHaveWilsonsIntervalAndSayWhenThereAreTooFew) {
  const SayDo out = compute_say_do(ten(), people(), day("2026-04-01"));
  const auto figures = say_do_figures(out, Instant{});
  const Figure& kept = named(figures, "kept");
  EXPECT_DOUBLE_EQ(kept.number(), 0.6);
  EXPECT_EQ(kept.n, 10);
  // z = 1.64485, z^2 = 2.70554: (0.6 + z^2/20 -+ z sqrt(0.24/10 + z^2/400)) / (1 + z^2/10)
  //   = (0.735277 -+ 1.64485 x 0.175396) / 1.270554 = 0.578706 -+ 0.227067
  EXPECT_NEAR(kept.interval->low, 0.351639, 2e-6);
  EXPECT_NEAR(kept.interval->high, 0.805773, 2e-6);
  EXPECT_DOUBLE_EQ(named(figures, "kept_or_told").number(), 0.7);
  EXPECT_EQ(named(figures, "kept.business").status, Status::too_few);
  EXPECT_EQ(named(figures, "brier").status, Status::too_few);
  EXPECT_DOUBLE_EQ(named(figures, "overdue").number(), 1);
}

TEST(SayDo, CalibrationComparesWhatWasSaidWithWhatCame) {
  std::vector<Commitment> promises;  // 20 said 0.9: 15 kept; 5 said 0.6: 3 kept
  const auto add = [&](int many, double confidence, bool kept) {
    for (int i = 0; i < many; ++i)
      promises.push_back(promise({.due = "2026-03-10",
                                  .closed = "2026-03-08",
                                  .state = kept ? kKept : kMissed,
                                  .confidence = confidence},
                                 "c" + std::to_string(promises.size())));
  };
  add(15, 0.9, true);
  add(5, 0.9, false);
  add(3, 0.6, true);
  add(2, 0.6, false);
  const SayDo out = compute_say_do(promises, {}, day("2026-04-01"));
  EXPECT_EQ(out.bands.back().due, 20U);
  EXPECT_EQ(out.bands.back().kept, 15U);
  EXPECT_NEAR(out.bands.back().said, 0.9, 1e-12);
  EXPECT_EQ(out.bands[1].due, 5U);
  const auto figures = say_do_figures(out, Instant{});
  // (15 x 0.01 + 5 x 0.81 + 3 x 0.16 + 2 x 0.36) / 25 = 5.4 / 25
  EXPECT_NEAR(named(figures, "brier").number(), 0.216, 1e-12);
  EXPECT_NEAR(named(figures, "said").number(), 0.84, 1e-12);
  EXPECT_NEAR(named(figures, "observed").number(), 0.72, 1e-12);
}

TEST(SayDo, EvidenceAddsUpToTheFigure) {
  const SayDo out = compute_say_do(ten(), people(), day("2026-04-01"));
  const auto figures = say_do_figures(out, Instant{});
  for (const char* name : {"kept", "kept.it", "told_early", "kept_or_told", "observed"}) {
    const Figure& figure = named(figures, name);
    const auto rows = say_do_evidence(out, figure.key, 0, 1000);
    EXPECT_EQ(static_cast<std::int64_t>(rows.size()), *figure.n) << name;
    if (!figure.has_value()) continue;
    double sum = 0;
    for (const Evidence& row : rows) sum += *row.value;
    EXPECT_NEAR(sum / static_cast<double>(rows.size()), figure.number(), 1e-12) << name;
  }
  EXPECT_EQ(say_do_evidence(out, "governance.saydo.due", 8, 5).size(), 2U);
}

}  // namespace
}  // namespace tiebeam::governance
