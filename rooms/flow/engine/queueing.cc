#include "rooms/flow/engine/queueing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

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

double explained_share(double wait_share, double variability, double utilisation, double servers) {
  return std::min(1.0, variability * congestion(utilisation, servers) / wait_share);
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

double variation(std::span<const double> values) {
  if (values.size() < 2) return 1;
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  const double mean = sum / static_cast<double>(values.size());
  if (mean <= 0) return 1;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1) / mean / mean;
}

double variation_between(std::span<const double> sorted) {
  std::vector<double> between;
  for (std::size_t i = 1; i < sorted.size(); ++i) between.push_back(sorted[i] - sorted[i - 1]);
  return variation(between);
}

}  // namespace tiebeam::flow
