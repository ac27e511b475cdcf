// Special functions that the interval estimates need. Accurate to about 1e-12, slow, never in
// kernels.
#pragma once

namespace tiebeam::quant {

// Regularised incomplete beta function I_x(a, b). REQUIRES: a > 0, b > 0, 0 <= x <= 1.
// Source: continued fraction DLMF 8.17.22, evaluated by the modified Lentz method.
[[nodiscard]] double incomplete_beta(double a, double b, double x);

// P(B <= k) of a binomial with n trials and probability p. 0 for k < 0, 1 for k >= n.
[[nodiscard]] double binomial_cdf(double k, double n, double p);

// The z with P(Z <= z) = p for a standard normal. REQUIRES: 0 < p < 1.
[[nodiscard]] double normal_quantile(double p);

// The t with P(T <= t) = p for Student's t. REQUIRES: 0 < p < 1, degrees > 0.
[[nodiscard]] double student_quantile(double p, double degrees);

}  // namespace tiebeam::quant
