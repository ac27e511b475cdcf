#include "quant/kernels/weighted.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "quant/kernels/kernels.h"

namespace tiebeam::quant {
namespace {

struct Cloud {
  std::vector<double> x, y, weight;
  [[nodiscard]] Points points() const { return {x.data(), y.data(), weight.data(), x.size()}; }
};
Cloud cloud(std::size_t n) {
  Cloud out;
  for (std::size_t i = 0; i < n; ++i) {
    const auto at = static_cast<double>(i);
    out.x.push_back(std::sin(at));
    out.y.push_back(3 + std::cos(2.7 * at) + out.x.back() / 2);
    out.weight.push_back(std::exp(std::sin(0.9 * at)));
  }
  return out;
}

TEST(Weighted, SumsByHand) {
  const Cloud cloud{.x = {1, 2}, .y = {10, 30}, .weight = {1, 3}};
  const WeightedSums sums = weighted_sums(cloud.points());
  EXPECT_EQ(sums.weight, 4);
  EXPECT_EQ(sums.x, 7);
  EXPECT_EQ(sums.y, 100);
  const WeightedSquares off = weighted_squares(cloud.points(), 1, 20);
  EXPECT_EQ(off.xx, 3);
  EXPECT_EQ(off.xy, 30);
  EXPECT_EQ(off.yy, 400);
  EXPECT_EQ(weight_below(cloud.points(), 10, 5), 1);   // 0 and 10
  EXPECT_EQ(weight_below(cloud.points(), 10, 10), 1);  // below, not at
  EXPECT_EQ(weight_below(cloud.points(), 0, 1000), 4);
}

TEST(Weighted, AreTheSameForEveryWidthAndNearTheSimpleLoop) {
  for (const std::size_t n : {0U, 1U, 7U, 8U, 9U, 1023U, 4096U}) {
    const Cloud all = cloud(n);
    WeightedSums simple;
    WeightedSquares off;
    double below = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double x = all.x[i], y = all.y[i], w = all.weight[i];
      simple.weight += w, simple.x += w * x, simple.y += w * y;
      off.xx += w * (x - 0.1) * (x - 0.1), off.xy += w * (x - 0.1) * (y - 3);
      off.yy += w * (y - 3) * (y - 3);
      below += y - 0.5 * x < 3 ? w : 0;
    }
    std::vector<double> seen;
    for (const char* widest : {"none", "avx2", "neon", "avx512"}) {
      if (!limit_vectors(widest)) continue;
      const WeightedSums sums = weighted_sums(all.points());
      const WeightedSquares squares = weighted_squares(all.points(), 0.1, 3);
      const std::vector<double> now{sums.weight,
                                    sums.x,
                                    sums.y,
                                    squares.xx,
                                    squares.xy,
                                    squares.yy,
                                    weight_below(all.points(), 0.5, 3)};
      const double near = 1e-12 * (1 + simple.weight * 10);
      EXPECT_NEAR(now[0], simple.weight, near);
      EXPECT_NEAR(now[1], simple.x, near);
      EXPECT_NEAR(now[2], simple.y, near);
      EXPECT_NEAR(now[3], off.xx, near);
      EXPECT_NEAR(now[4], off.xy, near);
      EXPECT_NEAR(now[5], off.yy, near);
      EXPECT_NEAR(now[6], below, near);
      if (!seen.empty()) {
        EXPECT_EQ(now, seen) << widest << ' ' << n;
      }
      seen = now;
    }
  }
}

}  // namespace
}  // namespace tiebeam::quant
