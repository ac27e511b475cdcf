// The figures of a valuation, `investment.INITIATIVE.*` and `investment.portfolio.*`, with trails.
#pragma once

#include <string>
#include <vector>

#include "base/figure.h"
#include "rooms/investment/engine/value.h"

namespace tiebeam::investment {

// REQUIRES: `valuation` is of `cases`.
[[nodiscard]] std::vector<Figure> value_figures(const Cases& cases, const Valuation& valuation);
// Those of one initiative, for a line or a page about it.
[[nodiscard]] std::vector<Figure> case_figures(const Cases& cases, const Valuation& valuation,
                                               const CaseValue& value);
// `investment.NAME.npv.*` of so many initiatives together.
[[nodiscard]] std::vector<Figure> set_figures(const Cases& cases, const Valuation& valuation,
                                              std::string_view name, std::size_t count,
                                              const MoneyFigures& npv);
// The figure whose key ends in `name`: "npv.p50". REQUIRES: it is there.
[[nodiscard]] const Figure& figure_named(const std::vector<Figure>& figures, std::string_view name);

// Why a quantile with this share beyond it is not told after so many trials, or "".
[[nodiscard]] std::string too_few_for(double beyond, std::uint64_t trials);

}  // namespace tiebeam::investment
