#include "base/estimate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace tiebeam {
namespace {

using Shape = Estimate::Shape;

constexpr Shape kShapes[] = {Shape::point,       Shape::lognormal,  Shape::normal,
                             Shape::pert,        Shape::triangular, Shape::uniform,
                             Shape::beta,        Shape::gamma,      Shape::discrete,
                             Shape::exponential, Shape::metalog,    Shape::empirical};

Estimate parsed(std::string_view text) {
  const auto read = parse_estimate(text);
  EXPECT_TRUE(read.has_value()) << text << ": " << read.error().message;
  return read.value_or(Estimate{});
}
std::vector<std::string> faulty_fields(const Estimate& estimate) {
  std::vector<std::string> out;
  for (const Error& error : faults_of(estimate)) out.push_back(error.field);
  return out;
}

TEST(Shape, NamesReadBack) {
  for (const Shape shape : kShapes) EXPECT_EQ(shape_of(shape_name(shape)).value(), shape);
}

TEST(Shape, UnknownNamesTheNearest) {
  const auto shape = shape_of("lognormall");
  ASSERT_FALSE(shape.has_value());
  EXPECT_EQ(shape.error().code, "estimate.unknown_shape");
  EXPECT_TRUE(shape.error().message.contains("lognormal'?")) << shape.error().message;
  EXPECT_FALSE(shape_of("").has_value());
}

TEST(ParseEstimate, ReadsWhatPeopleType) {
  EXPECT_EQ(parsed("40"), Estimate::point(40));
  EXPECT_EQ(parsed("-40.5"), Estimate::point(-40.5));
  EXPECT_EQ(parsed("40..120"), (Estimate{Shape::lognormal, {{"p05", 40}, {"p95", 120}}, {}, {}}));
  EXPECT_EQ(parsed("-5..120"), (Estimate{Shape::normal, {{"p05", -5}, {"p95", 120}}, {}, {}}));
  EXPECT_EQ(parsed("0..120").shape, Shape::normal);
  EXPECT_EQ(parsed("20..40..90"),
            (Estimate{Shape::pert, {{"min", 20}, {"mode", 40}, {"max", 90}}, {}, {}}));
  EXPECT_EQ(parsed("pert min=20 mode=40 max=90"), parsed("20..40..90"));
  EXPECT_EQ(parsed("lognormal p10=1.5 p90=2.5").parameters.size(), 2U);
  EXPECT_EQ(parsed(" gamma  shape=2  scale=3 ").shape, Shape::gamma);
}

TEST(ParseEstimate, RefusesWhatItCannotMean) {
  const struct {
    const char *text, *code;
  } rows[] = {
      {"", "estimate.not_understood"},           {"about 40", "estimate.unknown_shape"},
      {"Forty", "estimate.not_understood"},      {"40..", "estimate.not_understood"},
      {"..40", "estimate.not_understood"},       {"1..2..3..4", "estimate.not_understood"},
      {"40 EUR", "estimate.not_understood"},     {"1e999", "estimate.not_understood"},
      {"inf..2", "estimate.unknown_shape"},      {"pert min", "estimate.not_understood"},
      {"pert min=x", "estimate.not_understood"}, {"squiggle a=1", "estimate.unknown_shape"}};
  for (const auto& row : rows) {
    const auto read = parse_estimate(row.text);
    ASSERT_FALSE(read.has_value()) << row.text;
    EXPECT_EQ(read.error().code, row.code) << row.text;
    EXPECT_FALSE(read.error().hint.empty()) << row.text;
  }
  EXPECT_FALSE(parse_estimate("120..40").has_value());
  EXPECT_FALSE(parse_estimate("20..90..40").has_value());
  EXPECT_FALSE(parse_estimate("uniform min=1 max=1").has_value());
  EXPECT_FALSE(parse_estimate("uniform min=1 max=2 mode=1").has_value());
}

TEST(FaultsOf, FollowsTheTableOfTheHeader) {
  const struct {
    const char* name;
    Estimate estimate;
    std::vector<std::string> fields;
  } rows[] = {
      {"lognormal from mean", {Shape::lognormal, {{"mean", 3}, {"sd", 1}}, {}, {}}, {}},
      {"lognormal at 0", {Shape::lognormal, {{"p05", 0}, {"p95", 2}}, {}, {}}, {"/p05"}},
      {"lognormal, sd 0", {Shape::lognormal, {{"mean", 3}, {"sd", 0}}, {}, {}}, {"/sd"}},
      {"normal below 0", {Shape::normal, {{"p10", -3}, {"p90", -1}}, {}, {}}, {}},
      {"normal, equal ends", {Shape::normal, {{"p10", 1}, {"p90", 1}}, {}, {}}, {"/p90"}},
      {"pert at its end", {Shape::pert, {{"min", 1}, {"mode", 1}, {"max", 2}}, {}, {}}, {}},
      {"pert, lambda 0",
       {Shape::pert, {{"min", 1}, {"mode", 1}, {"max", 2}, {"lambda", 0}}, {}, {}},
       {"/lambda"}},
      {"triangular, mode outside",
       {Shape::triangular, {{"min", 1}, {"mode", 9}, {"max", 2}}, {}, {}},
       {"/max"}},
      {"uniform", {Shape::uniform, {{"min", -2}, {"max", -1}}, {}, {}}, {}},
      {"beta, both bad", {Shape::beta, {{"alpha", 0}, {"beta", -1}}, {}, {}}, {"/alpha", "/beta"}},
      {"gamma", {Shape::gamma, {{"shape", 0.5}, {"scale", 2}}, {}, {}}, {}},
      {"pert, lambda 80",
       {Shape::pert, {{"min", 1}, {"mode", 1}, {"max", 2}, {"lambda", 80}}, {}, {}},
       {"/lambda"}},
      {"pert, 9 in 10", {Shape::pert, {{"p05", 1}, {"mode", 1}, {"p95", 2}}, {}, {}}, {}},
      {"pert, 9 in 10, likely outside",
       {Shape::pert, {{"p05", 1}, {"mode", 3}, {"p95", 2}}, {}, {}},
       {"/p95"}},
      {"pert, 9 in 10 of one value",
       {Shape::pert, {{"p05", 2}, {"mode", 2}, {"p95", 2}}, {}, {}},
       {"/p95"}},
      {"pert, all the same", {Shape::pert, {{"min", 2}, {"mode", 2}, {"max", 2}}, {}, {}}, {}},
      {"any central range", {Shape::normal, {{"p025", -3}, {"p975", -1}}, {}, {}}, {}},
      {"98 of 100", {Shape::lognormal, {{"p01", 1}, {"p99", 3}}, {}, {}}, {}},
      {"half", {Shape::lognormal, {{"p25", 1}, {"p75", 3}}, {}, {}}, {}},
      {"ends of two ranges", {Shape::lognormal, {{"p25", 1}, {"p95", 3}}, {}, {}}, {"/kind"}},
      {"a cut normal",
       {Shape::normal, {{"p05", 1}, {"p95", 3}, {"min", 0}}, {}, {}},
       {"/kind"}},  // truncation is never silent: what we do not do is refused
      {"beta by moments", {Shape::beta, {{"mean", 0.39}, {"sd", 0.1}}, {}, {}}, {}},
      {"beta, too wide", {Shape::beta, {{"mean", 0.5}, {"sd", 0.5}}, {}, {}}, {"/sd"}},
      {"beta, percent", {Shape::beta, {{"mean", 5}, {"sd", 1}}, {}, {}}, {"/mean"}},
      {"exponential", {Shape::exponential, {{"mean", 5}}, {}, {}}, {}},
      {"exponential of 0", {Shape::exponential, {{"mean", 0}}, {}, {}}, {"/mean"}},
      {"metalog", {Shape::metalog, {{"p10", 10}, {"p50", 20}, {"p90", 60}}, {}, {}}, {}},
      {"metalog, no curve",
       {Shape::metalog, {{"p10", 10}, {"p50", 18}, {"p90", 60}}, {}, {}},
       {"/p50"}},
      {"metalog above 0",
       {Shape::metalog, {{"p10", 10}, {"p50", 18}, {"p90", 60}, {"min", 0}}, {}, {}},
       {}},
      {"metalog, bound inside",
       {Shape::metalog, {{"p10", 10}, {"p50", 20}, {"p90", 60}, {"min", 12}}, {}, {}},
       {"/p10"}},
      {"metalog, not in order",
       {Shape::metalog, {{"p10", 10}, {"p50", 70}, {"p90", 60}, {"max", 50}}, {}, {}},
       {"/p90", "/max"}},
      {"empirical", {Shape::empirical, {}, {5, 3, 3}, {}}, {}},
      {"empirical, empty", {Shape::empirical, {}, {}, {}}, {"/values"}},
      {"empirical, weights", {Shape::empirical, {}, {5, 3}, {0.5, 0.5}}, {"/weights"}},
      {"pert with values",
       {Shape::pert, {{"min", 1}, {"mode", 1}, {"max", 2}}, {3}, {}},
       {"/values"}},
      {"discrete", {Shape::discrete, {}, {0, 100}, {0.8, 0.2}}, {}},
      {"discrete, one never", {Shape::discrete, {}, {0, 100}, {1, 0}}, {}},
      {"discrete, rounded", {Shape::discrete, {}, {0, 100}, {0.8, 0.2000000005}}, {}},
      {"discrete, counts", {Shape::discrete, {}, {0, 100}, {8, 2}}, {"/weights"}},
      {"discrete, short of 1", {Shape::discrete, {}, {0, 100}, {0.8, 0}}, {"/weights"}},
      {"discrete, no weight", {Shape::discrete, {}, {0, 100}, {0, 0}}, {"/weights"}},
      {"discrete, too few weights", {Shape::discrete, {}, {0, 100}, {1}}, {"/values"}},
      {"discrete, empty", {Shape::discrete, {}, {}, {}}, {"/values"}},
  };
  for (const auto& row : rows) EXPECT_EQ(faulty_fields(row.estimate), row.fields) << row.name;
}

TEST(FaultsOf, RefusesNumbersThatAreNotFinite) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(faults_of(Estimate::point(nan)).empty());
  EXPECT_FALSE(faults_of(Estimate::point(infinity)).empty());
  EXPECT_FALSE(faults_of({Shape::uniform, {{"min", -infinity}, {"max", 1}}, {}, {}}).empty());
  EXPECT_FALSE(faults_of({Shape::discrete, {}, {nan}, {1}}).empty());
  EXPECT_FALSE(faults_of({Shape::discrete, {}, {1}, {infinity}}).empty());
  EXPECT_FALSE(faults_of({Shape::discrete, {}, {1, 2}, {2, -1}}).empty());
}

TEST(FaultsOf, RefusesNumbersThatNobodyMeans) {
  for (const double value : {-0.0, 5e-324, 1e-310, 1e308, -1e308, 1e101}) {
    const Estimate each[] = {Estimate::point(value),
                             {Shape::lognormal, {{"p05", 1}, {"p95", value}}, {}, {}},
                             {Shape::pert, {{"min", value}, {"mode", 0}, {"max", 1}}, {}, {}},
                             {Shape::discrete, {}, {0, value}, {0.5, 0.5}},
                             {Shape::empirical, {}, {0, value}, {}}};
    for (const Estimate& estimate : each) {
      const auto faults = faults_of(estimate);
      ASSERT_FALSE(faults.empty()) << format_estimate(estimate);
      EXPECT_FALSE(faults[0].message.empty());
      EXPECT_FALSE(faults[0].hint.empty());
    }
  }
  EXPECT_TRUE(faults_of(Estimate::point(0)).empty());
}

TEST(FaultsOf, SaysWhatToDo) {
  const auto said = [](const char* text) {
    const auto read = parse_estimate(text);
    return read ? std::string("accepted") : read.error().message + " | " + read.error().hint;
  };
  EXPECT_EQ(said("40..40"), "p05 and p95 are both 40 | is it certain? then write the number: 40");
  EXPECT_TRUE(said("lognormal p05=0 p95=5").contains("use normal"));
  EXPECT_TRUE(said("120..40").contains("p95 is 40, which is not above the p05 of 120"));
  EXPECT_EQ(said("-0"),
            "value is -0; write 0 | "
            "write for example 40, 40..120, 20..40..90 or \"pert min=20 mode=40 max=90\"");
  EXPECT_TRUE(said("1e308").contains("1e100 is the largest"));
  EXPECT_TRUE(said("discrete 0=3 5=5").contains("sum to 8"));
  EXPECT_TRUE(
      said("metalog p10=10 p50=18 p90=60").contains("the median may lie between 18.33 and 51.67"))
      << said("metalog p10=10 p50=18 p90=60");
  EXPECT_TRUE(said("beta mean=0.5 sd=0.6").contains("below 0.5"));
}

TEST(FaultsOf, MissingAndUnknownParametersAreFaults) {
  EXPECT_FALSE(faults_of({Shape::point, {}, {}, {}}).empty());
  EXPECT_FALSE(faults_of({Shape::pert, {{"min", 1}, {"max", 2}}, {}, {}}).empty());
  EXPECT_FALSE(faults_of({Shape::normal, {{"p05", 1}, {"p90", 2}}, {}, {}}).empty());
  EXPECT_FALSE(faults_of({Shape::gamma, {{"shape", 1}, {"scale", 2}, {"k", 3}}, {}, {}}).empty());
}

TEST(FormatEstimate, IsTheShortestThatPeopleWouldType) {
  for (const char* text :
       {"40", "-40.5", "40..120", "-5..120", "20..40..90", "pert min=20 mode=40 max=90 lambda=2",
        "lognormal p10=1 p90=2", "normal p05=1 p95=2", "uniform min=0 max=1",
        "gamma shape=2 scale=3", "discrete 0=0.8 100=0.2", "empirical 3 5 8.5",
        "exponential mean=3", "metalog p10=10 p50=20 p90=60 min=0", "lognormal p025=1 p975=2",
        "beta mean=0.39 sd=0.1", "5..5..5"}) {
    EXPECT_EQ(format_estimate(parsed(text)), text);
  }
}

TEST(FormatEstimate, ReadsBackToTheSameValue) {
  std::mt19937_64 rng(20240303);  // fixed: a failure must reproduce
  const auto number = [&] {
    const auto mantissa = static_cast<double>(static_cast<std::int64_t>(rng() >> 11)) * 0x1p-53;
    return (mantissa + 1e-3) * std::pow(10.0, static_cast<double>(rng() % 17) - 8.0);
  };
  for (int round = 0; round < 5000; ++round) {
    const double a = number() * (rng() % 2 ? 1 : -1);
    const double b = a + number();
    const double c = b + number();
    const double p = number();
    const double q = p + number();
    const Estimate any[] = {Estimate::point(a),
                            {Shape::normal, {{"p05", a}, {"p95", b}}, {}, {}},
                            {Shape::lognormal, {{"p05", p}, {"p95", q}}, {}, {}},
                            {Shape::lognormal, {{"mean", p}, {"sd", q}}, {}, {}},
                            {Shape::pert, {{"min", a}, {"mode", b}, {"max", c}}, {}, {}},
                            {Shape::triangular, {{"min", a}, {"mode", b}, {"max", c}}, {}, {}},
                            {Shape::beta, {{"alpha", p}, {"beta", q}}, {}, {}},
                            {Shape::exponential, {{"mean", p}}, {}, {}},
                            {Shape::empirical, {}, {c, a, b}, {}},
                            {Shape::discrete, {}, {a, b, c}, {p / (p + q), 0, q / (p + q)}}};
    const Estimate& estimate = any[rng() % std::size(any)];
    if (!faults_of(estimate).empty()) continue;  // a sum that was lost to rounding
    ASSERT_EQ(parsed(format_estimate(estimate)), estimate) << format_estimate(estimate);
  }
}

}  // namespace
}  // namespace tiebeam
