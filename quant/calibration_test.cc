#include "quant/calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "quant/reference_test_support.h"

namespace tiebeam::quant {
namespace {

RangeAnswer answer(double low, double high, double truth) {
  return {.question = "q", .low = low, .high = high, .truth = truth, .scale = 1};
}

// Source: binomial with n = 10, p = 0.9, worked out exactly: sum of C(10, i) 0.9^i 0.1^(10 - i).
TEST(Calibration, FiveOfTenIsNoAccident) {
  EXPECT_NEAR(chance_of_so_few(5, 10, 0.9), 0.0016349374, 1e-10);
  EXPECT_NEAR(chance_of_so_few(7, 10, 0.9), 0.0701908264, 1e-10);
  EXPECT_NEAR(chance_of_so_few(10, 10, 0.9), 1, 1e-15);
}

// Source: Winkler's score by hand: width 10; 2 below at level 0.9 costs 2 / 0.1 * 2 = 40 more.
TEST(Calibration, TheIntervalScoreIsWidthAndTwentyTimesTheMiss) {
  EXPECT_DOUBLE_EQ(interval_score(10, 20, 15, 0.9), 10);
  EXPECT_NEAR(interval_score(10, 20, 8, 0.9), 50, 1e-12);
  EXPECT_NEAR(interval_score(10, 20, 23, 0.9), 70, 1e-12);
  EXPECT_NEAR(interval_score(10, 20, 8, 0.5), 18, 1e-12);
}

// Whoever knows the distribution scores best by telling its own 5th and 95th percentile.
TEST(Calibration, TheTrueRangeScoresBest) {
  std::mt19937_64 rng(7);  // fixed: a failure must reproduce
  double honest = 0, narrow = 0, wide = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double truth = static_cast<double>(rng() >> 11) * 0x1p-53;  // uniform: 0.05 to 0.95
    honest += interval_score(0.05, 0.95, truth, 0.9);
    narrow += interval_score(0.2, 0.8, truth, 0.9);
    wide += interval_score(-0.2, 1.2, truth, 0.9);
  }
  EXPECT_LT(honest, narrow);
  EXPECT_LT(honest, wide);
}

// Source: Brown, Cai and DasGupta 2001, table 5: the 95 % Jeffreys interval of 5 of 10 is
// 0.224 to 0.776, of 9 of 10 it is 0.619 to 0.989.
TEST(Calibration, JeffreysAgreesWithTheTable) {
  const Spread half = jeffreys(5, 10, 0.95), nine = jeffreys(9, 10, 0.95);
  EXPECT_NEAR(half.low, 0.224, 5e-4);
  EXPECT_NEAR(half.high, 0.776, 5e-4);
  EXPECT_NEAR(nine.low, 0.619, 5e-4);
  EXPECT_NEAR(nine.high, 0.989, 5e-4);
  EXPECT_EQ(jeffreys(0, 10).low, 0);
  EXPECT_EQ(jeffreys(10, 10).high, 1);
}

TEST(Calibration, TheEndsOfARangeAreInside) {
  EXPECT_TRUE(is_hit(answer(10, 20, 10)));
  EXPECT_TRUE(is_hit(answer(10, 20, 20)));
  EXPECT_FALSE(is_hit(answer(10, 20, 20.000001)));
}

TEST(Calibration, ScoresOfQuestionsOfAnyUnitAddUp) {
  RangeAnswer years = answer(1900, 1950, 1914), metres = answer(100, 500, 312);
  years.scale = 100;
  metres.scale = 312;
  const std::vector<RangeAnswer> both{years, metres};
  EXPECT_NEAR(mean_score(both, 0.9), (50.0 / 100 + 400.0 / 312) / 2, 1e-12);
}

TEST(Calibration, AnAnswerReadsBackAsItWasWritten) {
  const RangeAnswer from{"suez-length", 100.5, 200, 164, 164};
  const auto read = parse_range_answer(format_range_answer(from));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->question, "suez-length");
  EXPECT_EQ(read->low, 100.5);
  EXPECT_EQ(read->scale, 164);
  for (const char* text : {"", "a 1 2 3", "a 2 1 3 1", "a 1 2 3 0", "a 1 2 x 1", "a 1 2 3 4 5",
                           "a nan 2 3 1", "a 1 inf 3 1", " 1 2 3 1"})
    EXPECT_FALSE(parse_range_answer(text).has_value()) << text;
}

TEST(Calibration, ItIsTooFewToSayBelowTwentyAnswers) {
  std::vector<RangeAnswer> answers(kAnswersNeeded - 1, answer(0, 1, 0.5));
  Figure figure;
  set_hits(figure, answers);
  EXPECT_EQ(figure.status, Status::too_few);
  EXPECT_FALSE(figure.has_value());
  EXPECT_NE(figure.reason.find("19 answers"), std::string::npos);
  answers.push_back(answer(0, 1, 2));
  Figure told;
  set_hits(told, answers);
  EXPECT_EQ(told.status, Status::ok);
  EXPECT_DOUBLE_EQ(told.number(), 0.95);
  ASSERT_TRUE(told.interval.has_value());
  EXPECT_LT(told.interval->low, 0.95);
  EXPECT_LT(told.interval->high, 1);
}

// What the header says of 10 and 20 answers.
TEST(Calibration, TwentyAnswersTellNarrowRangesApart) {
  EXPECT_NEAR(1 - chance_of_so_few(7, 10, 0.7), 0.38, 0.005);
  EXPECT_NEAR(1 - chance_of_so_few(16, 20, 0.7), 0.11, 0.005);
}

}  // namespace
}  // namespace tiebeam::quant
