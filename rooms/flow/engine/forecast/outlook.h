// The weeks ahead of one stream as distributions, made when first asked for, and the two questions
// put to them: when will N be done, how many will be done by a day. Both from the same numbers, so
// that they never disagree. docs/method/forecast.md.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "rooms/flow/engine/forecast/method.h"
#include "rooms/flow/engine/forecast/scope.h"

namespace tiebeam::flow {

// How far a forecast looks: twice the weeks it knows, at least 26, at most 104.
[[nodiscard]] std::size_t most_weeks_ahead(std::size_t weeks_known);

// P(S_k >= n) never falls with k: where a later week's distribution says less, the earlier one
// holds (running maximum).
class Outlook {
 public:
  // `working[k]`: working weeks among the next k, for k = 0..weeks; see working_weeks_ahead.
  // REQUIRES: `all` outlives this; all[own] is not empty.
  Outlook(std::span<const Series> all, std::size_t own, std::vector<std::size_t> working);

  [[nodiscard]] std::size_t weeks() const { return working_.size() - 1; }
  [[nodiscard]] bool is_shutdown(std::size_t week) const {
    return working_[week] == working_[week - 1];
  }
  // Chance that at least the scope is done by the end of week 1, 2, ..., `weeks`.
  // Cost: with one point and prepared weeks about half a microsecond a week for 200 items.
  [[nodiscard]] std::vector<double> done_by_week(std::span<const ScopePoint> scope,
                                                 std::size_t weeks) const;
  // Inverse ECDF of how many are done `days` days from now; between two full weeks the two
  // distributions are mixed by the days. REQUIRES: 1 <= days <= 7 x weeks(), 0 < p < 1.
  [[nodiscard]] std::size_t how_many(std::size_t days, double p) const;
  // The same at the end of week 1, 2, ..., `weeks`.
  [[nodiscard]] std::vector<std::size_t> how_many_by_week(std::size_t weeks, double p) const;
  // Makes the distributions of all weeks up to `week` now.
  void prepare(std::size_t week) const;

 private:
  [[nodiscard]] const Ahead& ahead(std::size_t working_weeks) const;
  [[nodiscard]] double below(std::size_t week, std::size_t n) const;  // running minimum

  std::span<const Series> all_;
  std::size_t own_;
  std::vector<std::size_t> working_;
  mutable std::vector<std::unique_ptr<const Ahead>> made_;  // by working weeks - 1
};

// The first week by whose end the chance reaches p; none: not within the weeks given.
[[nodiscard]] std::optional<std::size_t> week_reaching(std::span<const double> done_by_week,
                                                       double p);

}  // namespace tiebeam::flow
