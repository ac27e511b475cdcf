// Figures of starting points: each by itself, and the chosen ones together.
#pragma once

#include "rooms/risk/start.h"

namespace tiebeam::risk {

// Simulates the chosen ones and fills `together` and `figures`. Errors: those of simulate.
[[nodiscard]] Result<void> add_together(StartAnswer& answer);

// risk.starters[ID].frequency | every | loss | mean: the middle with 90 of 100 cases about it.
struct StarterFigures {
  Figure frequency;             // times a year
  std::optional<Figure> every;  // years from one to the next, where it is rarer than once a year
  Figure loss;                  // of one event
  Figure mean;                  // a year
};
[[nodiscard]] StarterFigures figures_of(const Suggestion& suggestion, const StartAnswer& answer);
// risk.starters.agreed[YEARS].loss | chance: chance is not measurable where nothing is chosen.
[[nodiscard]] Figure agreed_loss(const AgreedPoint& point, const StartAnswer& answer);
[[nodiscard]] Figure agreed_chance(std::size_t point, const StartAnswer& answer);

}  // namespace tiebeam::risk
