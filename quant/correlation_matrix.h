// Matrices of correlations as people write them: what is wrong with one, the nearest one that can
// be, and the factor that makes independent normal scores dependent. docs/method/estimates.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"

namespace tiebeam::quant {

// Square, row by row.
struct Matrix {
  std::size_t n = 0;
  std::vector<double> cells;

  [[nodiscard]] double operator()(std::size_t i, std::size_t j) const { return cells[i * n + j]; }
  [[nodiscard]] double& operator()(std::size_t i, std::size_t j) { return cells[i * n + j]; }
  friend bool operator==(const Matrix&, const Matrix&) = default;
};
[[nodiscard]] Matrix identity(std::size_t n);

// Eigenvalues, rising, and the eigenvector of each as a column.
struct Eigen {
  std::vector<double> values;
  Matrix vectors;
};
// REQUIRES: symmetric, finite. Cost: O(n^3) a sweep, about 8 sweeps; 0.13 s for n = 200.
// Source: cyclic Jacobi, Golub and Van Loan 2013, section 8.5.
[[nodiscard]] Eigen eigen_of(Matrix symmetric);

// The smallest eigenvalue that still passes for 0, rounding of n numbers: -1e-10 n.
[[nodiscard]] double psd_tolerance(std::size_t n);

// `rows` as a matrix of correlations of the quantities `names` (numbers from 1 where there are
// none). A row that repeats another is accepted: the two always move together.
// Errors: all of a kind at once, each with its cell in `field` ("/2/1"):
//   correlation.not_square, correlation.not_finite, correlation.out_of_range,
//   correlation.bad_diagonal, correlation.not_symmetric
//   correlation.not_possible  no quantities can be related like this: names the worst three
[[nodiscard]] std::vector<Error> correlation_faults(const std::vector<std::vector<double>>& rows,
                                                    std::span<const std::string> names = {});
// REQUIRES: no faults but correlation.not_possible.
[[nodiscard]] Matrix matrix_of(const std::vector<std::vector<double>>& rows);
// Each cell by gauss_of_spearman: what experts say of ranks as correlations of normal scores. What
// can be in ranks may still not be in scores: check the result.
[[nodiscard]] Matrix scores_of_ranks(Matrix ranks);

struct ChangedCell {
  std::size_t row, column;  // row < column
  double before, after;
};
struct Repair {
  Matrix matrix;                     // the nearest matrix of correlations
  std::vector<ChangedCell> changed;  // by more than 1e-9, largest change first
  double least_eigenvalue;           // before
  double distance;                   // Frobenius
};
// REQUIRES: symmetric, unit diagonal. Source: alternating projections, Higham 2002, algorithm 3.3.
[[nodiscard]] Repair nearest_correlation(const Matrix& matrix);

// z_i = sum over k of row(i)[k] g_k turns independent standard normals g into scores with this
// correlation. Column k belongs to quantity pivot[k]: key g_k by its id. Quantities at 1 have the
// same row, at -1 the negative one: their scores are equal bit for bit.
struct Factor {
  std::size_t n = 0, rank = 0;
  std::vector<double> cells;  // shape [n, rank], each row of length 1
  std::vector<std::size_t> pivot;

  [[nodiscard]] std::span<const double> row(std::size_t i) const {
    return std::span(cells).subspan(i * rank, rank);
  }
};
// REQUIRES: no correlation_faults. Source: Cholesky with complete pivoting, Higham 1990.
[[nodiscard]] Factor factor_of(const Matrix& correlations);

}  // namespace tiebeam::quant
