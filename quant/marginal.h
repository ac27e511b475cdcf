// An estimate as a distribution: a monotone map T of one standard normal z, so that dependence is a
// matter of z alone. Exact and slow: for tables, closed forms and tests, not for kernels.
// Formulas and sources: docs/method/estimates.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/estimate.h"
#include "quant/laws.h"
#include "quant/metalog.h"

namespace tiebeam::quant {

class Marginal {
 public:
  // The first three have closed maps: x = a, a + b z, exp(a + b z).
  enum class Kind : std::uint8_t { point, normal, lognormal, other };

  // Every fault of tiebeam::faults_of and those of what cannot be computed, each with its field:
  //   estimate.bad_parameter  what was said cannot be meant
  //   estimate.too_wide       the mean or the spread is beyond any number a machine holds
  //   estimate.out_of_reach   a shape parameter outside 0.001 to 1e6
  [[nodiscard]] static std::vector<Error> faults_of(const Estimate& estimate);
  // Errors: the first of faults_of; `detail` holds the messages of the others, one a line.
  [[nodiscard]] static Result<Marginal> create(const Estimate& estimate);

  // A normal that is below 0 in at most 5 of 100 cases, without them: the rest is rescaled, which
  // raises the mean. None for other shapes, and for more than that.
  [[nodiscard]] std::optional<Marginal> cut_at_zero() const;

  [[nodiscard]] Kind kind() const;
  [[nodiscard]] const BetaLaw* if_beta() const { return std::get_if<BetaLaw>(&law_); }
  [[nodiscard]] double a() const { return a_; }  // 0 for other
  [[nodiscard]] double b() const { return b_; }  // 0 for point and other
  // T(z), never falling; as exact in the upper tail as in the lower one (|z| <= 30; farther out
  // numbers below 1e-300 lose digits). REQUIRES: not NaN.
  [[nodiscard]] double at(double z) const;
  // dT/dz. 0 where T is flat: point, discrete, empirical (which jump in between).
  [[nodiscard]] double slope(double z) const;
  // The least x with P(X <= x) >= p; least() at 0, most() at 1. REQUIRES: 0 <= p <= 1.
  [[nodiscard]] double quantile(double p) const;
  // P(X <= x).
  [[nodiscard]] double cdf(double x) const;
  // Infinite where it does not exist, which only a metalog open at one side can bring about: +inf
  // (with min), -inf of the mean and the third moment (with max). warning_of says so.
  [[nodiscard]] double mean() const { return raw_moment(1); }
  [[nodiscard]] double variance() const;
  [[nodiscard]] double raw_moment(int k) const;  // E[X^k]. REQUIRES: k is 1, 2 or 3
  [[nodiscard]] double least() const;            // of what can occur; may be infinite
  [[nodiscard]] double most() const;
  [[nodiscard]] bool continuous() const;  // false for point, discrete, empirical
  // What it can be with which chance, rising, when it is not continuous; else nothing.
  struct Jump {
    double value, chance;
  };
  [[nodiscard]] std::vector<Jump> jumps() const;
  // E[min(X, cap)]; none for metalog, which has no closed form.
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
  // E[min(max(X - deductible, 0), limit)], what an insurance layer pays for a loss X.
  // REQUIRES: limit >= 0.
  [[nodiscard]] std::optional<double> layer_mean(double deductible, double limit) const;

 private:
  using Law = std::variant<PointLaw, NormalLaw, CutNormalLaw, LognormalLaw, UniformLaw,
                           TriangularLaw, BetaLaw, GammaLaw, ExponentialLaw, AtomsLaw, MetalogLaw>;
  explicit Marginal(Law law);
  friend struct LawOf;

  Law law_;
  double a_ = 0;
  double b_ = 0;
};

// In plain words, why a mean or a spread of this estimate says little: few rare cases decide it.
// None when there is nothing to say, or when the estimate cannot be meant.
[[nodiscard]] std::optional<std::string> warning_of(const Estimate& estimate);

}  // namespace tiebeam::quant
