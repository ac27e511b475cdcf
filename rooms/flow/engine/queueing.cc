#include "rooms/flow/engine/queueing.h"

#include <cmath>
#include <limits>

namespace tiebeam::flow {

double congestion(double utilisation, double servers) {
  if (utilisation <= 0) return 0;
  return std::pow(utilisation, std::sqrt(2 * (servers + 1)) - 1) / (servers * (1 - utilisation));
}

double implied_utilisation(double wait_share, double variability, double servers) {
  double low = 0, high = 1;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    if (middle >= 1) break;
    (variability * congestion(middle, servers) < wait_share ? low : high) = middle;
  }
  return low;
}

double wait_factor_of_load(double more, double utilisation, double servers) {
  const double after = utilisation * (1 + more);
  if (after >= 1) return std::numeric_limits<double>::infinity();
  return congestion(after, servers) / congestion(utilisation, servers);
}

double wait_factor_of_people(double more, double utilisation, double servers) {
  const double after = utilisation * servers / (servers + more);
  return congestion(after, servers + more) / congestion(utilisation, servers);
}

double wait_factor_of_pace(double more, double utilisation, double servers) {
  const double after = utilisation / (1 + more);
  return congestion(after, servers) / congestion(utilisation, servers) / (1 + more);
}

}  // namespace tiebeam::flow
