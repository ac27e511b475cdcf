#include "quant/finance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace tiebeam::quant {
namespace {

using Flows = std::vector<double>;

TEST(Npv, AtNoRateIsTheSum) {
  const Flows flows = {-1000, 300, 400, 500};
  EXPECT_DOUBLE_EQ(npv(flows, 0), 200);
  EXPECT_DOUBLE_EQ(npv(flows, 0, Timing::mid_year), 200);
  EXPECT_DOUBLE_EQ(annuity(5, 0), 5);
  EXPECT_GT(npv(flows, 0.1, Timing::mid_year), npv(flows, 0.1));
  EXPECT_EQ(npv({}, 0.1), 0);
}

TEST(Irr, IsWhereTheNpvIsZero) {
  std::mt19937_64 rng(20240602);
  for (int round = 0; round < 300; ++round) {
    Flows flows = {-static_cast<double>(100 + rng() % 1000)};
    for (std::size_t y = 1 + rng() % 8; y-- > 0;) flows.push_back(static_cast<double>(rng() % 400));
    flows.push_back(1);
    const Irr found = irr(flows);
    ASSERT_TRUE(found.rate.has_value());
    EXPECT_NEAR(npv(flows, *found.rate), 0, 1e-6 * -flows[0]);
    for (double& flow : flows) flow = -flow;
    EXPECT_NEAR(irr(flows).rate.value_or(-9), *found.rate, 1e-12);
  }
}

TEST(Irr, NoneAndSeveralHaveAReason) {  // edge case 16
  EXPECT_FALSE(irr(Flows{100, 50, 20}).rate);
  EXPECT_TRUE(irr(Flows{100, 50, 20}).reason.contains("one way"));
  EXPECT_TRUE(irr(Flows{0, 0, 0}).reason.contains("one way"));
  EXPECT_FALSE(irr(Flows{-100, 230, -132}).rate);
  EXPECT_TRUE(irr(Flows{-100, 230, -132}).reason.contains("2 times"));
  EXPECT_FALSE(irr(Flows{}).rate);
  EXPECT_NEAR(*irr(Flows{-100, 0, 121}).rate, 0.1, 1e-14);
  EXPECT_NEAR(*irr(Flows{-100, 1}).rate, -0.99, 1e-14);
}

TEST(Payback, IsStraightWithinAYear) {
  EXPECT_DOUBLE_EQ(*payback(Flows{-100, 50, 200}), 1.25);
  EXPECT_DOUBLE_EQ(*payback(Flows{-100, 100}), 1);
  EXPECT_FALSE(payback(Flows{-100, 10, 10}));
  EXPECT_FALSE(payback(Flows{-100}));
  EXPECT_EQ(*payback(Flows{0, 0, 0}), 0);
  EXPECT_EQ(*payback(Flows{50, -10}), 0);
  EXPECT_DOUBLE_EQ(*payback(Flows{-100, 200, -500}), 0.5);  // the first crossing
  EXPECT_FALSE(discounted_payback(Flows{-100, 50, 50}, 0.01));
}

TEST(Outlay, WithoutOneThereIsNoIndex) {
  EXPECT_FALSE(profitability_index(Flows{0, 5}, 0.1));
  EXPECT_FALSE(return_on_investment(5, 0));
  EXPECT_DOUBLE_EQ(*return_on_investment(15, 10), 0.5);
}

TEST(Delay, ShiftsTheStart) {
  EXPECT_EQ(active_fraction(0, 0), 1);
  EXPECT_EQ(active_fraction(0, 0.25), 0.75);
  EXPECT_EQ(active_fraction(0, 1.5), 0);
  EXPECT_EQ(active_fraction(1, 1.5), 0.5);
  EXPECT_EQ(active_fraction(2, 1.5), 1);
}

TEST(Delay, LostOrDeferred) {
  const Flows benefits = {100, 200, 300};
  EXPECT_EQ(delayed_benefits(benefits, 0, Delayed::lost), benefits);
  EXPECT_EQ(delayed_benefits(benefits, 0, Delayed::deferred), benefits);
  EXPECT_EQ(delayed_benefits(benefits, 1.5, Delayed::lost), (Flows{0, 100, 300}));
  EXPECT_EQ(delayed_benefits(benefits, 3, Delayed::lost), (Flows{0, 0, 0}));
  EXPECT_EQ(delayed_benefits(benefits, 40, Delayed::lost), (Flows{0, 0, 0}));
  EXPECT_EQ(delayed_benefits(benefits, 1.5, Delayed::deferred), (Flows{0, 50, 150, 250, 150}));
  EXPECT_EQ(delayed_benefits(benefits, 1, Delayed::deferred), (Flows{0, 100, 200, 300}));
}

}  // namespace
}  // namespace tiebeam::quant
