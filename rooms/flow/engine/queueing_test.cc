#include "rooms/flow/engine/queueing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tiebeam::flow {
namespace {

// Exact wait of M/M/c as a multiple of the time of service, by Erlang's C formula.
double exact_wait(double u, int c) {
  const double load = u * c;
  double term = 1, sum = 1;
  for (int k = 1; k < c; ++k) term *= load / k, sum += term;
  const double last = term * load / c / (1 - u);
  return last / (sum + last) / (c * (1 - u));
}

// One server: u / (1 - u), exactly the M/M/1 queue. Several: within a tenth of Erlang's C, or,
// where hardly anything waits, within a fiftieth of the time of service.
TEST(Queueing, AgreesWithTheExactQueueWhereThatIsKnown) {
  EXPECT_NEAR(congestion(0.8, 1), 4, 1e-12);
  for (const int c : {1, 2, 3, 5, 10}) {
    for (const double u : {0.7, 0.8, 0.9, 0.95}) {
      const double exact = exact_wait(u, c);
      EXPECT_NEAR(congestion(u, c), exact, std::max(0.1 * exact, 0.02)) << c << " servers at " << u;
    }
  }
}

// docs/method/bottlenecks.md, worked example: one server at 80 % with 10 % more load.
TEST(Queueing, WorkedExample) {
  EXPECT_NEAR(wait_factor_of_load(0.1, 0.8, 1), (0.88 / 0.12) / (0.8 / 0.2), 1e-12);
  EXPECT_NEAR(wait_factor_of_people(1, 0.8, 2), congestion(1.6 / 3, 3) / congestion(0.8, 2), 1e-12);
  EXPECT_TRUE(std::isinf(wait_factor_of_load(0.1, 0.95, 3)));
}

TEST(Queueing, MoreCapacityNeverLengthensAWait) {
  for (double u = 0.05; u < 1; u += 0.05) {
    for (double c = 1; c < 30; c += 1) {
      EXPECT_LT(wait_factor_of_people(1, u, c), 1);
      EXPECT_LT(wait_factor_of_pace(0.1, u, c), 1);
      EXPECT_GT(wait_factor_of_load(0.04, u, c), 1);
      EXPECT_NEAR(implied_utilisation(1.3 * congestion(u, c), 1.3, c), u, 1e-9);
    }
  }
}

}  // namespace
}  // namespace tiebeam::flow
