// The weeks ahead of one stream as distributions, made when first asked for, and the two questions
// put to them: when will N be done, how many will be done by a day. Both from the same numbers, so
// that they never disagree. docs/method/forecast.md.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "rooms/flow/engine/forecast/horizons.h"
#include "rooms/flow/engine/forecast/scope.h"

namespace tiebeam::flow {

// How far a forecast looks: twice the weeks it knows, at least 26, at most 104.
[[nodiscard]] std::size_t most_weeks_ahead(std::size_t weeks_known);

// P(S_k >= n) never falls with k: where a later week's distribution says less, the earlier one
// holds (running maximum).
class Outlook {
 public:
  // `working[k]`: working weeks among the next k, for k = 0..weeks; see working_weeks_ahead.
  // REQUIRES: `horizons` is not null, its series `own` not empty.
  Outlook(std::shared_ptr<const Horizons> horizons, std::size_t own,
          std::vector<std::size_t> working);

  [[nodiscard]] std::size_t weeks() const { return working_.size() - 1; }
  [[nodiscard]] bool is_shutdown(std::size_t week) const {
    return working_[week] == working_[week - 1];
  }
  // Chance that at least the scope is done by the end of week 1, 2, ..., `weeks`: it never falls.
  // Cost: with one point and prepared weeks about half a microsecond a week for 200 items.
  [[nodiscard]] std::vector<double> done_by_week(std::span<const ScopePoint> scope,
                                                 std::size_t weeks) const;
  // The same a week at a time: adds the chance by the end of `week`. REQUIRES: `done` has those of
  // the weeks before.
  void add_week(std::size_t week, std::span<const ScopePoint> scope,
                std::vector<double>& done) const;
  // Inverse ECDF of how many are done `days` days from now; between two full weeks the two
  // distributions are mixed by the days. REQUIRES: 1 <= days <= 7 x weeks(), 0 < p < 1.
  [[nodiscard]] std::size_t how_many(std::size_t days, double p) const;
  // The same at the end of week 1, 2, ..., `weeks`.
  [[nodiscard]] std::vector<std::size_t> how_many_by_week(std::size_t weeks, double p) const;
  // Makes the distributions of all weeks up to `week` now.
  void prepare(std::size_t week) const;

 private:
  [[nodiscard]] const Ahead& ahead(std::size_t working_weeks) const;
  [[nodiscard]] double done(std::size_t week, std::span<const ScopePoint> scope) const;
  [[nodiscard]] double below(std::size_t week, std::size_t n) const;  // running minimum

  std::shared_ptr<const Horizons> horizons_;
  std::size_t own_, origin_;
  std::vector<std::size_t> working_;
  mutable std::vector<std::unique_ptr<const Ahead>> made_;  // by working weeks - 1
};

// What one stream has to finish.
struct Due {
  const Outlook* outlook;
  std::vector<ScopePoint> scope;
};
// The last of them decides, and each is taken as independent of the others. Looks one week further
// than the chance takes to reach `sure`, at least 13 weeks, at most `most`.
struct DoneTogether {
  std::vector<double> all;                // chance by the end of week 1, 2, ...
  std::vector<std::vector<double>> each;  // of each of those due
};
[[nodiscard]] DoneTogether done_together(std::span<const Due> due, std::size_t most, double sure);

// The first week by whose end the chance reaches p; none: not within the weeks given.
[[nodiscard]] std::optional<std::size_t> week_reaching(std::span<const double> done_by_week,
                                                       double p);

}  // namespace tiebeam::flow
