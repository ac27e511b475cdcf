#include "quant/correlation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "quant/incomplete.h"
#include "quant/quadrature.h"

namespace tiebeam::quant {
namespace {
using std::numbers::pi;
bool is_end(double correlation) {
  return correlation == -1 || correlation == 0 || correlation == 1;
}
}  // namespace

double gauss_of_spearman(double rank_correlation) {
  return is_end(rank_correlation) ? rank_correlation : 2 * std::sin(pi * rank_correlation / 6);
}
double spearman_of_gauss(double correlation) {
  return is_end(correlation) ? correlation : 6 / pi * std::asin(correlation / 2);
}
double gauss_of_kendall(double tau) { return is_end(tau) ? tau : std::sin(pi * tau / 2); }
double kendall_of_gauss(double correlation) {
  return is_end(correlation) ? correlation : 2 / pi * std::asin(correlation);
}

double lognormal_pearson(double correlation, double sigma1, double sigma2) {
  // expm1(a) expm1(b) may overflow where the ratio does not.
  return std::expm1(correlation * sigma1 * sigma2) / std::sqrt(std::expm1(sigma1 * sigma1)) /
         std::sqrt(std::expm1(sigma2 * sigma2));
}

double bivariate_normal_cdf(double h, double k, double correlation) {
  TB_CHECK(correlation >= -1 && correlation <= 1, "a correlation is between -1 and 1");
  const Tails first = normal_tails(h), second = normal_tails(k);
  if (correlation == 1) return std::min(first.p, second.p);
  if (correlation == -1) return std::max(0.0, first.p - second.q);
  if (std::isinf(h) || std::isinf(k)) return std::min(first.p, second.p);
  // d/dr of the probability is the density at (h, k); r = sin t takes the pole away.
  const double sum = (h * h + k * k) / 2, product = h * k;
  const double rest = integrate(0, std::asin(correlation), [=](double t) {
    const double cosine = std::cos(t), square = cosine * cosine;
    return square == 0 ? 0 : std::exp(-(sum - product * std::sin(t)) / square);
  });
  return std::clamp(first.p * second.p + rest / (2 * pi), 0.0, std::min(first.p, second.p));
}

double t_tail_dependence(double correlation, double degrees) {
  TB_CHECK(degrees > 0 && correlation >= -1 && correlation <= 1, "a t copula needs degrees");
  if (correlation == -1) return 0;
  const double at = std::sqrt((degrees + 1) * (1 - correlation) / (1 + correlation));
  return 2 * student_tails(-at, degrees + 1).p;
}

JointEvents joint_events(double p1, double p2, double correlation) {
  const double both =
      bivariate_normal_cdf(normal_score(tails_of(p1)), normal_score(tails_of(p2)), correlation);
  const double scale = std::sqrt(p1 * (1 - p1) * p2 * (1 - p2));
  if (scale == 0) return {both, std::nullopt};
  return {both, (both - p1 * p2) / scale};
}

}  // namespace tiebeam::quant
