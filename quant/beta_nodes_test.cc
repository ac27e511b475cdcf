#include "quant/beta_nodes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tiebeam::quant {
namespace {

TEST(BetaNodes, AgreeWithInvertingEveryNode) {
  int marched = 0;
  for (const double alpha : {0.5, 1.0, 1.4, 3.0, 5.0, 21.0}) {
    for (const double beta : {0.5, 1.0, 2.6, 4.6, 5.0, 31.0}) {
      const BetaLaw law{alpha, beta, 10, 60};
      const auto nodes = beta_nodes(law, 8.25, 1.0 / 16);
      if (!nodes) continue;
      ++marched;
      ASSERT_EQ(nodes->value.size(), 265u);
      for (std::size_t i = 0; i < nodes->value.size(); ++i) {
        const double z = -8.25 + static_cast<double>(i) / 16;
        ASSERT_NEAR(nodes->value[i], law.at(z), 1.5e-5) << alpha << ' ' << beta << ' ' << z;
        if (std::abs(z) < 6) {
          ASSERT_NEAR(nodes->slope[i], law.slope(z), 5e-5) << alpha << ' ' << beta << ' ' << z;
        }
        if (i > 0) {
          ASSERT_GE(nodes->value[i], nodes->value[i - 1]);
        }
      }
    }
  }
  EXPECT_GE(marched, 30);
}

}  // namespace
}  // namespace tiebeam::quant
