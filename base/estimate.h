// An Estimate is a quantity nobody knows exactly, written the way an expert says it. This file is
// the value alone: what was said, and whether it can be meant. Arithmetic lives in quant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace tiebeam {

// Which shape, and which parameters by name. RANGE is one of p01,p99 | p025,p975 | p05,p95 |
// p10,p90 | p25,p75: the central 98, 95, 90, 80 or 50 of 100 cases.
//   point        value
//   lognormal    RANGE | mean,sd                    0 < low < high, mean > 0, sd > 0
//   normal       RANGE | mean,sd                    low < high, sd > 0
//   pert         min,mode,max,lambda? | p05,mode,p95  low <= mode <= high, lambda 0.1 to 50 (4)
//   triangular   min,mode,max                       min <= mode <= max
//   uniform      min,max                            min < max
//   beta         alpha,beta | mean,sd               > 0; 0 < mean < 1, sd^2 < mean (1 - mean)
//   gamma        shape,scale                        > 0
//   discrete     values with weights                weights >= 0 that sum to 1 within 1e-9
//   exponential  mean                               > 0
//   metalog      p10,p50,p90 (or 05, 25), min?,max? low < median < high, one smooth curve exists
//   empirical    values                             at least one, each as likely as the others
// Every number is 0 or has a size of 1e-100 to 1e100. min = mode = max says the value is known.
// Source: spec of quantities; percentile parametrisations are solved in quant/marginal.h,
// docs/method/estimates.md.
struct Estimate {
  enum class Shape : std::uint8_t {
    point,
    lognormal,
    normal,
    pert,
    triangular,
    uniform,
    beta,
    gamma,
    discrete,
    exponential,
    metalog,
    empirical
  };
  Shape shape = Shape::point;
  std::vector<std::pair<std::string, double>> parameters;  // by name, in the order of the table
  std::vector<double> values;                              // discrete and empirical only
  std::vector<double> weights;                             // discrete only, as many as values

  [[nodiscard]] static Estimate point(double value);
  friend bool operator==(const Estimate&, const Estimate&) = default;
};

[[nodiscard]] std::string_view shape_name(Estimate::Shape shape);
// Errors: estimate.unknown_shape (names the nearest).
[[nodiscard]] Result<Estimate::Shape> shape_of(std::string_view name);
// Weights may miss 1 by this much, the rounding of what people and programs write.
constexpr double kWeightTolerance = 1e-9;
// All faults of what was said, each with its parameter in `field` ("/max"); empty when it can be
// meant.
[[nodiscard]] std::vector<Error> faults_of(const Estimate& estimate);
// The parameter of that name, or nothing.
[[nodiscard]] std::optional<double> parameter_of(const Estimate& estimate, std::string_view name);
// What a person types: "40", "40..120" (nine in ten, lognormal when both are above 0, else normal),
// "20..40..90" (PERT low..likely..high), "pert min=20 mode=40 max=90", "discrete 0=0.8 100=0.2",
// "empirical 3 5 8".
// Errors: estimate.not_understood and those of faults_of.
[[nodiscard]] Result<Estimate> parse_estimate(std::string_view text);
// The shortest text that parse_estimate reads back to the same value.
[[nodiscard]] std::string format_estimate(const Estimate& estimate);

}  // namespace tiebeam
