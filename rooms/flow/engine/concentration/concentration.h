// How far the work rests on few people: shares of what was finished, areas that one person holds,
// and who is asked when work is stuck. Of the organisation and its areas, never of a person.
// docs/method/concentration.md.
#pragma once

#include <memory>

#include "rooms/flow/engine/concentration/areas.h"

namespace tiebeam::flow {

// A handoff to a person while the work was blocked or late.
struct Escalation {
  std::uint32_t item = 0;
  std::uint32_t touch = 0;  // of the item, that received it
  std::uint32_t person = 0;
  bool was_blocked = false;  // else late only
};

// How a number of things is divided among holders.
struct Division {
  std::vector<std::int64_t> counts;  // per holder, largest first
  std::int64_t total = 0;
  // Sum of n_k (n_k - 1) / (n (n - 1)): the chance that two of them have one holder, unbiased.
  // REQUIRES: total >= 2. Source: Simpson 1949. The interval is that of a U-statistic to first
  // order (Hoeffding 1948): variance 4 / n (sum p^3 - (sum p^2)^2), cut to [0, 1].
  [[nodiscard]] quant::Spread repeat_share() const;
  [[nodiscard]] std::int64_t of_largest(std::size_t holders) const;
};

struct Concentration {
  FinishedWork work;
  Division by_person;  // of what was finished
  Coverage coverage;
  Covers covers;
  TruckFactor truck;
  std::vector<Escalation> escalations;
  Division escalated;
  std::optional<double> late_days;  // older than this is late, where a stream promises nothing
};

[[nodiscard]] Concentration compute_concentration(const FlowReport& report);
// Of a book, computed once. REQUIRES: the book outlives it.
[[nodiscard]] std::shared_ptr<const Concentration> concentration_of(const FigureBook& book);

[[nodiscard]] const std::vector<FigureSpec>& concentration_specs();
[[nodiscard]] std::vector<Figure> concentration_figures(const FlowReport& report,
                                                        const Concentration& found);
[[nodiscard]] std::vector<Evidence> concentration_evidence(const FlowReport& report,
                                                           const Concentration& found,
                                                           std::string_view key, std::size_t offset,
                                                           std::size_t limit);
// Figures, values and evidence as the registry wants them.
[[nodiscard]] FigureFamily concentration_family();

}  // namespace tiebeam::flow
