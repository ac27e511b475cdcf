// What is wrong with a matrix of correlations, in words for those who wrote it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "quant/correlation_matrix.h"

namespace tiebeam::quant {
namespace {

using Rows = std::vector<std::vector<double>>;

Error fault(std::string_view code, std::string message, std::string hint, std::string field) {
  return {.kind = Kind::invalid,
          .code = std::string(code),
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = std::move(field)};
}
std::string cell(std::size_t i, std::size_t j) { return fmt::format("/{}/{}", i, j); }

class Named {
 public:
  explicit Named(std::span<const std::string> names) : names_(names) {}
  std::string operator()(std::size_t i) const {
    return i < names_.size() ? fmt::format("'{}'", shown(names_[i])) : fmt::format("{}", i + 1);
  }

 private:
  std::span<const std::string> names_;
};

std::vector<Error> shape_faults(const Rows& rows) {
  std::vector<Error> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() == rows.size()) continue;
    out.push_back(fault(
        "correlation.not_square",
        fmt::format("row {} has {} numbers, there are {} rows", i + 1, rows[i].size(), rows.size()),
        "write one row and one column for each quantity", fmt::format("/{}", i)));
  }
  return out;
}

void check_cell(const Rows& rows, std::size_t i, std::size_t j, const Named& name,
                std::vector<Error>& out) {
  const double value = rows[i][j];
  if (!std::isfinite(value)) {
    out.push_back(fault("correlation.not_finite",
                        fmt::format("{} with {} is not a number", name(i), name(j)),
                        "write a number from -1 to 1", cell(i, j)));
  } else if (i == j && value != 1) {
    out.push_back(fault("correlation.bad_diagonal",
                        fmt::format("{} with itself is {}, it must be 1", name(i), shortest(value)),
                        "write 1 on the diagonal", cell(i, j)));
  } else if (std::abs(value) > 1) {
    out.push_back(fault(
        "correlation.out_of_range",
        fmt::format("{} with {} is {}, it must be -1 to 1", name(i), name(j), shortest(value)),
        "write 0.5 for 50 %", cell(i, j)));
  } else if (j < i && std::isfinite(rows[j][i]) && value != rows[j][i]) {
    out.push_back(fault("correlation.not_symmetric",
                        fmt::format("{} with {} is {}, but {} with {} is {}", name(i), name(j),
                                    shortest(value), name(j), name(i), shortest(rows[j][i])),
                        "write the same number in both places", cell(i, j)));
  }
}

// How far a correlation c lies outside what a and b leave possible: a b -+ sqrt((1-a^2)(1-b^2)).
struct Room {
  double low, high;
  [[nodiscard]] double missed(double c) const { return std::max({low - c, c - high, 0.0}); }
};
Room room_for(double a, double b) {
  const double width = std::sqrt((1 - a * a) * (1 - b * b));
  return {a * b - width, a * b + width};
}

// Of three quantities the pair that contradicts what the other two pairs say.
struct Triple {
  std::size_t hub = 0, one = 0, two = 0;  // (hub, one) and (hub, two) leave no room for (one, two)
  double missed = 0;
};
Triple worst_triple(const Matrix& a) {
  Triple worst;
  double worst_determinant = 0;
  for (std::size_t i = 0; i < a.n; ++i) {
    for (std::size_t j = i + 1; j < a.n; ++j) {
      for (std::size_t k = j + 1; k < a.n; ++k) {
        const double x = a(i, j), y = a(i, k), z = a(j, k);
        const double determinant = 1 + 2 * x * y * z - x * x - y * y - z * z;
        if (determinant >= worst_determinant) continue;
        worst_determinant = determinant;
        worst = {i, j, k, room_for(x, y).missed(z)};
      }
    }
  }
  return worst;
}

Error not_possible(const Matrix& a, const Named& name) {
  const char* hint =
      "change one of them, or take the nearest possible matrix and look at its cells";
  const Triple worst = worst_triple(a);
  if (worst.missed > 1e-6) {
    const double x = a(worst.hub, worst.one), y = a(worst.hub, worst.two);
    const Room room = room_for(x, y);
    return fault("correlation.not_possible",
                 fmt::format("{} goes with {} at {} and with {} at {}, so {} with {} lies between "
                             "{:.3g} and {:.3g}, not at {}",
                             name(worst.hub), name(worst.one), shortest(x), name(worst.two),
                             shortest(y), name(worst.one), name(worst.two), room.low, room.high,
                             shortest(a(worst.one, worst.two))),
                 hint, cell(worst.two, worst.one));
  }
  // No three of them disagree: name those that weigh most in the direction that cannot be.
  const Eigen eigen = eigen_of(a);
  std::vector<std::size_t> order(a.n);
  for (std::size_t i = 0; i < a.n; ++i) order[i] = i;
  std::ranges::sort(order, [&](std::size_t i, std::size_t j) {
    const double x = std::abs(eigen.vectors(i, 0)), y = std::abs(eigen.vectors(j, 0));
    return x != y ? x > y : i < j;
  });
  return fault(
      "correlation.not_possible",
      fmt::format("all together these cannot be; {}, {} and {} take the largest part in it",
                  name(order[0]), name(order[1]), name(order[2])),
      hint, cell(std::max(order[0], order[1]), std::min(order[0], order[1])));
}

}  // namespace

std::vector<Error> correlation_faults(const std::vector<std::vector<double>>& rows,
                                      std::span<const std::string> names) {
  std::vector<Error> out = shape_faults(rows);
  if (!out.empty()) return out;
  const Named name(names);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) check_cell(rows, i, j, name, out);
  }
  if (!out.empty() || rows.size() < 2) return out;
  const Matrix matrix = matrix_of(rows);
  if (eigen_of(matrix).values.front() < psd_tolerance(matrix.n))
    out.push_back(not_possible(matrix, name));
  return out;
}

}  // namespace tiebeam::quant
