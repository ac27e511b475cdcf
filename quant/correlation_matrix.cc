#include "quant/correlation_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "quant/correlation.h"

namespace tiebeam::quant {
namespace {

// One rotation that makes cell (p, q) of `a` zero, collected in `v`.
void rotate(Matrix& a, Matrix& v, std::size_t p, std::size_t q) {
  const double theta = (a(q, q) - a(p, p)) / (2 * a(p, q));
  const double t = std::copysign(1.0, theta) / (std::abs(theta) + std::hypot(1.0, theta));
  const double c = 1 / std::hypot(1.0, t), s = t * c;
  for (std::size_t k = 0; k < a.n; ++k) {
    const double x = a(k, p), y = a(k, q);
    a(k, p) = c * x - s * y;
    a(k, q) = s * x + c * y;
  }
  for (std::size_t k = 0; k < a.n; ++k) {
    const double x = a(p, k), y = a(q, k);
    a(p, k) = c * x - s * y;
    a(q, k) = s * x + c * y;
    const double l = v(k, p), m = v(k, q);
    v(k, p) = c * l - s * m;
    v(k, q) = s * l + c * m;
  }
  a(p, q) = a(q, p) = 0;
}

double off_diagonal(const Matrix& a) {
  double sum = 0;
  for (std::size_t i = 0; i < a.n; ++i) {
    for (std::size_t j = 0; j < i; ++j) sum += a(i, j) * a(i, j);
  }
  return std::sqrt(2 * sum);
}
double frobenius(const Matrix& a) {
  return std::sqrt(std::inner_product(a.cells.begin(), a.cells.end(), a.cells.begin(), 0.0));
}

}  // namespace

Matrix identity(std::size_t n) {
  Matrix out{n, std::vector<double>(n * n, 0)};
  for (std::size_t i = 0; i < n; ++i) out(i, i) = 1;
  return out;
}

Eigen eigen_of(Matrix symmetric) {
  Matrix& a = symmetric;
  Matrix v = identity(a.n);
  const double done = 1e-15 * frobenius(a);
  for (int sweep = 0; sweep < 60 && off_diagonal(a) > done; ++sweep) {
    for (std::size_t p = 0; p + 1 < a.n; ++p) {
      for (std::size_t q = p + 1; q < a.n; ++q) {
        if (std::abs(a(p, q)) > 1e-300) rotate(a, v, p, q);
      }
    }
  }
  std::vector<std::size_t> order(a.n);
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [&](std::size_t i, std::size_t j) {
    return a(i, i) != a(j, j) ? a(i, i) < a(j, j) : i < j;
  });
  Eigen out{{}, identity(a.n)};
  for (std::size_t k = 0; k < a.n; ++k) {
    out.values.push_back(a(order[k], order[k]));
    for (std::size_t i = 0; i < a.n; ++i) out.vectors(i, k) = v(i, order[k]);
  }
  return out;
}

double psd_tolerance(std::size_t n) { return -1e-10 * static_cast<double>(n); }

Matrix matrix_of(const std::vector<std::vector<double>>& rows) {
  Matrix out{rows.size(), {}};
  for (const auto& row : rows) out.cells.insert(out.cells.end(), row.begin(), row.end());
  return out;
}

Matrix scores_of_ranks(Matrix ranks) {
  for (double& cell : ranks.cells) cell = gauss_of_spearman(cell);
  return ranks;
}

namespace {

// The nearest matrix without negative eigenvalues.
Matrix without_negative(const Matrix& matrix) {
  const Eigen eigen = eigen_of(matrix);
  Matrix out{matrix.n, std::vector<double>(matrix.cells.size(), 0)};
  for (std::size_t k = 0; k < matrix.n; ++k) {
    if (eigen.values[k] <= 0) continue;
    for (std::size_t i = 0; i < matrix.n; ++i) {
      const double scaled = eigen.values[k] * eigen.vectors(i, k);
      for (std::size_t j = 0; j <= i; ++j) out(i, j) += scaled * eigen.vectors(j, k);
    }
  }
  for (std::size_t i = 0; i < matrix.n; ++i) {
    for (std::size_t j = 0; j < i; ++j) out(j, i) = out(i, j);
  }
  return out;
}

Matrix minus(Matrix a, const Matrix& b) {
  for (std::size_t i = 0; i < a.cells.size(); ++i) a.cells[i] -= b.cells[i];
  return a;
}

// Scaled to a diagonal of exactly 1, which keeps it possible.
Matrix with_unit_diagonal(Matrix matrix) {
  std::vector<double> scale(matrix.n);
  for (std::size_t i = 0; i < matrix.n; ++i) scale[i] = 1 / std::sqrt(matrix(i, i));
  for (std::size_t i = 0; i < matrix.n; ++i) {
    for (std::size_t j = 0; j < matrix.n; ++j) {
      matrix(i, j) = i == j ? 1 : std::clamp(matrix(i, j) * scale[i] * scale[j], -1.0, 1.0);
    }
  }
  return matrix;
}

std::vector<ChangedCell> changed_cells(const Matrix& before, const Matrix& after) {
  std::vector<ChangedCell> out;
  for (std::size_t i = 0; i < before.n; ++i) {
    for (std::size_t j = i + 1; j < before.n; ++j) {
      if (std::abs(after(i, j) - before(i, j)) > 1e-9)
        out.push_back({i, j, before(i, j), after(i, j)});
    }
  }
  std::ranges::sort(out, [](const ChangedCell& a, const ChangedCell& b) {
    const double x = std::abs(a.after - a.before), y = std::abs(b.after - b.before);
    if (x != y) return x > y;
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  return out;
}

}  // namespace

Repair nearest_correlation(const Matrix& matrix) {
  const double least = matrix.n == 0 ? 0 : eigen_of(matrix).values.front();
  if (matrix.n == 0 || least >= psd_tolerance(matrix.n)) return {matrix, {}, least, 0};
  constexpr int kMostRounds = 2000;
  constexpr double kSettled = 1e-10;
  Matrix at = matrix, possible = matrix;
  Matrix correction{matrix.n, std::vector<double>(matrix.cells.size(), 0)};
  for (int round = 0; round < kMostRounds; ++round) {
    const Matrix shifted = minus(at, correction);
    possible = without_negative(shifted);
    correction = minus(possible, shifted);
    Matrix next = possible;
    for (std::size_t i = 0; i < matrix.n; ++i) next(i, i) = 1;
    const double moved = frobenius(minus(next, at));
    at = std::move(next);
    if (moved <= kSettled * frobenius(at)) break;
  }
  Repair out{with_unit_diagonal(std::move(possible)), {}, least, 0};
  out.changed = changed_cells(matrix, out.matrix);
  out.distance = frobenius(minus(out.matrix, matrix));
  return out;
}

namespace {

// Who always moves with whom: the first quantity at 1 or -1 with each, and the sign.
struct Twin {
  std::size_t of;
  double sign;
};
std::vector<Twin> twins_of(const Matrix& a) {
  std::vector<Twin> out;
  for (std::size_t i = 0; i < a.n; ++i) {
    std::size_t j = 0;
    while (j < i && (out[j].of != j || std::abs(a(i, j)) != 1)) ++j;
    out.push_back({j, j < i ? a(i, j) : 1});
  }
  return out;
}

// Cholesky over `left` quantities: each step takes the one with the largest variance not yet
// explained; what is below rounding is left out.
Factor pivoted(const Matrix& a, std::vector<std::size_t> left) {
  Factor out{a.n, 0, {}, {}};
  std::vector<double> rest(a.n, 1);
  std::vector<std::vector<double>> columns;
  const double negligible = 1e-12 * static_cast<double>(a.n);
  while (!left.empty()) {
    const auto best = std::ranges::max_element(
        left, [&](std::size_t i, std::size_t j) { return rest[i] < rest[j]; });
    const std::size_t p = *best;
    if (rest[p] <= negligible) break;
    left.erase(best);
    std::vector<double> column(a.n, 0);
    column[p] = std::sqrt(rest[p]);
    for (const std::size_t i : left) {
      double cell = a(i, p);
      for (const auto& earlier : columns) cell -= earlier[i] * earlier[p];
      column[i] = cell / column[p];
      rest[i] -= column[i] * column[i];
    }
    columns.push_back(std::move(column));
    out.pivot.push_back(p);
  }
  out.rank = columns.size();
  out.cells.assign(a.n * out.rank, 0);
  for (std::size_t k = 0; k < out.rank; ++k) {
    for (std::size_t i = 0; i < a.n; ++i) out.cells[i * out.rank + k] = columns[k][i];
  }
  return out;
}

}  // namespace

Factor factor_of(const Matrix& correlations) {
  const std::vector<Twin> twins = twins_of(correlations);
  std::vector<std::size_t> first;
  for (std::size_t i = 0; i < twins.size(); ++i) {
    if (twins[i].of == i) first.push_back(i);
  }
  Factor out = pivoted(correlations, std::move(first));
  for (std::size_t i = 0; i < out.n; ++i) {
    double* row = &out.cells[i * out.rank];
    if (twins[i].of != i) {
      const double* other = &out.cells[twins[i].of * out.rank];
      for (std::size_t k = 0; k < out.rank; ++k) row[k] = twins[i].sign * other[k];
      continue;
    }
    const double length = std::sqrt(std::inner_product(row, row + out.rank, row, 0.0));
    for (std::size_t k = 0; k < out.rank; ++k) row[k] /= length;
  }
  return out;
}

}  // namespace tiebeam::quant
