// Dependence of two quantities as experts state it, and what it means for the normal scores that
// drive a simulation. Matrices: quant/correlation_matrix.h. docs/method/estimates.md.
#pragma once

#include <optional>

namespace tiebeam::quant {

// The correlation of the normal scores that gives a rank correlation, and back; all in -1 to 1 and
// exact at -1, 0 and 1. Source: Pearson 1907; Kruskal 1958, section 6.
[[nodiscard]] double gauss_of_spearman(double rank_correlation);
[[nodiscard]] double spearman_of_gauss(double correlation);
[[nodiscard]] double gauss_of_kendall(double tau);
[[nodiscard]] double kendall_of_gauss(double correlation);

// Pearson's correlation of two lognormals whose scores have `correlation`. At 1 it is the most that
// two such quantities can have, below 1 unless the sigmas are equal: never ask anyone for it.
// REQUIRES: sigmas > 0. Source: Johnson, Kotz, Balakrishnan 1994, 14.9.
[[nodiscard]] double lognormal_pearson(double correlation, double sigma1, double sigma2);

// P(X <= h, Y <= k) of standard normals with `correlation`; exact to 1e-13. REQUIRES: not NaN,
// correlation in -1 to 1. Source: Plackett 1954; integrated as in Drezner and Wesolowsky 1990.
[[nodiscard]] double bivariate_normal_cdf(double h, double k, double correlation);

// How likely it is that one quantity is extreme given that the other is, in the limit: t copula.
// 0 for scores that are normal (any correlation below 1). REQUIRES: degrees > 0, -1 to 1.
// Source: Demarta and McNeil 2005, section 3.1.
[[nodiscard]] double t_tail_dependence(double correlation, double degrees);

struct JointEvents {
  double both;                        // P(A and B)
  std::optional<double> correlation;  // of the two events; none when one is certain or impossible
};
// Events of chances p1 and p2 whose normal scores have `correlation`.
[[nodiscard]] JointEvents joint_events(double p1, double p2, double correlation);

}  // namespace tiebeam::quant
