// How long things take when some are not finished yet: Kaplan-Meier with delayed entry, and
// Aalen-Johansen where a second ending (cancelled) competes. docs/method/flow-time.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "quant/quantile.h"

namespace tiebeam::quant {

enum class Ending : std::uint8_t { open, done, cancelled };

// One thing watched from age `entry` to age `exit` (any integer unit, below 2^61), and how the
// watching ended. It is at risk at age t when entry <= t <= exit.
struct Spell {
  std::int64_t entry = 0;
  std::int64_t exit = 0;
  Ending ending = Ending::open;
};

// A step curve over the ages at which something ended, rising.
struct Curve {
  struct Step {
    std::int64_t age;
    double not_done;   // 1 - P(done by age); without cancellations Kaplan-Meier's S(age)
    double cancelled;  // P(cancelled by age)
    double error;      // standard error of not_done; infinite where it cannot be estimated
    std::int64_t at_risk;
  };
  std::vector<Step> steps;
  std::size_t spells = 0;
  std::size_t done = 0;
  std::size_t cancelled = 0;
  std::int64_t longest = 0;  // greatest age at which anything was watched

  // P(not done by age): 1 before the first step.
  [[nodiscard]] double not_done_at(std::int64_t age) const;
  [[nodiscard]] double share_cancelled() const {
    return steps.empty() ? 0 : steps.back().cancelled;
  }
};

// Source: Kaplan and Meier 1958; Aalen and Johansen 1978; variance Marubini and Valsecchi 1995,
// eq. 10.12, which is Greenwood's where nothing is cancelled. Spells with exit < entry are left
// out. Cost: O(n log n). The order of `spells` does not matter.
enum class Errors : std::uint8_t { computed, left_out };
[[nodiscard]] Curve survival_curve(const std::vector<Spell>& spells,
                                   Errors errors = Errors::computed);

// The least age by which a share p is done; none: not reached.
[[nodiscard]] std::optional<std::int64_t> survival_value(const Curve& curve, double p);

// The least age by which a share p is done, with its interval: all ages at which the log-log
// interval of not_done holds 1 - p (Brookmeyer and Crowley 1982).
struct SurvivalQuantile {
  std::optional<std::int64_t> value;  // none: not reached
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;  // none: beyond the data
};
[[nodiscard]] SurvivalQuantile survival_quantile(const Curve& curve, double p,
                                                 double level = kLevel);

}  // namespace tiebeam::quant
