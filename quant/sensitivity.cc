#include "quant/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace tiebeam::quant {
namespace {

// Mean of y over the first `count` trials of `order`, ties in x by their mean.
double mean_of_first(std::span<const double> x, std::span<const double> y,
                     std::span<const std::size_t> order, double count) {
  double sum = 0, left = count;
  for (std::size_t from = 0; from < order.size() && left > 0;) {
    std::size_t to = from;
    double group = 0;
    while (to < order.size() && x[order[to]] == x[order[from]]) group += y[order[to++]];
    const double size = static_cast<double>(to - from), taken = std::min(size, left);
    sum += taken == size ? group : group * (taken / size);
    left -= taken;
    from = to;
  }
  return sum / count;
}

}  // namespace

Swing conditional_mean_swing(std::span<const double> x, std::span<const double> y, double share) {
  TB_CHECK(!x.empty() && x.size() == y.size() && share > 0 && share <= 0.5, "pairs and a share");
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), 0);
  // Within ties by trial, so that both directions sum them in the same order.
  std::ranges::sort(
      order, [&](std::size_t i, std::size_t j) { return x[i] != x[j] ? x[i] < x[j] : i < j; });
  const double count = share * static_cast<double>(x.size());
  const double low = mean_of_first(x, y, order, count);
  std::ranges::sort(
      order, [&](std::size_t i, std::size_t j) { return x[i] != x[j] ? x[i] > x[j] : i < j; });
  return {low, mean_of_first(x, y, order, count)};
}

std::vector<TornadoBar> tornado(std::size_t inputs,
                                const std::function<double(std::span<const double> z)>& result) {
  std::vector<double> z(inputs, 0);
  std::vector<TornadoBar> out;
  for (std::size_t i = 0; i < inputs; ++i) {
    z[i] = -kZ90;
    const double low = result(z);
    z[i] = kZ90;
    out.push_back({i, low, result(z)});
    z[i] = 0;
  }
  std::ranges::sort(out, [](const TornadoBar& a, const TornadoBar& b) {
    const double x = std::abs(a.swing()), y = std::abs(b.swing());
    return x != y ? x > y : a.input < b.input;
  });
  return out;
}

}  // namespace tiebeam::quant
