#include "quant/survival.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "quant/special.h"

namespace tiebeam::quant {
namespace {

// Running sums of the variance of F(t), the share done, so that each step costs O(1).
// Var F(t) = sum (F(t) - F_j)^2 d / (n (n - d)) + sum S_j^2 (n - k) k / n^3
//            - 2 sum (F(t) - F_j) S_j k / n^2, where d = all endings, k = done, S_j = S just
//            before.
struct Variance {
  double w0 = 0, w1 = 0, w2 = 0, own = 0, c0 = 0, c1 = 0;
  bool is_known = true;

  // F after this step, S before it.
  void step(double share, double before, double at_risk, double ended, double done) {
    if (ended >= at_risk) {
      if (ended > done) is_known = false;
    } else {
      const double weight = ended / (at_risk * (at_risk - ended));
      w0 += weight, w1 += share * weight, w2 += share * share * weight;
    }
    own += before * before * (at_risk - done) * done / (at_risk * at_risk * at_risk);
    const double cross = before * done / (at_risk * at_risk);
    c0 += cross, c1 += share * cross;
  }
  [[nodiscard]] double of(double share) const {
    if (!is_known) return std::numeric_limits<double>::infinity();
    const double var = share * share * w0 - 2 * share * w1 + w2 + own - 2 * (share * c0 - c1);
    return std::max(0.0, var);
  }
};

// Survivors of any ending. Between two changes of the watched set it is one division, so without
// censoring S is exactly (n - done) / n.
class Survivors {
 public:
  [[nodiscard]] double now() const { return block_; }
  void step(double at_risk, double ended) {
    if (at_risk != expected_) base_ = block_, start_ = at_risk;
    expected_ = at_risk - ended;
    block_ = base_ * (expected_ / start_);
  }

 private:
  double base_ = 1, start_ = 0, expected_ = -1, block_ = 1;
};

}  // namespace

double Curve::not_done_at(std::int64_t age) const {
  const auto after =
      std::upper_bound(steps.begin(), steps.end(), age,
                       [](std::int64_t value, const Step& step) { return value < step.age; });
  return after == steps.begin() ? 1.0 : std::prev(after)->not_done;
}

Curve survival_curve(const std::vector<Spell>& spells, Errors errors) {
  Curve curve;
  // Exit and ending in one number: half the time of sorting the spells themselves.
  std::vector<std::int64_t> exits;
  std::vector<std::int64_t> entries;
  exits.reserve(spells.size());
  bool competes = false;
  for (const Spell& spell : spells) {
    if (spell.exit < spell.entry) continue;
    exits.push_back(spell.exit * 4 + static_cast<std::int64_t>(spell.ending));
    if (spell.entry > 0) entries.push_back(spell.entry);
    competes = competes || spell.ending == Ending::cancelled;
  }
  std::ranges::sort(exits);
  std::ranges::sort(entries);
  curve.spells = exits.size();
  if (!exits.empty()) curve.longest = exits.back() >> 2;

  auto at_risk = static_cast<std::int64_t>(exits.size() - entries.size());
  std::size_t entered = 0;
  double share = 0;
  double share_cancelled = 0;
  Survivors survivors;
  Variance variance;
  for (std::size_t i = 0; i < exits.size();) {
    const std::int64_t age = exits[i] >> 2;
    while (entered < entries.size() && entries[entered] <= age) ++entered, ++at_risk;
    std::int64_t done = 0;
    std::int64_t cancelled = 0;
    std::size_t j = i;
    for (; j < exits.size() && exits[j] >> 2 == age; ++j) {
      done += (exits[j] & 3) == static_cast<std::int64_t>(Ending::done);
      cancelled += (exits[j] & 3) == static_cast<std::int64_t>(Ending::cancelled);
    }
    if (done + cancelled > 0) {
      const auto n = static_cast<double>(at_risk);
      const auto k = static_cast<double>(done);
      const double before = survivors.now();
      survivors.step(n, static_cast<double>(done + cancelled));
      share = competes ? share + before * k / n : 1 - survivors.now();
      share_cancelled += before * static_cast<double>(cancelled) / n;
      double error = 0;
      if (errors == Errors::computed) {
        variance.step(share, before, n, static_cast<double>(done + cancelled), k);
        error = std::sqrt(variance.of(share));
      }
      const double left = competes ? 1 - share : survivors.now();
      curve.steps.push_back({age, left, share_cancelled, error, at_risk});
    }
    curve.done += static_cast<std::size_t>(done);
    curve.cancelled += static_cast<std::size_t>(cancelled);
    at_risk -= static_cast<std::int64_t>(j - i);
    i = j;
  }
  return curve;
}

std::optional<std::int64_t> survival_value(const Curve& curve, double p) {
  const auto reached = std::ranges::find_if(curve.steps, [&](const Curve::Step& step) {
    return step.not_done <= 1 - p + kShareTolerance;
  });
  return reached == curve.steps.end() ? std::nullopt : std::optional(reached->age);
}

SurvivalQuantile survival_quantile(const Curve& curve, double p, double level) {
  SurvivalQuantile found;
  found.value = survival_value(curve, p);
  const double z = normal_quantile((1 + level) / 2);
  const double target = std::log(-std::log(1 - p));
  for (const Curve::Step& step : curve.steps) {
    const double left = step.not_done;
    // Far above the line no bound can be crossed; the logarithms are spent near it only.
    if (left >= 1 || left > 1 - p + 6 * step.error) continue;
    if (left <= 0) {  // the last one is done: no upper bound follows from that
      if (!found.low) found.low = step.age;
      break;
    }
    const double at = std::log(-std::log(left));
    const double half = z * step.error / (left * -std::log(left));
    if (!found.low && at + half >= target) found.low = step.age;
    if (at - half >= target) {
      found.high = step.age;
      break;
    }
  }
  if (found.value && !found.low) found.low = found.value;
  return found;
}

}  // namespace tiebeam::quant
