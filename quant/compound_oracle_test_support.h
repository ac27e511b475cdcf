// Distributions of yearly losses by other ways than simulation, to test simulations against. Exact
// to the step of a grid, not fast; for tests and measurements only.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <vector>

#include "quant/frequency.h"
#include "quant/incomplete.h"
#include "quant/marginal.h"

namespace tiebeam::quant::oracle {

using Complex = std::complex<double>;

// In place, n a power of two; the inverse is not divided by n. Source: Cooley and Tukey 1965.
inline void fourier(std::vector<Complex>& a, bool inverse) {
  const std::size_t n = a.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(a[i], a[j]);
  }
  std::vector<Complex> turns(n / 2);
  for (std::size_t k = 0; k < n / 2; ++k) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n);
    turns[k] = {std::cos(angle), inverse ? std::sin(angle) : -std::sin(angle)};
  }
  for (std::size_t length = 2; length <= n; length *= 2) {
    const std::size_t half = length / 2, stride = n / length;
    for (std::size_t from = 0; from < n; from += length) {
      for (std::size_t k = 0; k < half; ++k) {
        const Complex x = a[from + k], w = turns[k * stride], y = a[from + k + half];
        const Complex turned{y.real() * w.real() - y.imag() * w.imag(),
                             y.real() * w.imag() + y.imag() * w.real()};
        a[from + k] = x + turned;
        a[from + k + half] = x - turned;
      }
    }
  }
}

// P(L <= x) of L = X_1 + ... + X_N on a grid of `step`.
class CompoundLoss {
 public:
  // `severity` of one event, above 0; `generating(s)` = E[s^N]. 2^bits points, which have to reach
  // well beyond any x that is asked for. The loss of an event is rounded to the grid, which keeps
  // the error of P(L <= x) at half a step; what lies beyond the grid would come round again at its
  // start and is damped by tilting. Source: Grubel and Hermesmeier 1999, ASTIN Bulletin 29.
  template <class Generating>
  CompoundLoss(const Marginal& severity, Generating generating, double step, int bits)
      : step_(step), none_(generating(Complex{0}).real()) {
    const std::size_t n = std::size_t{1} << bits;
    const double tilt = 20.0 / static_cast<double>(n);
    std::vector<Complex> mass(n);
    double before = 0;
    for (std::size_t k = 0; k < n; ++k) {
      const double here = severity.cdf((static_cast<double>(k) + 0.5) * step);
      mass[k] = (here - before) * std::exp(-tilt * static_cast<double>(k));
      before = here;
    }
    fourier(mass, false);
    for (Complex& value : mass) value = generating(value);
    fourier(mass, true);
    double sum = 0;
    for (std::size_t k = 0; k < n; ++k) {
      sum += mass[k].real() / static_cast<double>(n) * std::exp(tilt * static_cast<double>(k));
      cumulative_.push_back(sum);
    }
  }

  // Straight between the middles of the grid; a jump at 0.
  [[nodiscard]] double cdf(double x) const {
    if (x < 0) return 0;
    const double at = x / step_ - 0.5;
    if (at < 0) return none_ + (cumulative_[0] - none_) * (at + 0.5) * 2;
    const auto k = static_cast<std::size_t>(at);
    if (k + 1 >= cumulative_.size()) return 1;
    return std::lerp(cumulative_[k], cumulative_[k + 1], at - std::floor(at));
  }
  [[nodiscard]] double quantile(double q) const {
    if (q <= none_) return 0;
    double low = 0, high = step_ * static_cast<double>(cumulative_.size());
    for (int i = 0; i < 100; ++i) {
      const double middle = (low + high) / 2;
      (cdf(middle) < q ? low : high) = middle;
    }
    return high;
  }

 private:
  double step_;
  double none_;                     // P(N = 0)
  std::vector<double> cumulative_;  // P(L <= (k + 1/2) step)
};

[[nodiscard]] inline auto poisson_generating(double rate) {
  return [rate](Complex s) { return std::exp(rate * (s - 1.0)); };
}
[[nodiscard]] inline auto negative_binomial_generating(double mean, double k) {
  return [=](Complex s) { return std::pow(1.0 - mean / k * (s - 1.0), -k); };
}

// Poisson events with exponential losses: a Poisson mixture of gammas, a series of exact terms.
struct PoissonExponential {
  double rate, mean;

  // Sum over n of P(N = n) weight(n), from the middle outwards as far as terms matter.
  template <class F>
  [[nodiscard]] double series(F weight) const {
    const double far = rate + 12 * std::sqrt(rate) + 60;
    double sum = 0;
    for (double n = std::max(1.0, std::floor(rate - 12 * std::sqrt(rate) - 60)); n <= far; ++n)
      sum += poisson_chance(rate, n) * weight(n);
    return sum;
  }
  // P(L > x).
  [[nodiscard]] double exceedance(double x) const {
    return series([&](double n) { return gamma_tails(n, x / mean).q; });
  }
  [[nodiscard]] double var(double q) const {
    if (1 - q >= exceedance(0)) return 0;
    double low = 0, high = mean * (rate + 1) * 100;
    for (int i = 0; i < 200; ++i) {
      const double middle = (low + high) / 2;
      (exceedance(middle) > 1 - q ? low : high) = middle;
    }
    return high;
  }
  [[nodiscard]] double tvar(double q) const {
    const double at = var(q);
    return series([&](double n) { return n * mean * gamma_tails(n + 1, at / mean).q; }) / (1 - q);
  }
};

}  // namespace tiebeam::quant::oracle
