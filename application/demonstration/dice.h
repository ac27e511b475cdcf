// Chance for made-up companies: the n-th number of a name depends on the seed and the name alone,
// so a change to one piece of work leaves the others as they were.
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

#include "application/demonstration/work_plan.h"
#include "quant/philox.h"
#include "quant/special.h"

namespace tiebeam::demonstration {

class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view name) : key_(quant::key_of(seed, name)) {}

  // In (0, 1).
  double uniform() {
    const auto words = quant::philox({next_++, 0, 0, 0}, key_);
    return quant::uniform_of(words[0], words[1]);
  }
  bool happens(double chance) { return uniform() < chance; }
  // In [0, count). REQUIRES: count > 0.
  std::size_t below(std::size_t count) {
    return static_cast<std::size_t>(uniform() * static_cast<double>(count));
  }
  // A number of events with this mean, by counting exponential gaps.
  int poisson(double mean) {
    int out = 0;
    for (double sum = -std::log(uniform()); sum < mean; sum -= std::log(uniform())) ++out;
    return out;
  }
  double days(const Spell& spell) {
    constexpr double kNineTenths = 1.2815515655446004;  // normal quantile at 0.9
    const double sigma = std::log(spell.nine_tenths / spell.half) / kNineTenths;
    return spell.half * std::exp(sigma * quant::normal_quantile(uniform()));
  }
  // The place of one of `all` by weight(one). REQUIRES: at least one above 0.
  template <class T, class Weight>
  std::size_t one_of(const std::vector<T>& all, Weight weight) {
    double sum = 0;
    for (const T& each : all) sum += weight(each);
    double left = uniform() * sum;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      left -= weight(all[i]);
      if (left < 0) return i;
    }
    return all.size() - 1;
  }
  const std::string& one_of(const std::vector<Share>& shares) {
    return shares[one_of(shares, [](const Share& share) { return share.weight; })].name;
  }

 private:
  quant::Key key_;
  std::uint32_t next_ = 0;
};

}  // namespace tiebeam::demonstration
