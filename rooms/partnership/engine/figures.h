// The figures of the rhythm with partners and of what they value, and the evidence under each.
#pragma once

#include <vector>

#include "model/figures.h"
#include "rooms/partnership/engine/relevance.h"
#include "rooms/partnership/engine/rhythm.h"

namespace tiebeam::partnership {

// Sums over all engagements.
struct EngagementNumbers {
  std::size_t engagements = 0, planned = 0, held = 0, silent = 0;
  std::size_t open_actions = 0, overdue_actions = 0;
  Relevance relevance;
};

[[nodiscard]] std::vector<FigureSpec> engagement_specs();
[[nodiscard]] std::vector<Figure> engagement_figures(const EngagementNumbers& numbers,
                                                     Instant as_of);
[[nodiscard]] std::vector<Evidence> engagement_evidence(const std::vector<Rhythm>& rhythms,
                                                        const Relevance& relevance,
                                                        const std::vector<Action>& actions,
                                                        Day today, std::string_view key,
                                                        std::size_t offset, std::size_t limit);
// Of one partner, as a cell of the review: partnership.engagement[ID].held and .relevance.
[[nodiscard]] Figure held_figure(std::string key, const Rhythm& rhythm, Instant as_of);
[[nodiscard]] Figure relevance_figure(std::string key, const Relevance& relevance, Instant as_of);

}  // namespace tiebeam::partnership
