#include "quant/draw.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace tiebeam::quant {
namespace {

Estimate meant(const char* text) {
  const auto parsed = parse_estimate(text);
  EXPECT_TRUE(parsed) << text << ": " << parsed.error().message;
  return parsed ? *parsed : Estimate::point(0);
}

class DrawOf : public testing::TestWithParam<const char*> {};

TEST_P(DrawOf, MapsAsTheMarginalDoesAndNeverFalls) {
  const Marginal marginal = *Marginal::create(meant(GetParam()));
  const Draw draw(marginal);
  std::vector<double> z(kBlock + kPad), x(kBlock + kPad);
  for (std::size_t i = 0; i < kBlock; ++i) z[i] = -8.2 + 16.4 * static_cast<double>(i) / kBlock;
  draw.map(z.data(), kBlock, x.data());
  const double spread = marginal.at(3) - marginal.at(-3);
  for (std::size_t i = 0; i < kBlock; ++i) {
    const double exact = marginal.at(z[i]);
    if (marginal.continuous() && std::abs(z[i]) < 5) {
      ASSERT_NEAR(x[i], exact, 1e-5 * std::max(spread, std::abs(exact))) << z[i];
    }
    ASSERT_GE(x[i], marginal.least());
    ASSERT_LE(x[i], marginal.most());
    if (i > 0) {
      ASSERT_GE(x[i], x[i - 1]) << z[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, DrawOf,
                         testing::Values("40", "100000..1000000", "normal mean=100 sd=10",
                                         "pert min=0 mode=0.1 max=1", "pert min=0 mode=0 max=1",
                                         "pert min=10 mode=60 max=60 lambda=10",
                                         "triangular min=0 mode=1 max=4", "uniform min=2 max=10",
                                         "beta alpha=0.5 beta=0.5", "gamma shape=0.3 scale=10",
                                         "exponential mean=5",
                                         "metalog p10=10 p50=20 p90=60 min=0"));

TEST(Draw, StepsBeginWhereTheWeightsSay) {
  Estimate dice;
  dice.shape = Estimate::Shape::discrete;
  dice.values = {1, 5, 100};
  dice.weights = {0.5, 0.3, 0.2};
  const Draw draw(*Marginal::create(dice));
  std::vector<double> z = {-8, -0.0001, 0.0001, 0.8416, 0.8417, 8}, x(6 + kPad);
  z.resize(6 + kPad);
  draw.map(z.data(), 6, x.data());
  x.resize(6);
  EXPECT_EQ(x, (std::vector<double>{1, 1, 5, 5, 100, 100}));
}

}  // namespace
}  // namespace tiebeam::quant
