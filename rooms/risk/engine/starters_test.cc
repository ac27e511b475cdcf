#include "rooms/risk/engine/starters.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rooms/risk/engine/closed_form.h"
#include "rooms/risk/engine/simulate.h"
#include "rooms/risk/engine/start_register.h"

namespace tiebeam::risk {
namespace {

RangePart part(double low, double high) {
  RangePart out;
  out.what = "x";
  out.unit = "EUR";
  out.low = low;
  out.high = high;
  return out;
}

// A firm of 250 people and 50 million, one sector of its own, and one starting point.
StarterLibrary small_library() {
  StarterLibrary out;
  out.reference = {250, 50e6};
  out.sectors = {{"general", "Something else", 1, 1, 1}, {"health", "Health", 0.8, 2, 1.5}};
  out.currencies = {{"EUR", 1.0}, {"JPY", 150.0}};
  out.controls = {{"lock", "A lock", part(100, 1000)}};
  Starter one;
  one.id = "theft";
  RangePart often = part(0.1, 1);
  often.unit = "a year";
  often.people_power = 1;
  RangePart loss = part(1000, 100'000);
  loss.revenue_power = 0.5;
  loss.trait = SectorTrait::data;
  one.frequency = {often};
  one.losses = {{"primary_loss", {loss}}};
  one.controls = {{"lock", true, {0.1, 0.2, 0.3}}};
  out.starters = {one};
  return out;
}

Suggestion fitted(const StarterLibrary& library, const Profile& profile) {
  return suggestion_for(library, library.starters.front(), profile);
}

TEST(Starters, TheReferenceIsAsWritten) {
  const StarterLibrary library = small_library();
  const Suggestion as_written = fitted(library, {});
  EXPECT_DOUBLE_EQ(as_written.frequency.low, 0.1);
  EXPECT_DOUBLE_EQ(as_written.frequency.high, 1);
  EXPECT_DOUBLE_EQ(as_written.losses[0].range.low, 1000);
  EXPECT_DOUBLE_EQ(as_written.losses[0].range.high, 100'000);
}

// By hand: 1,000 people are 4 times 250, so 4 times as often; 200m are 4 times 50m, so root of 4
// times as dear, twice as dear again in a sector that holds twice the data, 150 yen a euro.
TEST(Starters, RangesFollowSizeSectorAndCurrency) {
  const StarterLibrary library = small_library();
  const Suggestion large = fitted(
      library, {.people = 1000, .revenue = 200e6 * 150, .sector = "health", .currency = "JPY"});
  EXPECT_DOUBLE_EQ(large.frequency.low, 0.4);
  EXPECT_DOUBLE_EQ(large.frequency.high, 4);
  EXPECT_NEAR(large.losses[0].range.low, 1000 * 2 * 2 * 150, 1);
  EXPECT_NEAR(large.losses[0].range.high, 100'000 * 2 * 2 * 150, 1);
}

// By hand: middles multiply (10 x 100 = 1,000), half widths in logarithms add as squares:
// ln 10 and ln 10 give ln 10 x root 2, so the ends are 1,000 / 10^1.41421 and 1,000 x 10^1.41421.
TEST(Starters, AProductOfTwoRangesIsNarrowerThanItsEnds) {
  StarterLibrary library = small_library();
  library.starters[0].frequency = {part(1, 100), part(10, 1000)};
  const Suggestion both = fitted(library, {});
  EXPECT_NEAR(both.frequency.low, 1000 / std::pow(10, std::sqrt(2)), 1);
  EXPECT_NEAR(both.frequency.high, 1000 * std::pow(10, std::sqrt(2)), 500);
  EXPECT_GT(both.frequency.low, 1 * 10);
  EXPECT_LT(both.frequency.high, 100 * 1000);
}

TEST(Starters, AProductRestsOnItsWeakestPart) {
  StarterLibrary library = small_library();
  RangePart measured = part(1, 2), judged = part(1, 2);
  measured.evidence = Evidence::measured;
  library.starters[0].frequency = {measured, judged};
  const Suggestion mixed = fitted(library, {});
  EXPECT_EQ(mixed.frequency.evidence, Evidence::judgement);
  EXPECT_EQ(evidence_words(mixed.frequency), "measured from data in part, the rest our judgement");
  library.starters[0].frequency = {measured, measured};
  EXPECT_EQ(evidence_words(fitted(library, {}).frequency), "measured from data");
}

TEST(Starters, AProfileThatCannotBeIsRefusedWithItsAnswer) {
  const StarterLibrary library = small_library();
  const auto code_of = [&](Profile profile) {
    const auto checked = check_profile(library, profile);
    return checked ? std::string("accepted") : checked.error().code + checked.error().field;
  };
  EXPECT_EQ(code_of({}), "accepted");
  EXPECT_EQ(code_of({.people = 0}), "risk.bad_profile/people");
  EXPECT_EQ(code_of({.people = NAN}), "risk.bad_profile/people");
  EXPECT_EQ(code_of({.revenue = 0}), "risk.bad_profile/revenue");
  EXPECT_EQ(code_of({.revenue = INFINITY}), "risk.bad_profile/revenue");
  EXPECT_EQ(code_of({.sector = "helth"}), "risk.bad_profile/sector");
  EXPECT_EQ(code_of({.currency = "XAU"}), "risk.bad_profile/currency");
}

TEST(Starters, TheSuggestedAppetiteIsRoundAndInOrder) {
  for (const double revenue : {1e3, 5e5, 5e6, 50e6, 3.3e8, 1e9, 7e13}) {
    const auto points = suggested_appetite(revenue);
    ASSERT_EQ(points.size(), 2);
    EXPECT_LT(points[0].loss, points[1].loss);
    EXPECT_LT(points[0].years, points[1].years);
    EXPECT_GT(points[0].loss, 0.003 * revenue);
    EXPECT_LT(points[0].loss, 0.008 * revenue);
  }
  EXPECT_DOUBLE_EQ(suggested_appetite(50e6)[0].loss, 200'000);
  EXPECT_DOUBLE_EQ(suggested_appetite(50e6)[1].loss, 2e6);
}

// Wald: the mean a year is events a year times the loss of one; the simulation agrees.
TEST(Starters, TheRegisterSimulatesToItsMean) {
  const StarterLibrary library = small_library();
  const Register all = register_of(std::vector<Suggestion>{fitted(library, {})}, Currency());
  const auto exact = expected_loss(all, all.scenarios.front());
  ASSERT_TRUE(exact.has_value());
  const auto simulated = simulate(all, Settings{});
  ASSERT_TRUE(simulated.has_value());
  EXPECT_NEAR(simulated->portfolio.ale, *exact, 5 * simulated->portfolio.se);
}

// A lognormal alone: the quantiles of the draws are those it was made of, within 5 standard errors
// of an order statistic (about 4 % at the ends with 4,000 draws and a spread of 1.4).
TEST(Starters, TheLossOfOneEventIsThatOfItsForm) {
  const StarterLibrary library = small_library();
  const EventLoss loss = loss_of_one_event(fitted(library, {}));
  EXPECT_NEAR(std::log(loss.p05), std::log(1000), 0.25);
  EXPECT_NEAR(std::log(loss.p50), std::log(10'000), 0.15);
  EXPECT_NEAR(std::log(loss.p95), std::log(100'000), 0.25);
}

}  // namespace
}  // namespace tiebeam::risk
