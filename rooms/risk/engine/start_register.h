// Suggestions as a register that can be simulated before anything is written, and what one event
// of them costs.
#pragma once

#include <span>
#include <string>

#include "rooms/risk/engine/register.h"
#include "rooms/risk/engine/starters.h"

namespace tiebeam::risk {

// "10000..450000", as a person types nine cases of ten.
[[nodiscard]] Estimate estimate_of(const SuggestedRange& range);
// "pert min=0.1 mode=0.3 max=0.6".
[[nodiscard]] Estimate estimate_of(const ShareRange& share);

// The same ids, forms and estimates as the records made of them, so the same years of the same
// seed.
[[nodiscard]] Scenario scenario_of(const Suggestion& suggestion);
[[nodiscard]] Register register_of(std::span<const Suggestion> suggestions,
                                   const Currency& currency);

// Of what one event costs in all: 5 and 95 of 100 events cost no more, and the middle.
struct EventLoss {
  double p05 = 0, p50 = 0, p95 = 0;
};
constexpr std::size_t kEventDraws = 4096;  // two blocks
// Quantiles of kEventDraws sums of the forms of loss and, as often as it comes, the secondary loss;
// drawn from the scenario's id alone.
[[nodiscard]] EventLoss loss_of_one_event(const Suggestion& suggestion);

}  // namespace tiebeam::risk
