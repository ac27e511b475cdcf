#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "quant/laws.h"
#include "quant/quantile.h"

namespace tiebeam::quant {
namespace {

struct Atom {
  double value;
  double weight;
};

// Sorted, equal values joined, those of no weight left out.
std::vector<Atom> joined(const std::vector<double>& values, const std::vector<double>& weights) {
  std::vector<Atom> all;
  for (std::size_t i = 0; i < values.size(); ++i)
    all.push_back({values[i], weights.empty() ? 1 : weights[i]});
  std::ranges::sort(all, [](const Atom& a, const Atom& b) {
    return a.value != b.value ? a.value < b.value : a.weight < b.weight;
  });
  std::vector<Atom> out;
  for (const Atom& atom : all) {
    if (!(atom.weight > 0)) continue;
    if (!out.empty() && out.back().value == atom.value) {
      out.back().weight += atom.weight;
    } else {
      out.push_back(atom);
    }
  }
  return out;
}

}  // namespace

AtomsLaw atoms_of(const std::vector<double>& values, const std::vector<double>& weights) {
  const std::vector<Atom> atoms = joined(values, weights);
  double total = 0, from_below = 0;
  for (const Atom& atom : atoms) total += atom.weight;
  AtomsLaw law;
  // From above, so that a last value of 1e-12 keeps its place.
  std::vector<double> above(atoms.size() + 1, 0);
  for (std::size_t i = atoms.size(); i-- > 0;) above[i] = above[i + 1] + atoms[i].weight / total;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    from_below += atoms[i].weight;
    const bool is_last = i + 1 == atoms.size();
    law.values.push_back(atoms[i].value);
    law.weights.push_back(atoms[i].weight / total);
    law.below.push_back(is_last ? 1 : from_below / total);
    law.scores.push_back(normal_score({from_below / total, above[i + 1]}));
  }
  return law;
}

double AtomsLaw::at(double z) const {
  const auto found = std::ranges::lower_bound(scores, z);
  return values[std::min<std::size_t>(static_cast<std::size_t>(found - scores.begin()),
                                      values.size() - 1)];
}
double AtomsLaw::quantile(Tails tails) const {
  const auto found = std::ranges::lower_bound(below, tails.p - kShareTolerance);
  return values[static_cast<std::size_t>(found - below.begin())];
}
double AtomsLaw::cdf(double x) const {
  const auto above = std::ranges::upper_bound(values, x) - values.begin();
  return above == 0 ? 0 : below[static_cast<std::size_t>(above) - 1];
}
double AtomsLaw::variance() const {
  const double mean = raw_moment(1);
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum += weights[i] * (values[i] - mean) * (values[i] - mean);
  return sum;
}
double AtomsLaw::raw_moment(int k) const {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * std::pow(values[i], k);
  return sum;
}
std::optional<double> AtomsLaw::limited_mean(double cap) const {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * std::min(values[i], cap);
  return sum;
}

}  // namespace tiebeam::quant
