// Estimates as the value of a figure: the interval with it, and too_few where nothing can be said.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/figure.h"
#include "quant/quantile.h"
#include "quant/survival.h"

namespace tiebeam::quant {

// A value with its interval cut to [low, high]; no interval where the spread has none.
void set_spread(Figure& figure, const Spread& spread, double low, double high);
// part of whole with Wilson's interval; too_few with `reason` when whole is below `least` or 0.
void set_share(Figure& figure, std::size_t part, std::size_t whole, std::size_t least,
               std::string reason);
// The p-quantile of a curve whose ages are whole days, as far as the data reach it. `what` names
// what is watched, in the plural: "decisions".
void set_survival_days(Figure& figure, const Curve& curve, double p, std::string_view what);

}  // namespace tiebeam::quant
