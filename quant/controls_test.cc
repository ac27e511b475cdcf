#include "quant/controls.h"

#include <gtest/gtest.h>

#include <cmath>

#include "quant/appetite.h"

namespace tiebeam::quant {
namespace {

Marginal made(std::string_view text) { return *Marginal::create(*parse_estimate(text)); }

// docs/method/tail.md, worked example: three layers.
TEST(Controls, MultiplyWhatRemains) {
  const ControlLayer layers[] = {{0.5}, {0.4}, {0.3}};
  EXPECT_NEAR(residual(layers), 0.21, 1e-15);
  EXPECT_EQ(residual({}), 1);
  const ControlLayer partly[] = {{0.8, 0.5, 0.5}};
  EXPECT_NEAR(residual(partly), 0.8, 1e-15);
  const ControlLayer ends[] = {{0}, {1}};
  EXPECT_EQ(residual(ends), 0);
  EXPECT_EQ(thinned_rate(4, ends), 0);
  EXPECT_EQ(thinned_rate(4, std::span(ends).first(1)), 4);
}

TEST(Controls, OutsideOfARangeIsRefused) {  // edge cases 7 and 15
  const ControlLayer layers[] = {{1.7}, {0.5, -0.1, 5}, {0.5}, {std::nan("")}};
  const auto faults = control_faults(layers);
  ASSERT_EQ(faults.size(), 4U);
  EXPECT_EQ(faults[0].field, "/0/effectiveness");
  EXPECT_EQ(faults[1].field, "/1/coverage");
  EXPECT_EQ(faults[2].field, "/1/reliability");
  EXPECT_TRUE(faults[3].message.contains("not a finite"));
}

TEST(Controls, WithoutACostThereIsNoReturn) {  // edge case 15
  EXPECT_FALSE(control_worth(500, 200, 0).rosi);
  EXPECT_FALSE(control_worth(500, 200, 0).reduction_per_cost);
  EXPECT_EQ(control_worth(500, 200, 0).net_benefit, 300);
  EXPECT_EQ(control_worth(200, 500, 100).reduction, -300);
  EXPECT_EQ(control_worth(200, 500, 100).rosi, -4);
}

TEST(Vulnerability, OfFewValuesIsASum) {
  EXPECT_EQ(vulnerability(made("3"), made("2")), 1);
  EXPECT_EQ(vulnerability(made("2"), made("2")), 0);  // it takes more, not as much
  EXPECT_NEAR(vulnerability(made("discrete 1=0.5 3=0.5"), made("discrete 1=0.2 2=0.8")), 0.5,
              1e-15);
  EXPECT_NEAR(vulnerability(made("uniform min=0 max=1"), made("0.25")), 0.75, 1e-15);
  EXPECT_NEAR(vulnerability(made("0.25"), made("uniform min=0 max=1")), 0.25, 1e-15);
}

TEST(Vulnerability, OfCurvesIsTheIntegral) {
  EXPECT_NEAR(vulnerability(made("uniform min=0 max=1"), made("uniform min=0 max=1")), 0.5, 1e-12);
  EXPECT_NEAR(vulnerability(made("uniform min=0 max=2"), made("uniform min=1 max=3")), 0.125,
              1e-11);
  EXPECT_NEAR(vulnerability(made("lognormal mean=5 sd=2"), made("lognormal mean=5 sd=2")), 0.5,
              1e-12);
  EXPECT_NEAR(vulnerability(made("exponential mean=2"), made("exponential mean=6")), 0.25, 1e-11);
  EXPECT_NEAR(vulnerability(made("0..1..2"), made("5..6..7")), 0, 1e-15);
  EXPECT_NEAR(vulnerability(made("5..6..7"), made("0..1..2")), 1, 1e-14);
  EXPECT_NEAR(vulnerability(made("triangular min=0 mode=1 max=2"), made("1")), 0.5, 1e-12);
}

TEST(Appetite, PointsInOrderOrRefused) {  // edge case 24
  const AppetitePoint good[] = {{0.1, 1e6}, {0.01, 5e6}};
  EXPECT_TRUE(appetite_faults(good).empty());
  EXPECT_TRUE(appetite_faults({}).empty());
  const AppetitePoint both_rise[] = {{0.01, 1e6}, {0.1, 5e6}};
  ASSERT_EQ(appetite_faults(both_rise).size(), 1U);
  EXPECT_EQ(appetite_faults(both_rise)[0].code, "appetite.not_in_order");
  EXPECT_EQ(appetite_faults(both_rise)[0].field, "/1/probability");
  const AppetitePoint unordered[] = {{0.01, 5e6}, {0.1, 1e6}};
  EXPECT_EQ(appetite_faults(unordered)[0].field, "/1/loss");
  const AppetitePoint same[] = {{0.1, 1e6}, {0.1, 1e6}};
  EXPECT_FALSE(appetite_faults(same).empty());
  const AppetitePoint cheaper[] = {{0.6, 1.2e6}, {1.0 / 14, 2e5}};
  EXPECT_EQ(appetite_faults(cheaper)[0].message,
            "a loss above 200,000 once in 14 years follows one above 1,200,000 in 60 of 100 years: "
            "each next point must be rarer and dearer");
  const AppetitePoint close[] = {{0.0334, 99.5}, {0.0333, 12}, {1e-4, 1e16}};
  EXPECT_EQ(appetite_faults(close)[0].message,
            "a loss above 12 once in 30 years follows one above 99.5 once in 29.9 years: each next "
            "point must be rarer and dearer");
  const AppetitePoint bad[] = {{5, 1e6}, {0, -1}, {std::nan(""), std::nan("")}};
  EXPECT_EQ(appetite_faults(bad).size(), 5U);
}

TEST(Appetite, SaysNothingOutsideItsPoints) {
  const AppetitePoint points[] = {{0.1, 1e6}, {0.01, 5e6}};
  EXPECT_FALSE(tolerated(points, 9e5));
  EXPECT_FALSE(tolerated(points, 6e6));
  EXPECT_EQ(tolerated(points, 1e6), 0.1);
  EXPECT_EQ(tolerated(points, 5e6), 0.01);
  EXPECT_NEAR(*tolerated(points, std::sqrt(5.0) * 1e6), std::sqrt(0.001), 1e-15);
}

TEST(Appetite, AVerdictOnlyWhenTheWholeIntervalAgrees) {
  EXPECT_EQ(verdict_of(0.02, 0.03, 0.05), Verdict::within);
  EXPECT_EQ(verdict_of(0.06, 0.08, 0.05), Verdict::breach);
  EXPECT_EQ(verdict_of(0.04, 0.06, 0.05), Verdict::undecided);
  EXPECT_EQ(verdict_of(0.05, 0.05, 0.05), Verdict::within);
  EXPECT_EQ(verdict_name(Verdict::breach), "breach");
}

}  // namespace
}  // namespace tiebeam::quant
