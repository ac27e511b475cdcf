// A share between 0 and 1, and the difference of two shares. Only a formatter multiplies by 100.
#pragma once

#include <compare>

#include "base/error.h"

namespace tiebeam {

struct PercentagePoints {
  double points = 0;  // 100 times the difference of two fractions
  friend auto operator<=>(const PercentagePoints&, const PercentagePoints&) = default;
};

class Fraction {
 public:
  Fraction() = default;
  // Errors: fraction.out_of_range.
  [[nodiscard]] static Result<Fraction> create(double value);
  // parts / whole; 0/0 is refused. Errors: fraction.out_of_range.
  [[nodiscard]] static Result<Fraction> of(double part, double whole);
  [[nodiscard]] double value() const { return value_; }
  friend auto operator<=>(const Fraction&, const Fraction&) = default;

 private:
  explicit Fraction(double value) : value_(value) {}
  double value_ = 0;
};

[[nodiscard]] inline PercentagePoints operator-(Fraction a, Fraction b) {
  return {100.0 * (a.value() - b.value())};
}

}  // namespace tiebeam
