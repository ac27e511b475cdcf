// What it is worth to know more before deciding: all of it (EVPI), or one input (EVPPI), from
// trials that exist already; closed forms for two actions. docs/method/value-of-information.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tiebeam::quant {

// What each action brings, by trial. Nothing done is an action, too.
using Utilities = std::vector<std::vector<double>>;

// E[max over actions] - max over actions of E. 0 where one action is best in every trial.
// Source: Raiffa and Schlaifer 1961, expected opportunity loss of the best action.
// REQUIRES: at least one action, as many trials of each, at least one.
[[nodiscard]] double evpi(const Utilities& utilities);

constexpr std::size_t kInformationBins = 100;
constexpr int kPermutations = 20;

// E over x of max over actions of E[U | x], less the best mean: what it is worth to know x alone.
// E[U | x] is the mean of one of 100 bins of as many trials, in the order of x; trials with equal x
// share a bin. Means of few trials differ by chance, and the maximum counts that as knowledge: the
// same sum over bins of `kPermutations` random orders is taken off. Within [0, evpi].
// Source: Strong and Oakley 2013 (an efficient method for computing single-parameter partial
// expected value of perfect information); bins and permutations: ours, value-of-information.md.
// REQUIRES: as evpi; x as long, no NaN. Cost: one sort, and kPermutations passes for each shape of
// bins.
class Information {
 public:
  Information(const Utilities& utilities, std::uint64_t seed);
  [[nodiscard]] double evpi() const { return evpi_; }
  [[nodiscard]] double evppi(std::span<const double> x);
  // The action with the greatest mean; the first of several.
  [[nodiscard]] std::size_t best() const { return best_; }

 private:
  [[nodiscard]] double over_bins(std::span<const std::size_t> order,
                                 std::span<const std::size_t> ends) const;
  [[nodiscard]] double bias(const std::vector<std::size_t>& ends);

  const Utilities& utilities_;
  double evpi_ = 0, best_mean_ = 0;
  std::size_t best_ = 0;
  std::vector<std::vector<std::size_t>> orders_;                     // random
  std::vector<std::pair<std::vector<std::size_t>, double>> biases_;  // by the bins' ends
  std::uint64_t seed_;
};

// The loss function of the unit normal, phi(z) - z (1 - Phi(z)). REQUIRES: z >= 0.
[[nodiscard]] double unit_normal_loss(double z);
// EVPI of doing something worth Normal(mean, sd) or nothing: sd L(|mean| / sd). REQUIRES: sd >= 0.
[[nodiscard]] double evpi_two_actions(double mean, double sd);

}  // namespace tiebeam::quant
