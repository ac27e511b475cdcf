// The figure by which each symptom is seen. Other rooms' figures are read by key; docs/method/
// diagnosis.md says how each is made.
#pragma once

#include <string_view>
#include <vector>

#include "model/figures.h"

namespace tiebeam::partnership {

// A shorter window shows a week and no habit. Source: ours.
constexpr double kLeastDays = 28;
// Fewer pieces say nothing about a share of them. Source: ours, as for flow.firefighting.
constexpr std::size_t kLeastPieces = 20;
constexpr std::size_t kLeastInitiatives = 5;
// IT joined late when it did so this long after the idea was first spoken of. Source: ours.
constexpr int kLateDays = 30;
// A log with more than this share of incidents is there for them. Source: as flow.unplanned.
constexpr double kMadeForIncidents = 0.9;

// partnership.symptom.ID, one a symptom. Keys they read: those of the flow room named in the specs.
[[nodiscard]] FigureFamily symptom_family();

}  // namespace tiebeam::partnership
