// What makes bad years bad together: common causes, drivers; and who makes up the worst years.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/text.h"
#include "quant/correlation.h"
#include "rooms/risk/engine/register_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const Sample x = sample_of(a), y = sample_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - x.mean) * (b[i] - y.mean);
  return sum / (static_cast<double>(a.size() - 1) * x.sd * y.sd);
}
std::vector<double> ranks(const std::vector<double>& x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(x[i], i); });
  std::vector<double> out(x.size());
  for (std::size_t i = 0; i < order.size(); ++i) out[order[i]] = static_cast<double>(i);
  return out;
}

TEST(CommonCause, HitsAllItsMembersInTheSameEvents) {
  std::vector<Scenario> members;
  for (const char* id : {"payroll", "portal", "mail"}) {
    Scenario s = scenario(id, poisson("0"), "100");
    s.frequency.reset();
    s.common_cause = "vendor";
    members.push_back(s);
  }
  members[2].primary = {{"", said("7")}};
  Register all = of(members);
  all.common_causes = {{"vendor", poisson("0.8"), {}}};
  const auto a = years(all, 0, 50'000).before, b = years(all, 1, 50'000).before,
             c = years(all, 2, 50'000).before;
  EXPECT_EQ(a, b);  // both lose 100 in each event
  for (std::size_t t = 0; t < a.size(); ++t) EXPECT_NEAR(c[t], a[t] * 0.07, 1e-9);
  const Simulation found = run(all, 50'000);
  EXPECT_NEAR(found.portfolio.p_zero, std::exp(-0.8), 5 * std::sqrt(0.25 / 50'000));
  EXPECT_NEAR(found.portfolio.ale, 0.8 * 207, 5 * found.portfolio.se);
}

// What each member loses in an event is its own; events of one's own come on top.
TEST(CommonCause, LeavesSizesAndOwnEventsIndependent) {
  Scenario a = scenario("a", poisson("0.5"), "1000..9000"),
           b = scenario("b", poisson("0.5"), "1000..9000");
  a.common_cause = b.common_cause = "vendor";
  Register all = of({a, b});
  all.common_causes = {{"vendor", poisson("0.5"), {}}};
  const auto x = years(all, 0, 200'000).before, y = years(all, 1, 200'000).before;
  // Cov = rate_common E[X]^2, Var = (rate_own + rate_common) E[X^2].
  const quant::Marginal loss = *quant::Marginal::create(said("1000..9000"));
  const double expected = 0.5 * loss.mean() * loss.mean() / (1.0 * loss.raw_moment(2));
  EXPECT_NEAR(correlation(x, y), expected, 0.015);
}

TEST(CommonCause, PreventedForOneMemberStillHitsTheOther) {
  Scenario a = scenario("a", poisson("0"), "100"), b = scenario("b", poisson("0"), "100");
  a.frequency.reset();
  b.frequency.reset();
  a.common_cause = b.common_cause = "vendor";
  Register all = of({a, b});
  all.common_causes = {{"vendor", poisson("2"), {}}};
  all.controls = {control("c", "0", {fewer(0, "1")})};
  const Years one = years(all, 0, 1000, 1, {{0}});
  EXPECT_EQ(sample_of(one.after[0]).mean, 0);
  const Simulation found = run(all, 1000);
  EXPECT_NEAR(found.controls[0].residual.ale, found.portfolio.ale / 2, 1e-9 * found.portfolio.ale);
}

// quant/reference_values.json, joint_bernoulli_gauss: 1.2189 of 100 years see both, not 0.25.
TEST(Drivers, OfTwoRareEventsMakeThemComeTogetherAsTheirScoresSay) {
  Scenario a = scenario("a", bernoulli("0.05"), "1"), b = scenario("b", bernoulli("0.05"), "1");
  a.drivers = b.drivers = {{"attackers", std::sqrt(0.5)}};  // scores correlate by 0.5
  constexpr std::uint64_t kTrials = 1'000'000;
  const auto x = years(of({a, b}), 0, kTrials).before, y = years(of({a, b}), 1, kTrials).before;
  double both = 0;
  for (std::size_t t = 0; t < x.size(); ++t) both += x[t] > 0 && y[t] > 0 ? 1 : 0;
  const double p = 0.012189428767174902;
  EXPECT_NEAR(both / kTrials, p, 5 * std::sqrt(p * (1 - p) / kTrials));
  EXPECT_NEAR(sample_of(x).mean, 0.05, 5 * sample_of(x).se);  // each alone as before
}

// Rates as scores: losses of a fixed sort of many small events are the rates themselves.
TEST(Drivers, MoveRatesByTheirLoadings) {
  const auto losses = [](double one, double other) {
    Scenario a = scenario("a", poisson("5000..20000"), "1"),
             b = scenario("b", poisson("pert min=3000 mode=9000 max=40000"), "1");
    a.drivers = {{"season", one}};
    b.drivers = {{"season", other}};
    return std::pair(years(of({a, b}), 0, 20'000).before, years(of({a, b}), 1, 20'000).before);
  };
  for (const auto& [one, other] :
       {std::pair(0.8, 0.6), std::pair(0.9, -0.7), std::pair(0.0, 0.5)}) {
    const auto [x, y] = losses(one, other);
    EXPECT_NEAR(correlation(ranks(x), ranks(y)), quant::spearman_of_gauss(one * other), 0.03)
        << one << ' ' << other;
  }
}

// Edge case 12: loadings of 1 leave nothing of one's own.
TEST(Drivers, OfFullLoadingMakeTwoScenariosOne) {
  Scenario a = scenario("a", bernoulli("0.3"), "1"), b = scenario("b", bernoulli("0.3"), "1");
  a.drivers = b.drivers = {{"attackers", 1}};
  EXPECT_EQ(years(of({a, b}), 0, 20'000).before, years(of({a, b}), 1, 20'000).before);
  b.drivers = {{"attackers", -1}};
  const auto x = years(of({a, b}), 0, 20'000).before, y = years(of({a, b}), 1, 20'000).before;
  for (std::size_t t = 0; t < x.size(); ++t) EXPECT_FALSE(x[t] > 0 && y[t] > 0);
}

// A plain rate has no score: the driver acts on the number of events itself, also of very many.
TEST(Drivers, OfAPlainRateMoveTheCount) {
  for (const char* rate : {"0.7", "30", "1500"}) {
    Scenario a = scenario("a", poisson(rate), "1"), b = scenario("b", poisson(rate), "1");
    a.drivers = b.drivers = {{"season", 0.9}};
    const auto x = years(of({a, b}), 0, 40'000).before, y = years(of({a, b}), 1, 40'000).before;
    const Sample sample = sample_of(x);
    const double mean = *parse_number(rate);
    EXPECT_NEAR(sample.mean, mean, 5 * sample.se) << rate;
    EXPECT_NEAR(sample.sd * sample.sd / mean, 1, 0.06) << rate;  // still a Poisson count
    EXPECT_GT(correlation(x, y), 0.6) << rate;
    EXPECT_LT(correlation(x, y), 0.84) << rate;
  }
}

TEST(Drivers, OfSeverityMoveAllLossesOfAYear) {
  Scenario a = scenario("a", fixed(1), "1000..9000"), b = scenario("b", fixed(1), "50..800");
  a.severity_drivers = {{"inflation", 0.8}};
  b.severity_drivers = {{"inflation", 0.5}};
  const auto x = years(of({a, b}), 0, 50'000).before, y = years(of({a, b}), 1, 50'000).before;
  EXPECT_NEAR(correlation(ranks(x), ranks(y)), quant::spearman_of_gauss(0.4), 0.02);
  const quant::Marginal law = *quant::Marginal::create(said("1000..9000"));
  EXPECT_NEAR(sample_of(x).mean, law.mean(), 5 * sample_of(x).se);
  EXPECT_LT(distance(sorted(x), [&](double at) { return law.cdf(at); }), 1.63 / std::sqrt(50'000));
}

// A driver of severity in a scenario with insurance whose rate may be large (once read past its
// end).
TEST(Drivers, OfSeverityWithInsuranceAndManyEventsAreAllowed) {
  Scenario s = scenario("s", poisson("uniform min=10 max=60"), "1000..9000");
  s.insurance = {{2000, 5000}};
  s.severity_drivers = {{"inflation", 0.8}};
  const Simulation found = run(of({s}), 20'000);
  EXPECT_NEAR(found.portfolio.ale, *found.ale_exact, 5 * found.portfolio.se);
}

TEST(Contributions, SumToTheWholeAndFollowTheWorstYears) {
  Scenario a = scenario("a", poisson("0.5"), "10000..1000000"),
           b = scenario("b", poisson("5"), "1000..5000"), c = scenario("c", poisson("0"), "10");
  const Register all = of({a, b, c});
  const auto found = simulate(all, {.trials = 100'000, .contributions = true});
  ASSERT_TRUE(found.has_value());
  const auto x = years(all, 0, 100'000).before, y = years(all, 1, 100'000).before;
  const double var = *found->portfolio.quantiles[3];
  double first = 0, sum = 0;
  for (std::size_t t = 0; t < x.size(); ++t) {
    if (x[t] + y[t] < var) continue;
    first += x[t];
    sum += x[t] + y[t];
  }
  EXPECT_NEAR(*found->scenarios[0].tail_share, first / sum, 1e-9);
  EXPECT_EQ(*found->scenarios[2].tail_share, 0);
  EXPECT_NEAR(*found->scenarios[0].tail_share + *found->scenarios[1].tail_share, 1, 1e-12);
  EXPECT_GT(*found->scenarios[0].tail_share, 0.9);  // though the mean of both is not so far apart
}

}  // namespace
}  // namespace tiebeam::risk
