#include "quant/correlation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "quant/correlation_matrix.h"
#include "quant/incomplete.h"

namespace tiebeam::quant {
namespace {

using Rows = std::vector<std::vector<double>>;

std::string first_code(const Rows& rows) {
  const auto faults = correlation_faults(rows);
  return faults.empty() ? "" : faults[0].code;
}

TEST(Correlation, RankAndScoreReadBack) {
  for (double r = -1; r <= 1; r += 0.125) {
    EXPECT_NEAR(spearman_of_gauss(gauss_of_spearman(r)), r, 1e-15);
    EXPECT_NEAR(kendall_of_gauss(gauss_of_kendall(r)), r, 1e-15);
  }
  for (const double end : {-1.0, 0.0, 1.0}) EXPECT_EQ(gauss_of_spearman(end), end);
}

// Known exactly: the chance that both are below their middle is 1/4 + asin(r) / (2 pi).
TEST(BivariateNormal, MatchesWhatIsKnown) {
  for (double r = -0.99; r < 1; r += 0.11)
    EXPECT_NEAR(bivariate_normal_cdf(0, 0, r), 0.25 + std::asin(r) / (2 * std::numbers::pi), 1e-14);
  for (const double h : {-3.0, -0.5, 1.0, 4.0}) {
    for (const double k : {-2.0, 0.3, 2.5}) {
      EXPECT_NEAR(bivariate_normal_cdf(h, k, 0), normal_tails(h).p * normal_tails(k).p, 1e-16);
      EXPECT_EQ(bivariate_normal_cdf(h, k, 1), normal_tails(std::min(h, k)).p);
      EXPECT_NEAR(bivariate_normal_cdf(h, k, 1 - 1e-14), normal_tails(std::min(h, k)).p, 2e-8);
      EXPECT_NEAR(bivariate_normal_cdf(h, k, -1),
                  std::max(0.0, normal_tails(h).p + normal_tails(k).p - 1), 1e-15);
    }
  }
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(bivariate_normal_cdf(infinity, 0.3, 0.4), normal_tails(0.3).p);
  EXPECT_EQ(bivariate_normal_cdf(-infinity, 0.3, 0.4), 0);
}

// Against the other way to write it: the integral over x of phi(x) P(Y <= k | x), by Simpson.
TEST(BivariateNormal, AgreesWithTheConditionalIntegral) {
  for (const double r : {-0.95, -0.4, 0.2, 0.5, 0.9, 0.99}) {
    for (const double h : {-4.0, -1.6448536269514722, 0.0, 1.3, 3.0}) {
      for (const double k : {-3.0, -0.2, 0.9, 2.2}) {
        constexpr int n = 40'000;
        const double step = (h + 12) / n, scale = std::sqrt(1 - r * r);
        double sum = 0;
        for (int i = 0; i <= n; ++i) {
          const double x = -12 + i * step;
          const int weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
          sum += weight * normal_density(x) * normal_tails((k - r * x) / scale).p;
        }
        EXPECT_NEAR(bivariate_normal_cdf(h, k, r), sum * step / 3, 1e-12) << h << k << r;
      }
    }
  }
}

TEST(JointEvents, CertainAndImpossibleHaveNoCorrelation) {
  EXPECT_FALSE(joint_events(0, 0.5, 0.3).correlation.has_value());
  EXPECT_EQ(joint_events(1, 0.5, 0.3).both, 0.5);
  EXPECT_EQ(joint_events(0, 0.5, 0.3).both, 0);
  EXPECT_NEAR(joint_events(0.05, 0.05, 1).both, 0.05, 1e-15);
  EXPECT_NEAR(*joint_events(0.05, 0.05, 1).correlation, 1, 1e-12);
}

TEST(TailDependence, OfTheExtremes) {
  EXPECT_EQ(t_tail_dependence(-1, 4), 0);
  EXPECT_NEAR(t_tail_dependence(1, 4), 1, 1e-15);
  EXPECT_LT(t_tail_dependence(0.5, 1e4), 1e-9);  // nearly normal scores
}

TEST(CorrelationFaults, NameTheCellAndWhatToWrite) {  // edge case 11
  EXPECT_EQ(first_code({{1, 0.5}, {0.5}}), "correlation.not_square");
  EXPECT_EQ(first_code({{1, 0.5}, {0.4, 1}}), "correlation.not_symmetric");
  EXPECT_EQ(first_code({{1, 0.5}, {0.5, 0.9}}), "correlation.bad_diagonal");
  EXPECT_EQ(first_code({{1, 1.5}, {1.5, 1}}), "correlation.out_of_range");
  EXPECT_EQ(first_code({{1, std::nan("")}, {0.5, 1}}), "correlation.not_finite");
  EXPECT_EQ(first_code({{1, 0.5}, {0.5, 1}}), "");
  EXPECT_EQ(first_code({{1}}), "");
  EXPECT_EQ(first_code({}), "");
  const auto many = correlation_faults({{2, 0.5}, {0.4, 1}});
  ASSERT_EQ(many.size(), 2U);
  EXPECT_EQ(many[1].field, "/1/0");
}

TEST(CorrelationFaults, NotPossibleNamesTheWorstThree) {
  const std::vector<std::string> names = {"rain", "wages", "demand", "fx"};
  const Rows rows = {{1, 0.1, 0, 0.2}, {0.1, 1, 0.9, 0.9}, {0, 0.9, 1, -0.9}, {0.2, 0.9, -0.9, 1}};
  const auto faults = correlation_faults(rows, names);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].code, "correlation.not_possible");
  EXPECT_EQ(faults[0].message,
            "'wages' goes with 'demand' at 0.9 and with 'fx' at 0.9, so 'demand' with 'fx' lies "
            "between 0.62 and 1, not at -0.9");
  EXPECT_EQ(faults[0].field, "/3/2");
}

TEST(CorrelationFaults, NotPossibleWhereNoThreeDisagree) {
  Rows rows(4, std::vector<double>(4, -0.4));  // each three may be at -0.5, four only at -1/3
  for (std::size_t i = 0; i < 4; ++i) rows[i][i] = 1;
  const auto faults = correlation_faults(rows);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_TRUE(faults[0].message.contains("all together")) << faults[0].message;
}

// As many random matrices of rank 3 in 5 x 5 as a rival refuses a quarter of: all can be.
TEST(CorrelationFaults, RankDeficientIsPossible) {
  std::mt19937_64 rng(20240521);
  std::normal_distribution<double> normal;
  for (int round = 0; round < 200; ++round) {
    double v[5][3];
    for (auto& row : v) {
      double length = 0;
      for (double& x : row) {
        x = normal(rng);
        length += x * x;
      }
      for (double& x : row) x /= std::sqrt(length);
    }
    Rows rows(5, std::vector<double>(5, 1));
    for (std::size_t i = 0; i < 5; ++i) {
      for (std::size_t j = 0; j < i; ++j)
        rows[i][j] = rows[j][i] = v[i][0] * v[j][0] + v[i][1] * v[j][1] + v[i][2] * v[j][2];
    }
    ASSERT_EQ(first_code(rows), "") << round;
    const Factor factor = factor_of(matrix_of(rows));
    EXPECT_EQ(factor.rank, 3U);
    for (std::size_t i = 0; i < 5; ++i) {
      for (std::size_t j = 0; j < 5; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < factor.rank; ++k) sum += factor.row(i)[k] * factor.row(j)[k];
        EXPECT_NEAR(sum, rows[i][j], 1e-11);
      }
    }
  }
}

TEST(Factor, TwinsAreEqualBitForBit) {  // edge case 12
  const Rows rows = {{1, 0.3, 1, -1}, {0.3, 1, 0.3, -0.3}, {1, 0.3, 1, -1}, {-1, -0.3, -1, 1}};
  ASSERT_EQ(first_code(rows), "");
  const Factor factor = factor_of(matrix_of(rows));
  EXPECT_EQ(factor.rank, 2U);
  for (std::size_t k = 0; k < factor.rank; ++k) {
    EXPECT_EQ(factor.row(0)[k], factor.row(2)[k]);
    EXPECT_EQ(factor.row(0)[k], -factor.row(3)[k]);
  }
}

TEST(Factor, ReproducesTheCorrelations) {
  std::mt19937_64 rng(20240522);
  std::normal_distribution<double> normal;
  for (const std::size_t n : {1UL, 2UL, 7UL, 40UL}) {
    Matrix a{n, std::vector<double>(n * n, 0)};
    std::vector<std::vector<double>> v(n, std::vector<double>(n + 2));
    for (auto& row : v) {
      double length = 0;
      for (double& x : row) {
        x = normal(rng);
        length += x * x;
      }
      for (double& x : row) x /= std::sqrt(length);
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < n + 2; ++k) a(i, j) += v[i][k] * v[j][k];
      }
      a(i, i) = 1;
    }
    const Factor factor = factor_of(a);
    ASSERT_EQ(factor.rank, n);
    std::vector<std::size_t> pivots = factor.pivot;
    std::ranges::sort(pivots);
    for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(pivots[i], i);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < n; ++k) sum += factor.row(i)[k] * factor.row(j)[k];
        EXPECT_NEAR(sum, a(i, j), 1e-13);
      }
    }
  }
}

TEST(Nearest, WhatCanBeIsLeftAlone) {
  const Matrix matrix = matrix_of({{1, 1, 0.2}, {1, 1, 0.2}, {0.2, 0.2, 1}});
  const Repair repair = nearest_correlation(matrix);
  EXPECT_EQ(repair.matrix, matrix);
  EXPECT_TRUE(repair.changed.empty());
  EXPECT_EQ(repair.distance, 0);
}

TEST(Nearest, IsPossibleAndNoOtherOfManyIsNearer) {
  std::mt19937_64 rng(20240523);
  std::uniform_real_distribution<double> cell(-1, 1);
  for (int round = 0; round < 20; ++round) {
    const std::size_t n = 3 + rng() % 6;
    Rows rows(n, std::vector<double>(n, 1));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) rows[i][j] = rows[j][i] = cell(rng);
    }
    const Repair repair = nearest_correlation(matrix_of(rows));
    EXPECT_GE(eigen_of(repair.matrix).values.front(), psd_tolerance(n));
    for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(repair.matrix(i, i), 1);
    EXPECT_EQ(repair.changed.empty(), repair.least_eigenvalue >= psd_tolerance(n));
    // Any mixture of it with another possible matrix is no nearer: the set is convex.
    for (int other = 0; other < 20; ++other) {
      std::vector<double> v(n);
      for (double& x : v) x = rng() % 2 ? 1 : -1;
      for (const double share : {1e-4, 0.01, 0.3}) {
        double distance = 0;
        for (std::size_t i = 0; i < n; ++i) {
          for (std::size_t j = 0; j < n; ++j) {
            const double mixed = (1 - share) * repair.matrix(i, j) + share * v[i] * v[j];
            distance += (mixed - rows[i][j]) * (mixed - rows[i][j]);
          }
        }
        EXPECT_GE(std::sqrt(distance), repair.distance - 1e-9);
      }
    }
  }
}

TEST(Eigen, OfAMatrixKnownByHand) {
  const Eigen eigen = eigen_of(matrix_of({{2, 1}, {1, 2}}));
  EXPECT_NEAR(eigen.values[0], 1, 1e-15);
  EXPECT_NEAR(eigen.values[1], 3, 1e-15);
  EXPECT_NEAR(std::abs(eigen.vectors(0, 1)), std::sqrt(0.5), 1e-15);
}

}  // namespace
}  // namespace tiebeam::quant
