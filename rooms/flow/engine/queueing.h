// How waiting answers to load and capacity: Kingman's approximation for several servers. An
// estimate for a steady state; every use of it is shown with a range and its assumptions, never as
// exact. docs/method/bottlenecks.md.
#pragma once

#include <span>

namespace tiebeam::flow {

// Wait in a queue / time of service, without the factor for variability (that stays the same when
// only load or capacity change): u^(sqrt(2 (c + 1)) - 1) / (c (1 - u)).
// utilisation  0 <= u < 1; servers c > 0, may be fractional; result 0 for u = 0.
// Source: Sakasegawa 1977; Hopp and Spearman 2008, Factory Physics, section 8.6 (VUT equation),
// after Kingman 1961.
[[nodiscard]] double congestion(double utilisation, double servers);

// The utilisation at which variability x congestion(u, servers) is `wait_share`, the wait as a
// multiple of the time of service. REQUIRES: all > 0. In (0, 1).
[[nodiscard]] double implied_utilisation(double wait_share, double variability, double servers);

// How much of a wait, as a multiple of the time of service, the formula explains at all, at most 1:
// many people with idle time keep no queue, so a long wait before them is not one for capacity.
// REQUIRES: wait_share > 0.
[[nodiscard]] double explained_share(double wait_share, double variability, double utilisation,
                                     double servers);

// Waits after / waits before. REQUIRES: 0 < utilisation < 1, servers > 0.
// More work in the same proportion everywhere (0.1: ten in a hundred); infinite when it is more
// than can be done.
[[nodiscard]] double wait_factor_of_load(double more, double utilisation, double servers);
// `more` people beside `servers`, who all take from one queue.
[[nodiscard]] double wait_factor_of_people(double more, double utilisation, double servers);
// Everyone faster by a share (0.2: twenty in a hundred).
[[nodiscard]] double wait_factor_of_pace(double more, double utilisation, double servers);

// Squared coefficient of variation; 1, as of chance, where there is nothing to tell by.
[[nodiscard]] double variation(std::span<const double> values);
// The same of the times between sorted instants.
[[nodiscard]] double variation_between(std::span<const double> sorted);

}  // namespace tiebeam::flow
