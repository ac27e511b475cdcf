// Probabilities in both tails, and the incomplete beta and gamma functions with their inverses.
// Slow and exact (about 1e-14): for tables and closed forms, never in kernels. What cannot be
// computed is NaN, nothing throws. Source: Boost.Math 1.81, in double precision throughout.
#pragma once

namespace tiebeam::quant {

// The same place twice: p below it, q above it, each exact where it is small.
struct Tails {
  double p;
  double q;
};
// Of a standard normal at z. Both are above 0 for |z| <= 37.
[[nodiscard]] Tails normal_tails(double z);
[[nodiscard]] double normal_density(double z);
// ln P(Z <= z), finite for any finite z.
[[nodiscard]] double log_normal_cdf(double z);
// The z of these tails, from the smaller one; infinite where that is 0.
[[nodiscard]] double normal_score(Tails tails);
// {p, 1 - p}.
[[nodiscard]] Tails tails_of(double p);

// I_x(a, b) and 1 - I_x(a, b). REQUIRES: a, b > 0, 0 <= x <= 1.
[[nodiscard]] Tails beta_tails(double a, double b, double x);
// The x with these tails, as {x, 1 - x}.
[[nodiscard]] Tails beta_quantile(double a, double b, Tails tails);
// The derivative of I_x at {x, 1 - x}.
[[nodiscard]] double beta_density(double a, double b, Tails x);

// P(shape, x) and Q(shape, x). REQUIRES: shape > 0, x >= 0.
[[nodiscard]] Tails gamma_tails(double shape, double x);
[[nodiscard]] double gamma_quantile(double shape, Tails tails);
[[nodiscard]] double gamma_density(double shape, double x);

// Student's t with `degrees` degrees of freedom. REQUIRES: degrees > 0.
[[nodiscard]] Tails student_tails(double t, double degrees);

}  // namespace tiebeam::quant
