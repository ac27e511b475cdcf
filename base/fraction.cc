#include "base/fraction.h"

#include <fmt/format.h>

namespace tiebeam {

Result<Fraction> Fraction::create(double value) {
  if (value >= 0 && value <= 1) return Fraction(value);  // also refuses NaN
  return invalid("fraction.out_of_range",
                 fmt::format("{} is not a share: a share lies between 0 and 1", value),
                 "write 15 % as 0.15");
}

Result<Fraction> Fraction::of(double part, double whole) { return create(part / whole); }

}  // namespace tiebeam
