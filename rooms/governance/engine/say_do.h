// Did we keep our word? What became of each promise, seen from a day: kept by the day that was
// promised first, or moved with notice, or late, or broken in silence. docs/method/say-do.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "base/promise.h"
#include "model/kernel_records.h"
#include "rooms/governance/records.h"

namespace tiebeam::governance {

struct Promise {
  Commitment record;
  Fate fate = Fate::not_due;
  std::optional<Side> side;  // of who promised; none: nobody is named, or nobody known
};

// Of the promises that fell due: how many, and how many of them kept by their first day.
struct Tally {
  std::size_t due = 0, kept = 0, told_early = 0, told_late = 0, kept_late = 0, broken = 0,
              overdue = 0;
};

// Promises made with a confidence between `low` and `high` (the last band holds 1).
struct Band {
  double low = 0, high = 0;
  std::size_t due = 0, kept = 0;
  double said = 0;  // mean confidence, 0 where there is none
};
constexpr double kBandEdges[] = {0, 0.5, 0.7, 0.8, 0.9, 1};
constexpr std::size_t kLeastDue = 5;        // for a share; ours
constexpr std::size_t kLeastForScore = 20;  // for the Brier score; ours
constexpr std::size_t kLeastInBand = 5;

struct SayDo {
  Day today{};
  std::vector<Promise> promises;  // by id; one that was made after `today` is not there
  Tally all;
  std::map<Side, Tally> by_side;
  std::size_t open = 0, undated = 0, told_without_day = 0, kept_without_day = 0;
  std::vector<Band> bands;
  std::vector<double> squared_errors;  // (confidence - kept)^2 of those due that said how sure
  std::size_t sure_kept = 0;           // of those, kept
  double sure_said = 0;                // of those, the mean confidence
};

[[nodiscard]] SayDo compute_say_do(const std::vector<Commitment>& promises,
                                   const std::vector<Person>& people, Day today);

}  // namespace tiebeam::governance
