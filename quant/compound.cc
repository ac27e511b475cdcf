#include "quant/compound.h"

#include <cmath>

namespace tiebeam::quant {

RawMoments moments_of(const Marginal& marginal) {
  return {marginal.raw_moment(1), marginal.raw_moment(2), marginal.raw_moment(3)};
}

RawMoments sum_of(const RawMoments& a, const RawMoments& b) {
  return {a.first + b.first, a.second + 2 * a.first * b.first + b.second,
          a.third + 3 * a.second * b.first + 3 * a.first * b.second + b.third};
}

RawMoments product_of(const RawMoments& a, const RawMoments& b) {
  return {a.first * b.first, a.second * b.second, a.third * b.third};
}

RawMoments with_chance(double p, const RawMoments& loss) {
  return {p * loss.first, p * loss.second, p * loss.third};
}

LossMoments compound(const CountMoments& count, const RawMoments& loss) {
  const double m = loss.first, variance = loss.variance();
  const double third = loss.third - 3 * m * loss.second + 2 * m * m * m;
  LossMoments out;
  out.mean = count.mean * m;
  out.sd = std::sqrt(count.mean * variance + count.variance * m * m);
  out.p_zero = count.p_zero;
  if (out.sd > 0) {
    const double central =
        count.mean * third + 3 * count.variance * m * variance + count.third * m * m * m;
    out.skew = central / (out.sd * out.sd * out.sd);
  }
  return out;
}

LossMoments compound_with_secondary(const CountMoments& count, const RawMoments& primary,
                                    const Marginal& secondary_chance, const RawMoments& secondary) {
  const RawMoments loss = sum_of(primary, with_chance(secondary_chance.mean(), secondary));
  LossMoments out = compound(count, loss);
  // The mean loss of an event differs from year to year by the chance of that year.
  const double between = secondary_chance.variance() * secondary.first * secondary.first;
  if (between == 0) return out;
  const double factor = count.variance + count.mean * count.mean - count.mean;
  out.sd = std::sqrt(out.sd * out.sd + factor * between);
  out.skew.reset();
  return out;
}

}  // namespace tiebeam::quant
