// An Estimate is a quantity nobody knows exactly, written the way an expert says it. This file is
// the value alone: what was said, and whether it can be meant. Arithmetic lives in quant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace tiebeam {

// Which shape, and which parameters by name. Parameters (all finite):
//   point       value
//   lognormal   p05,p95 | p10,p90 | mean,sd        0 < low < high, sd > 0
//   normal      p05,p95 | p10,p90 | mean,sd        low < high, sd > 0
//   pert        min,mode,max,lambda?               min <= mode <= max, min < max, lambda > 0
//   triangular  min,mode,max                       min <= mode <= max, min < max
//   uniform     min,max                            min < max
//   beta        alpha,beta                         > 0
//   gamma       shape,scale                        > 0
//   discrete    value_i with weight_i              at least one weight > 0
// Source: spec of the contract; percentile parametrisations are solved in quant.
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
    discrete
  };
  Shape shape = Shape::point;
  std::vector<std::pair<std::string, double>> parameters;  // by name, in the order of the table
  std::vector<double> values, weights;                     // discrete only, same length

  [[nodiscard]] static Estimate point(double value);
  friend bool operator==(const Estimate&, const Estimate&) = default;
};

[[nodiscard]] std::string_view shape_name(Estimate::Shape shape);
// Errors: estimate.unknown_shape (names the nearest).
[[nodiscard]] Result<Estimate::Shape> shape_of(std::string_view name);
// All faults of what was said, each with its parameter in `field` ("/max"); empty when it can be
// meant.
[[nodiscard]] std::vector<Error> faults_of(const Estimate& estimate);
// What a person types: "40", "40..120" (nine in ten, lognormal when both are above 0, else normal),
// "20..40..90" (PERT low..likely..high), "pert min=20 mode=40 max=90".
// Errors: estimate.not_understood and those of faults_of.
[[nodiscard]] Result<Estimate> parse_estimate(std::string_view text);
// The shortest text that parse_estimate reads back to the same value.
[[nodiscard]] std::string format_estimate(const Estimate& estimate);

}  // namespace tiebeam
